/** The table of findings. */

import { hashOf, remember } from "./address.js";
import { counted, data, grouped, homeWord, isViolation, pathOf, ruleByCode, shownPoints } from "./data.js";
import { badge, el, heading, prose } from "./dom.js";
import { choices, FILTERS, siteCount, wanted } from "./filters.js";

const PAGE = 50;
const LABELS = { rule: "Rule", severity: "Severity", zone: "Zone", component: "Component", status: "Standing" };
const COLUMNS = [["severity", "Severity"], ["subject", "Subject"], ["rule", "Rule"], ["sites", "Sites"], ["points", "Points"]];

/** The list that was shown last: where Back leads from a finding, and what comes before and after it. */
export const lastList = { address: { view: "findings" }, findings: data.findings };

export function findingsView(address) {
  const asked = { ...address };
  const count = el("p", { role: "status", class: "count" });
  const body = el("tbody");
  const more = el("button", { type: "button", class: "more", click: () => extend() }, "Show more");
  const head = el("tr");
  const table = el("table", { class: "findings", keydown: moveInRows }, el("thead", {}, head), body);
  let shown = 0;

  function update() {
    lastList.address = { view: "findings", ...asked };
    lastList.findings = wanted(asked);
    body.replaceChildren();
    shown = 0;
    head.replaceChildren(...COLUMNS.map(([name, label]) => columnHead(name, label, asked.sort ?? "points", sortBy)));
    extend();
    count.replaceChildren(...summary(lastList.findings, asked));
  }
  function extend(all = false) {
    const last = all ? lastList.findings.length : shown + PAGE;
    body.append(...lastList.findings.slice(shown, last).map(row));
    shown = Math.min(last, lastList.findings.length);
    more.hidden = shown >= lastList.findings.length;
    more.textContent = `Show more of ${counted(lastList.findings.length - shown, "other")}`;
  }
  function change(name, value) {
    asked[name] = value;
    remember({ view: "findings", ...asked });
    update();
  }
  function sortBy(name) {
    change("sort", name === "points" ? "" : name);
    head.querySelector(`[data-sort="${name}"]`)?.focus();
  }
  function clear() {
    for (const name of FILTERS) delete asked[name];
    form.replaceWith((form = filterForm(asked, change, clear)));
    remember({ view: "findings", ...asked });
    update();
  }

  let form = filterForm(asked, change, clear);
  addEventListener("beforeprint", () => { if (table.isConnected) extend(true); });
  update();
  return el("section", { "aria-label": "Findings" }, heading("Findings"), form, count, table, more);
}

function summary(findings, asked) {
  const sites = findings.reduce((sum, finding) => sum + siteCount(finding), 0);
  const points = findings.reduce((sum, finding) => sum + finding.points, 0);
  if (!findings.length) return nothing(asked);
  const rows = findings.reduce((sum, finding) => sum + Number(shownPoints(finding.points).replace("<", "")), 0);
  const rounded = shownPoints(rows) === shownPoints(points) ? "" : " (those of each are rounded)";
  return [`${counted(findings.length, "finding")}, ${counted(sites, "site")}, ${shownPoints(points)} points${rounded}.`];
}

/** Why there is nothing in the list. */
function nothing(asked) {
  if (FILTERS.some((name) => asked[name])) return ["Nothing matches these filters."];
  const information = data.findings.filter((finding) => !isViolation(finding)).length;
  if (!information) return ["Nothing to show."];
  const are = information === 1 ? "is" : "are";
  return [`Nothing is scored; ${grouped(information)} ${are} information: `, el("a", { href: hashOf({ view: "findings", severity: "info" }) }, information === 1 ? "show it" : "show them"), "."];
}

function columnHead(name, label, sort, sortBy) {
  const direction = sort === name ? (name === "subject" || name === "rule" ? "ascending" : "descending") : "none";
  const button = el("button", { type: "button", class: "sort", "data-sort": name, click: () => sortBy(name) }, label);
  return el("th", { scope: "col", class: `${name} ${name === "sites" || name === "points" ? "number" : ""}`, "aria-sort": direction }, button);
}

function row(finding) {
  const first = finding.sites[0];
  const link = el("a", { href: hashOf({ finding: finding.id }), class: "open" }, finding.subject);
  const others = siteCount(finding) - 1;
  const where = [
    first ? `${finding.home ? "site " : ""}${pathOf(first)}:${first.line}${others > 0 ? ` and ${grouped(others)} more` : ""}` : "",
    finding.home ? `${homeWord(finding)} ${pathOf(finding.home)}:${finding.home.line}` : "",
  ].filter(Boolean);
  return el(
    "tr", {},
    el("td", { class: "severity" }, badge(finding.severity)),
    el("td", { class: "subject" }, el("strong", {}, link), el("p", { class: "message" }, prose(finding.message)), where.map((place) => el("p", { class: "path" }, place))),
    el("td", { class: "rule" }, el("code", {}, finding.rule), " ", ruleByCode.get(finding.rule)?.name ?? ""),
    el("td", { class: "number sites" }, grouped(siteCount(finding))),
    el("td", { class: "number points" }, shownPoints(finding.points)),
  );
}

/** Arrow keys go from one finding to the next. */
function moveInRows(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  const here = event.target.closest("tbody tr");
  if (!(event.key in steps) || !here) return;
  event.preventDefault();
  const next = steps[event.key] === 1 ? here.nextElementSibling : here.previousElementSibling;
  const edge = steps[event.key] === 1 ? here.closest("section").querySelector(".more") : document.querySelector("#search");
  (next?.querySelector("a.open") ?? edge).focus();
}

function filterForm(asked, change, clear) {
  const search = el("input", {
    id: "search", type: "search", autocomplete: "off", spellcheck: "false", value: asked.q ?? "",
    input: (event) => change("q", event.target.value), keydown: intoRows,
  });
  const path = el("input", {
    id: "path", type: "text", autocomplete: "off", spellcheck: "false", value: asked.path ?? "", placeholder: "app/models",
    input: (event) => change("path", event.target.value), keydown: intoRows,
  });
  const selects = Object.keys(LABELS).map((name) => selectOf(name, asked, change));
  return el(
    "form", { class: "filters", role: "search", submit: (event) => event.preventDefault() },
    el("div", { class: "field grow" }, el("label", { for: "search" }, "Search"), search),
    el("div", { class: "field" }, el("label", { for: "path" }, "Folder or file"), path),
    selects,
    el("button", { type: "button", class: "quiet", click: clear }, "Clear"),
  );
}

function intoRows(event) {
  if (event.key !== "ArrowDown") return;
  event.preventDefault();
  document.querySelector("table.findings a.open")?.focus();
}

function selectOf(name, asked, change) {
  const values = choices(name);
  const isTelling = values.length > 1 || (name === "severity" && values[0] === "info");
  if (!isTelling && !asked[name]) return null;
  const all = name === "severity" ? "all but info" : "all";
  const options = values.map((value) => el("option", { value, selected: asked[name] === value }, name === "rule" ? `${value} ${ruleByCode.get(value)?.name ?? ""}` : value));
  const select = el("select", { id: name, change: (event) => change(name, event.target.value) }, el("option", { value: "" }, all), options);
  return el("div", { class: "field" }, el("label", { for: name }, LABELS[name]), select);
}
