/**
 * As much of the module `vscode` as the extension and `vscode-languageclient` use, without an editor: what is shown,
 * registered and set is noted in `editor`, for tests to look at.
 */

import * as path from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";

type Listener<T> = (event: T) => unknown;

export class Disposable {
  constructor(private readonly end: () => void = () => {}) {}
  static from(...all: { dispose(): void }[]): Disposable {
    return new Disposable(() => all.forEach((each) => each.dispose()));
  }
  dispose(): void {
    this.end();
  }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>, self?: unknown): Disposable => {
    const bound = self === undefined ? listener : listener.bind(self);
    this.listeners.add(bound);
    return new Disposable(() => this.listeners.delete(bound));
  };
  fire(event: T): void {
    [...this.listeners].forEach((each) => each(event));
  }
  dispose(): void {
    this.listeners.clear();
  }
}

export class Uri {
  private constructor(
    private readonly text: string,
    readonly scheme: string,
    readonly fsPath: string,
  ) {}
  static file(file: string): Uri {
    return new Uri(pathToFileURL(file).href, "file", file);
  }
  static parse(text: string): Uri {
    const scheme = text.slice(0, text.indexOf(":"));
    return new Uri(text, scheme, scheme === "file" ? fileURLToPath(text) : text);
  }
  get path(): string {
    return new URL(this.text).pathname;
  }
  toString(): string {
    return this.text;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(line: number, character: number, endLine: number, endCharacter: number) {
    this.start = new Position(line, character);
    this.end = new Position(endLine, endCharacter);
  }
}

export class Location {
  constructor(
    readonly uri: Uri,
    readonly range: Range,
  ) {}
}

export class Diagnostic {
  code: unknown;
  source: string | undefined;
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

export class Command {
  constructor(
    readonly title: string,
    readonly command: string,
  ) {}
}

export class CodeLens {
  command: { title: string; command: string; arguments?: unknown[] } | undefined;
  constructor(readonly range: Range) {}
}

export class CancellationError extends Error {}

export class CancellationTokenSource {
  private readonly emitter = new EventEmitter<void>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };
  cancel(): void {
    this.token.isCancellationRequested = true;
    this.emitter.fire();
  }
  dispose(): void {}
}

export class FakeDocument {
  readonly languageId = "python";
  readonly version = 1;
  readonly uri: Uri;
  constructor(
    file: string,
    private readonly text: string,
  ) {
    this.uri = Uri.file(file);
  }
  getText(): string {
    return this.text;
  }
}

export interface Inspected {
  globalValue?: unknown;
  workspaceValue?: unknown;
  workspaceFolderValue?: unknown;
}

/** What the test sets, and what the extension does with the editor. */
export class Editor {
  folder = "";
  settings: Record<string, Inspected> = {};
  interpreter: string | undefined;
  documents: FakeDocument[] = [];
  errors: string[] = [];
  answer: string | undefined;
  log: string[] = [];
  clipboard = "";
  shown: string[] = [];
  registered = new Map<string, (...given: never[]) => unknown>();
  executed: unknown[][] = [];
  providers = new Map<string, Record<string, (...given: unknown[]) => unknown>>();
  diagnostics = new Map<string, Diagnostic[]>();
  readonly configured = new EventEmitter<{ affectsConfiguration(section: string): boolean }>();
  readonly selected = new EventEmitter<void>();

  reset(): void {
    Object.assign(this, new Editor());
  }

