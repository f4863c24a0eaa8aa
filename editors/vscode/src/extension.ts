/** Starts `ssot-lint server` for the window, and again when what decides on it changes. */

import * as vscode from "vscode";
import type { Location } from "vscode-languageserver-protocol";

import { findCommand, installation, missing, type Place } from "./command";
import { selectedInterpreter, whenSelected } from "./interpreter";
import { Server } from "./server";
import { configuredPath, mirrored, optionsFor, SECTION, type Manifest } from "./settings";

const COPY = "Copy Command";
const SETTINGS = "Open Settings";
const OUTPUT = "Show Output";

/** The one server of a window, and what was said about it. */
class Window {
  private server: Server | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly settings: readonly string[],
  ) {}

  /** End the server that runs and start one for what is set now; one after the other, however often it is asked for. */
  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.startAnew()).catch((error: unknown) => this.output.error(String(error)));
    return this.turn;
  }

  stop(): Promise<void> {
    this.turn = this.turn.then(() => this.end());
    return this.turn;
  }

  private async startAnew(): Promise<void> {
    await this.end();
    const folder = vscode.workspace.workspaceFolders?.[0];
    const place = await placeFor(folder);
    const command = findCommand(place);
    if (command === undefined) {
      this.sayMissing(place);
      return;
    }
    const options = optionsFor(folder?.uri, this.settings);
    this.server = new Server({ command, folder, options }, this.output, (reason) => this.sayFailed(reason));
    await this.server.start();
  }

  private async end(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    await server?.stop();
  }

  private sayMissing(place: Place): void {
    const text = missing(place);
    this.output.error(text);
    const choices = place.configured === "" ? [COPY, SETTINGS] : [SETTINGS];
    void vscode.window.showErrorMessage(text, ...choices).then((choice) => this.follow(choice, installation(place)));
  }

  private sayFailed(reason: string): void {
    this.output.error(reason);
    void vscode.window.showErrorMessage(`ssot-lint: ${reason}`, OUTPUT).then((choice) => this.follow(choice, ""));
  }

  private async follow(choice: string | undefined, line: string): Promise<void> {
    if (choice === COPY) {
      await vscode.env.clipboard.writeText(line);
    } else if (choice === SETTINGS) {
      await vscode.commands.executeCommand("workbench.action.openSettings", `${SECTION}.path`);
    } else if (choice === OUTPUT) {
      this.output.show();
    }
  }
}

let current: Window | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("ssot-lint", { log: true });
  const window = new Window(output, mirrored(context.extension.packageJSON as Manifest));
  current = window;
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand(`${SECTION}.restart`, () => window.restart()),
    vscode.commands.registerCommand(`${SECTION}.showOutput`, () => output.show()),
    vscode.commands.registerCommand(`${SECTION}.showHome`, showHome),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SECTION) && !event.affectsConfiguration(`${SECTION}.trace`)) {
        void window.restart();
      }
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => window.restart()),
  );
  const watching = await whenSelected(() => void window.restart());
  if (watching !== undefined) {
    context.subscriptions.push(watching);
  }
  await window.restart();
}

export async function deactivate(): Promise<void> {
  await current?.stop();
  current = undefined;
}

async function placeFor(folder: vscode.WorkspaceFolder | undefined): Promise<Place> {
  return {
    configured: configuredPath(folder?.uri),
    folder: folder?.uri.fsPath,
    interpreter: await selectedInterpreter(folder?.uri),
    searchPath: process.env["PATH"] ?? "",
    platform: process.platform,
  };
}

/** Where the line above a definition leads. */
async function showHome(home: Location): Promise<void> {
  const { start } = home.range;
  const options = { selection: new vscode.Range(start.line, start.character, start.line, start.character) };
  await vscode.window.showTextDocument(vscode.Uri.parse(home.uri), options);
}
