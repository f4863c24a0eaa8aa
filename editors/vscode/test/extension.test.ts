/** The extension as it is shipped, with the real client and the real server, in an editor that is none. */

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";

import manifest from "../package.json";
import { activate, deactivate } from "../src/extension";
import { mirrored, optionsFor } from "../src/settings";
import { editor, FakeDocument, Uri, type CodeLens } from "./fake_vscode";
import { makeProject, python, until } from "./project";

let folder = "";
let subscriptions: { dispose(): unknown }[] = [];
const inherited = process.env["PATH"];

const start = (): Promise<void> => activate({ subscriptions, extension: { packageJSON: manifest } } as never);
const file = (name: string): string => path.join(folder, "shop", name);
const codes = (name: string): unknown[] => {
  const found = editor.diagnostics.get(Uri.file(file(name)).toString()) ?? [];
  return found.map(({ code }) => (typeof code === "object" && code !== null && "value" in code ? code.value : code));
};

before(() => {
  folder = makeProject();
});
after(() => fs.rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  editor.reset();
  editor.folder = folder;
  editor.interpreter = python();
  editor.documents = [new FakeDocument(file("copied.py"), fs.readFileSync(file("copied.py"), "utf8"))];
  process.env["PATH"] = "/nowhere";
});
afterEach(async () => {
  await deactivate();
  subscriptions.forEach((each) => each.dispose());
  subscriptions = [];
  process.env["PATH"] = inherited;
});

test("a copy in an open document is a diagnostic, and the line above leads to its home", async () => {
  await start();
  assert.deepEqual(editor.errors, []);
  await until(() => codes("copied.py").includes("SSOT120"));
  assert.deepEqual([...editor.providers.keys()].sort(), ["actions", "definition", "hover", "lens", "references"]);
  const lenses = editor.providers.get("lens")?.["provideCodeLenses"];
  const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) };
  const [lens] = (await lenses?.(editor.documents[0], token)) as CodeLens[];
  assert.equal(lens?.command?.title, "copy of shop.sums:order_total \u00b7 1 copy");
  assert.equal(lens.command.command, "ssot-lint.showHome");
  await editor.registered.get("ssot-lint.showHome")?.(...((lens.command.arguments ?? []) as never[]));
  assert.deepEqual(editor.shown, ["sums.py:1"]);
});

test("a setting counts at once, and what is shown is taken back with the server", async () => {
  await start();
  await until(() => codes("copied.py").includes("SSOT120"));
  editor.change("ignore", ["SSOT120"]);
  await until(() => codes("copied.py").length === 0);
  editor.change("ignore", []);
  await until(() => codes("copied.py").includes("SSOT120"));
  assert.deepEqual(editor.errors, []);
});

test("the commands restart the server and show its output", async () => {
  await start();
  const starts = (): number => editor.log.filter((line) => line.startsWith("starting ")).length;
  await editor.registered.get("ssot-lint.restart")?.();
  assert.equal(starts(), 2);
  editor.selected.fire();
  await until(() => starts() === 3);
  await editor.registered.get("ssot-lint.showOutput")?.();
  assert.deepEqual(editor.shown, ["output"]);
  assert.deepEqual(editor.errors, []);
});

test("an environment without ssot-lint is said once, and the way to install it can be copied", async () => {
  editor.interpreter = path.join(folder, "bare", "bin", "python");
  editor.answer = "Copy Command";
  await start();
  const line = `${editor.interpreter} -m pip install "ssot-lint[server]"`;
  assert.deepEqual(editor.errors, [`ssot-lint is not installed in the selected Python environment. Run: ${line}`]);
  await until(() => editor.clipboard !== "");
  assert.equal(editor.clipboard, line);
});

test("a wrong setting is said, and leads to the settings", async () => {
  editor.settings["path"] = { workspaceValue: "/nowhere/ssot-lint" };
  editor.answer = "Open Settings";
  await start();
  assert.deepEqual(editor.errors, ["ssot-lint: there is no file /nowhere/ssot-lint. Correct the setting ssot-lint.path."]);
  await until(() => editor.executed.length > 0);
  assert.deepEqual(editor.executed, [["workbench.action.openSettings", "ssot-lint.path"]]);
});

test("what the program says before it ends is what the user reads", async () => {
  const program = path.join(folder, "no-extra");
  const said = "error: server: pygls is not installed. Install ssot-lint[server]";
  fs.writeFileSync(program, `#!/bin/sh\necho '${said}' >&2\nexit 2\n`, { mode: 0o755 });
  editor.settings["path"] = { workspaceValue: program };
  await start();
  await until(() => editor.errors.length > 0);
  assert.deepEqual(editor.errors, ["ssot-lint: server: pygls is not installed. Install ssot-lint[server]"]);
});

test("what nobody has set is left to the project", () => {
  assert.deepEqual(optionsFor(undefined, mirrored(manifest)), {});
  editor.settings = {
    path: { globalValue: "/bin/ssot-lint" },
    ignore: { globalValue: ["SSOT1"], workspaceValue: ["SSOT4"] },
    jobs: { globalValue: 2 },
  };
  assert.deepEqual(optionsFor(undefined, mirrored(manifest)), { ignore: ["SSOT4"], jobs: 2 });
});
