/** The command that starts the server, and where it is found. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

export interface Command {
  readonly executable: string;
  readonly args: readonly string[];
}

/** What decides on the command. `interpreter` is the Python that is selected for the workspace, if one is. */
export interface Place {
  readonly configured: string;
  readonly folder: string | undefined;
  readonly interpreter: string | undefined;
  readonly searchPath: string;
  readonly platform: NodeJS.Platform;
}

const ARGUMENTS = ["server", "--quiet"];

/** The first command that is there: that of the setting, beside the interpreter, on the search path; else undefined. */
export function findCommand(place: Place, isFile: (file: string) => boolean = isRegularFile): Command | undefined {
  const executable = places(place).find(isFile);
  return executable === undefined ? undefined : { executable, args: ARGUMENTS };
}

/** One line that says what is missing, and what to do. */
export function missing(place: Place): string {
  if (place.configured !== "") {
    return `ssot-lint: there is no file ${expanded(place)}. Correct the setting ssot-lint.path.`;
  }
  return `ssot-lint is not installed in the selected Python environment. Run: ${installation(place)}`;
}

/** The line that installs the server for the workspace. */
export function installation(place: Place): string {
  const python = place.interpreter ?? (place.platform === "win32" ? "py" : "python3");
  const called = python.includes(" ") ? `"${python}"` : python;
  return `${called} -m pip install "ssot-lint[server]"`;
}

function places(place: Place): string[] {
  if (place.configured !== "") {
    return [expanded(place)];
  }
  const { join, dirname, delimiter } = of(place);
  const name = place.platform === "win32" ? "ssot-lint.exe" : "ssot-lint";
  const beside = place.interpreter === undefined ? undefined : dirname(place.interpreter);
  // On Windows an environment of conda has its interpreter one folder above its commands.
  const folders = beside === undefined ? [] : [beside, join(beside, "Scripts")];
  // A relative folder on the search path would be one of the workspace.
  const searched = place.searchPath.split(delimiter).filter((each) => of(place).isAbsolute(each));
  return [...folders, ...searched].map((folder) => join(folder, name));
}

/** The setting as a path: `~` and `${workspaceFolder}` stand for folders, relative paths begin at the workspace. */
function expanded(place: Place): string {
  const { join, isAbsolute } = of(place);
  const folder = place.folder ?? "";
  const text = place.configured.replace(/^~(?=[\\/])/, os.homedir()).replaceAll("${workspaceFolder}", folder);
  return isAbsolute(text) ? text : join(folder, text);
}

function of(place: Place): path.PlatformPath {
  return place.platform === "win32" ? path.win32 : path.posix;
}

function isRegularFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
