/** The data of the report, and what can be looked up in it. Nothing in it is ever read as HTML. */

export const data = JSON.parse(document.getElementById("data").textContent);

export const ruleByCode = new Map(data.rules.map((rule) => [rule.code, rule]));

const findingBySite = new Map();
for (const finding of data.findings) {
  for (const site of finding.sites) {
    if (!findingBySite.has(site.id)) findingBySite.set(site.id, finding);
  }
  if (!findingBySite.has(finding.id)) findingBySite.set(finding.id, finding);
}

let unpacked = null;

/** The pieces of code, by their numbers; unpacked when they are first asked for. */
export function codes() {
  unpacked ??= unpack(data.codes);
  return unpacked;
}

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return (await new Response(stream).text()).split("\0");
}

/** The finding with a site of that id; undefined if it is not in this file. */
export function findingWith(id) {
  return findingBySite.get(id);
}

export function pathOf(place) {
  return data.files[place.file].path;
}

export function zoneOf(place) {
  return data.files[place.file].zone ?? "production";
}

/** Where a line of a file is seen on the web; empty if the address of the repository is not configured. */
export function webAddress(file, line) {
  if (!/^https?:\/\//.test(data.address)) return "";
  const row = data.files[file];
  const path = data.folder.split("/").map(encodeURIComponent).join("/") + (row.uri || row.path);
  if (data.address.includes("{path}")) return data.address.replaceAll("{path}", path).replaceAll("{line}", String(line));
  return `${data.address.replace(/\/+$/, "")}/${path}#L${line}`;
}

/** What the place of the home is called: where all move to a place of their own, it is only the first of them. */
export function homeWord(finding) {
  return finding.moves ? "first" : "home";
}

export function isViolation(finding) {
  return finding.severity !== "info";
}

/** Of every severity, 0 for the worst. */
export function rankOf(severity) {
  return ["critical", "high", "medium", "low", "info"].indexOf(severity);
}

export function counted(count, noun) {
  const plural = /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

export function grouped(count) {
  return count.toLocaleString("en");
}

/** Points of the score with one decimal, as other reports have them. */
export function shownPoints(points) {
  if (points > 0 && points < 0.05) return "<0.1";
  return points.toFixed(1);
}

/** A score; 100.0 only for one of exactly 100. */
export function shownScore(score) {
  return Math.min(score, score < 100 ? 99.9 : 100).toFixed(1);
}
