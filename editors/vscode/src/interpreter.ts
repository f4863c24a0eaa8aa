/** The Python that the user has selected, as Microsoft's Python extension knows it. */

import * as vscode from "vscode";

const PYTHON_EXTENSION = "ms-python.python";

/** What we use of https://github.com/microsoft/vscode-python/tree/main/pythonExtensionApi. */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(
      environment: { readonly path: string },
    ): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

/** The path of the selected interpreter; undefined without that extension, or where none is selected. */
export async function selectedInterpreter(folder: vscode.Uri | undefined): Promise<string | undefined> {
  const python = await pythonApi();
  if (python === undefined) {
    return undefined;
  }
  const found = await python.environments.resolveEnvironment(python.environments.getActiveEnvironmentPath(folder));
  return found?.executable.uri?.fsPath;
}

/** Calls `changed` whenever another interpreter is selected. */
export async function whenSelected(changed: () => void): Promise<vscode.Disposable | undefined> {
  const python = await pythonApi();
  return python?.environments.onDidChangeActiveEnvironmentPath(changed);
}

async function pythonApi(): Promise<PythonApi | undefined> {
  return vscode.extensions.getExtension<PythonApi>(PYTHON_EXTENSION)?.activate();
}
