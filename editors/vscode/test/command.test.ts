/** Where the command is found, what is said where it is not, and a real server started with it. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type PublishDiagnosticsParams,
} from "vscode-languageserver-protocol/node";

import { findCommand, missing, type Place } from "../src/command";
import { makeProject, python, until } from "./project";

const LINUX: Place = {
  configured: "",
  folder: "/work",
  interpreter: "/work/.venv/bin/python",
  searchPath: "/usr/local/bin:/usr/bin",
  platform: "linux",
};
const WINDOWS: Place = {
  configured: "",
  folder: "C:\\work",
  interpreter: "C:\\work\\.venv\\Scripts\\python.exe",
  searchPath: "C:\\tools;C:\\Windows",
  platform: "win32",
};

const found = (place: Place, ...files: string[]): string | undefined =>
  findCommand(place, (file) => files.includes(file))?.executable;

test("the command beside the selected interpreter comes before the search path", () => {
  assert.equal(found(LINUX, "/work/.venv/bin/ssot-lint", "/usr/bin/ssot-lint"), "/work/.venv/bin/ssot-lint");
  assert.equal(found(LINUX, "/usr/bin/ssot-lint"), "/usr/bin/ssot-lint");
  assert.equal(found({ ...LINUX, interpreter: undefined }, "/usr/local/bin/ssot-lint"), "/usr/local/bin/ssot-lint");
  assert.equal(found(LINUX), undefined);
});

test("on Windows commands end in .exe, and those of conda are in Scripts", () => {
  assert.equal(found(WINDOWS, "C:\\work\\.venv\\Scripts\\ssot-lint.exe"), "C:\\work\\.venv\\Scripts\\ssot-lint.exe");
  const conda = { ...WINDOWS, interpreter: "C:\\conda\\python.exe" };
  assert.equal(found(conda, "C:\\conda\\Scripts\\ssot-lint.exe"), "C:\\conda\\Scripts\\ssot-lint.exe");
  assert.equal(found(WINDOWS, "C:\\tools\\ssot-lint.exe"), "C:\\tools\\ssot-lint.exe");
});

test("a folder of the workspace on the search path is none of it", () => {
  assert.equal(found({ ...LINUX, searchPath: "bin:.:" }, "bin/ssot-lint", "ssot-lint", "./ssot-lint"), undefined);
});

test("the setting is the only place that is looked at", () => {
  const configured = { ...LINUX, configured: "${workspaceFolder}/tools/ssot-lint" };
  assert.equal(found(configured, "/work/tools/ssot-lint", "/work/.venv/bin/ssot-lint"), "/work/tools/ssot-lint");
  assert.equal(found({ ...LINUX, configured: "tools/ssot-lint" }, "/work/tools/ssot-lint"), "/work/tools/ssot-lint");
  assert.equal(found(configured, "/work/.venv/bin/ssot-lint"), undefined);
});

test("what is missing is said in one line, with the way to install it", () => {
  assert.equal(
    missing(LINUX),
    "ssot-lint is not installed in the selected Python environment. " +
      'Run: /work/.venv/bin/python -m pip install "ssot-lint[server]"',
  );
  assert.match(missing({ ...LINUX, interpreter: undefined }), /Run: python3 -m pip install "ssot-lint\[server\]"$/);
  assert.match(missing({ ...WINDOWS, interpreter: "C:\\My Python\\python.exe" }), /Run: "C:\\My Python\\python.exe" -m/);
  assert.equal(
    missing({ ...LINUX, configured: "tools/ssot-lint" }),
    "ssot-lint: there is no file /work/tools/ssot-lint. Correct the setting ssot-lint.path.",
  );
});

test("the command starts a server that finds the copy in a document that is opened", async () => {
  const folder = makeProject();
  const place = { ...LINUX, folder, interpreter: python(), platform: process.platform };
  const command = findCommand(place);
  assert.ok(command, missing(place));
  const child = spawn(command.executable, command.args, { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const told = new Map<string, PublishDiagnosticsParams>();
  connection.onNotification(PublishDiagnosticsNotification.type, (each) => void told.set(each.uri, each));
  connection.listen();
  const uri = (name: string): string => pathToFileURL(path.join(folder, "shop", name)).href;
  try {
    const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "shop" }];
    const rootUri = pathToFileURL(folder).href;
    const begun = { processId: process.pid, rootUri, capabilities: {}, workspaceFolders };
    const answer = await connection.sendRequest(InitializeRequest.type, begun);
    assert.equal(answer.serverInfo?.name, "ssot-lint");
    await connection.sendNotification(InitializedNotification.type, {});
    const text = fs.readFileSync(path.join(folder, "shop", "copied.py"), "utf8");
    const textDocument = { uri: uri("copied.py"), languageId: "python", version: 1, text };
    await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    await until(() => (told.get(uri("copied.py"))?.diagnostics.length ?? 0) > 0);
    const [diagnostic] = told.get(uri("copied.py"))?.diagnostics ?? [];
    assert.equal(diagnostic?.code, "SSOT120");
    assert.match(diagnostic.relatedInformation?.[0]?.message ?? "", /^home: shop\.sums:order_total/);
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    await until(() => child.exitCode !== null);
    assert.equal(child.exitCode, 0);
  } finally {
    connection.dispose();
    child.kill();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
