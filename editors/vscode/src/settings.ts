/** What the user has set for ssot-lint. */

import * as vscode from "vscode";

export const SECTION = "ssot-lint";

/** The setting `ssot-lint.path`; empty: find it. */
export function configuredPath(folder: vscode.Uri | undefined): string {
  return vscode.workspace.getConfiguration(SECTION, folder).get("path", "").trim();
}

/**
 * The keys of the configuration that somebody has set here. They win over the files of the project, so that what
 * nobody has set is left out: a default of the editor would undo what the project says.
 *
 * `names` are the settings for these keys, with the section.
 */
export function optionsFor(folder: vscode.Uri | undefined, names: Iterable<string>): Record<string, unknown> {
  const settings = vscode.workspace.getConfiguration(SECTION, folder);
  const options: Record<string, unknown> = {};
  for (const name of names) {
    const key = name.slice(SECTION.length + 1);
    const found = settings.inspect(key);
    const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
    if (value !== undefined) {
      options[key] = value;
    }
  }
  return options;
}

/** The settings that stand for keys of the configuration: those of the last section, which is generated from them. */
export function mirrored(manifest: Manifest): string[] {
  return Object.keys(manifest.contributes.configuration.at(-1)?.properties ?? {});
}

/** What we read of package.json. */
export interface Manifest {
  readonly contributes: { readonly configuration: readonly { readonly properties: object }[] };
}
