/** The server of a window: started, watched, ended. */

import { spawn, type ChildProcess } from "node:child_process";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, type LanguageClientOptions, RevealOutputChannelOn } from "vscode-languageclient/node";

import type { Command } from "./command";
import { SECTION } from "./settings";

/** What a server is started for. */
export interface Work {
  readonly command: Command;
  readonly folder: vscode.WorkspaceFolder | undefined;
  readonly options: Record<string, unknown>;
}

/** The client, without its own messages to the user: the server's last words say more than "couldn't create connection". */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

const PATIENCE_MILLISECONDS = 1000;

/** One server. It ends with its window, and is not started again by itself: it would fail again. */
export class Server {
  private readonly client: LanguageClient;
  private lastLine = "";
  private closed: Promise<void> = Promise.resolve();
  private isWanted = true;
  private child: ChildProcess | undefined;

  constructor(
    private readonly work: Work,
    private readonly output: vscode.LogOutputChannel,
    private readonly failed: (reason: string) => void,
  ) {
    this.client = new QuietClient(SECTION, "ssot-lint", () => this.process(), this.clientOptions());
  }

  /** Resolves once the server answers, or has been said to fail. */
  async start(): Promise<void> {
    const { executable, args } = this.work.command;
    this.output.info(`starting ${executable} ${args.join(" ")}`);
    try {
      await this.client.start();
    } catch (error) {
      await this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  async stop(): Promise<void> {
    this.isWanted = false;
    if (this.client.isRunning()) {
      await this.client.dispose();
    } else {
      this.child?.kill();
    }
  }

  private clientOptions(): LanguageClientOptions {
    const { folder, options } = this.work;
    return {
      documentSelector: [{ scheme: "file", language: "python" }],
      ...(folder === undefined ? {} : { workspaceFolder: folder }),
      initializationOptions: options,
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          void this.fail("the server ended");
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      initializationFailedHandler: () => false,
    };
  }

  private process(): Promise<ChildProcess> {
    const { executable, args } = this.work.command;
    const cwd = this.work.folder?.uri.fsPath;
    const child = spawn(executable, args, cwd === undefined ? {} : { cwd });
    this.child = child;
    this.closed = new Promise((resolve) => child.once("close", () => resolve()));
    child.stderr.on("data", (data: Buffer) => {
      const lines = data.toString().split("\n").filter((line) => line.trim() !== "");
      this.lastLine = lines.at(-1) ?? this.lastLine;
    });
    // What is written to a server that has ended is lost, and no reason to break the extension host.
    child.stdin.on("error", () => {});
    return new Promise((resolve, reject) => {
      child.once("spawn", () => resolve(child));
      child.once("error", reject);
    });
  }

  /** Say once why there is no server: what it said last says more than that it has ended. */
  private async fail(reason: string): Promise<void> {
    // A program that ends at once still has to be heard: that its pipes are closed is noticed before what it said.
    await Promise.race([this.closed, new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLISECONDS))]);
    if (this.isWanted) {
      this.isWanted = false;
      this.failed(this.lastLine.trim().replace(/^error: /, "") || reason);
    }
  }
}