  change(name: string, value: unknown): void {
    this.settings[name] = { workspaceValue: value };
    this.configured.fire({ affectsConfiguration: (section) => `ssot-lint.${name}`.startsWith(section) });
  }
}

export const editor = new Editor();

const never = (): Disposable => new Disposable();
const provider =
  (kind: string) =>
  (_: unknown, given: Record<string, (...given: unknown[]) => unknown>): Disposable => {
    editor.providers.set(kind, given);
    return new Disposable(() => editor.providers.delete(kind));
  };

const message = async (text: string): Promise<string | undefined> => {
  editor.errors.push(text);
  return editor.answer;
};

function channel(): unknown {
  const note = (text: string): unknown => editor.log.push(text);
  const levels = { info: note, error: note, warn: note, debug: note, trace: note };
  const shown = { show: () => editor.shown.push("output"), logLevel: LogLevel.Info, onDidChangeLogLevel: never };
  return { ...levels, ...shown, append: note, appendLine: note, dispose: () => {} };
}

/** Anything that is not named answers with what does nothing. */
function doingNothing<T extends object>(known: T): T {
  return new Proxy(known, { get: (target, name) => Reflect.get(target, name) ?? never });
}

export const workspace = doingNothing({
  get workspaceFolders() {
    return editor.folder ? [{ uri: Uri.file(editor.folder), name: path.basename(editor.folder), index: 0 }] : undefined;
  },
  get textDocuments() {
    return editor.documents;
  },
  notebookDocuments: [],
  getConfiguration: (section: string) => {
    const of = (key: string): Inspected => (section === "ssot-lint" ? (editor.settings[key] ?? {}) : {});
    return {
      inspect: of,
      get: (key: string, otherwise: unknown) => of(key).workspaceValue ?? of(key).globalValue ?? otherwise,
    };
  },
  getWorkspaceFolder: () => undefined,
  createFileSystemWatcher: () => doingNothing({}),
  onDidChangeConfiguration: (listener: Listener<never>) => editor.configured.event(listener as Listener<unknown>),
  fs: {},
});

export const window = doingNothing({
  get visibleTextEditors() {
    return editor.documents.map((document) => ({ document }));
  },
  get activeTextEditor() {
    return editor.documents[0] && { document: editor.documents[0] };
  },
  tabGroups: {
    get all() {
      return [{ tabs: editor.documents.map(({ uri }) => ({ input: new TabInputText(uri) })) }];
    },
    onDidChangeTabs: never,
    onDidChangeTabGroups: never,
  },
  createOutputChannel: channel,
  showErrorMessage: message,
  showWarningMessage: message,
  showInformationMessage: message,
  showTextDocument: async (uri: Uri, options: { selection: Range }) => {
    editor.shown.push(`${path.basename(uri.fsPath)}:${options.selection.start.line + 1}`);
  },
  withProgress: (_: unknown, work: (...given: unknown[]) => unknown) =>
    work({ report: () => {} }, new CancellationTokenSource().token),
});

export const languages = doingNothing({
  match: (selector: { language?: string }[], document: { languageId: string }) =>
    selector.some((each) => each.language === document.languageId) ? 10 : 0,
  createDiagnosticCollection: () => ({
    set: (uri: Uri, found: Diagnostic[]) => editor.diagnostics.set(uri.toString(), found),
    delete: (uri: Uri) => editor.diagnostics.delete(uri.toString()),
    has: (uri: Uri) => editor.diagnostics.has(uri.toString()),
    clear: () => editor.diagnostics.clear(),
    dispose: () => editor.diagnostics.clear(),
  }),
  registerHoverProvider: provider("hover"),
  registerCodeLensProvider: provider("lens"),
  registerCodeActionsProvider: provider("actions"),
  registerDefinitionProvider: provider("definition"),
  registerReferenceProvider: provider("references"),
});

export const commands = {
  registerCommand: (name: string, run: (...given: never[]) => unknown) => {
    if (editor.registered.has(name)) {
      throw new Error(`command '${name}' already exists`);
    }
    editor.registered.set(name, run);
    return new Disposable(() => editor.registered.delete(name));
  },
  executeCommand: async (...given: unknown[]) => {
    editor.executed.push(given);
  },
};

export const extensions = {
  getExtension: () =>
    editor.interpreter && {
      activate: async () => ({
        environments: {
          getActiveEnvironmentPath: () => ({ path: editor.interpreter }),
          resolveEnvironment: async ({ path: file }: { path: string }) => ({ executable: { uri: Uri.file(file) } }),
          onDidChangeActiveEnvironmentPath: editor.selected.event,
        },
      }),
    },
};

export const env = {
  appName: "fake",
  language: "en",
  clipboard: {
    writeText: async (text: string) => {
      editor.clipboard = text;
    },
  },
};

export const version = "1.91.0";
export const LogLevel = { Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 };
export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const DiagnosticTag = { Unnecessary: 1, Deprecated: 2 };
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };

export class TabInputText {
  constructor(readonly uri: Uri) {}
}
export class TabInputTextDiff {}
export class TabInputNotebook {}
export class TabInputCustom {}
export class DiagnosticRelatedInformation {
  constructor(
    readonly location: Location,
    readonly message: string,
  ) {}
}
export class CallHierarchyItem {}
export class CompletionItem {}
export class DocumentLink {}
export class InlayHint {}
export class SymbolInformation {}
export class TypeHierarchyItem {}
export class MarkdownString {
  constructor(public value = "") {}
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}
export class Hover {
  constructor(readonly contents: unknown) {}
}
export class CodeAction {
  constructor(readonly title: string) {}
}
export class CodeActionKind {
  static readonly Empty = new CodeActionKind("");
  constructor(readonly value: string) {}
  append(part: string): CodeActionKind {
    return new CodeActionKind(this.value === "" ? part : `${this.value}.${part}`);
  }
}
