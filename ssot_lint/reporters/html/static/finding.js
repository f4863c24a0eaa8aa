/** One finding: home and sites beside each other, who imports them, every way out. */

import { hashOf } from "./address.js";
import { codes, counted, data, findingWith, homeWord, isViolation, pathOf, ruleByCode, shownPoints, webAddress } from "./data.js";
import { badge, copyButton, el, heading, prose } from "./dom.js";
import { lastList } from "./findings.js";
import { codeAlone, comparison } from "./side_by_side.js";

export function findingView(address) {
  const finding = findingWith(address.finding);
  if (!finding) {
    return el("section", {}, heading("No such finding"), el("p", {}, "This file has no finding with the id ", el("code", {}, address.finding), ": it may be fixed, or left out to keep the file small."), el("p", {}, el("a", { href: "#view=findings" }, "All findings")));
  }
  const site = finding.sites.find((each) => each.id === address.finding) ?? finding.sites[0];
  return el(
    "section", { class: "finding", keydown: escape, "aria-label": `Finding ${finding.subject}` },
    neighbours(finding),
    heading(badge(finding.severity), " ", el("span", { class: "name" }, finding.subject)),
    el("p", { class: "lead" }, prose(finding.message)),
    el("p", { class: "facts" }, ...facts(finding)),
    finding.notes?.length ? notes(finding.notes) : null,
    el("h2", {}, finding.home && !finding.moves ? "Home and sites" : "Sites"),
    finding.home ? homeLine(finding.home, homeWord(finding)) : null,
    siteList(finding, site),
    codeOf(finding, site),
    importersOf(finding, site),
    waysOut(finding),
  );
}

function escape(event) {
  if (event.key === "Escape") location.hash = hashOf(lastList.address);
}

function neighbours(finding) {
  const at = lastList.findings.indexOf(finding);
  const [before, after] = [lastList.findings[at - 1], at < 0 ? undefined : lastList.findings[at + 1]];
  const link = (other, text) => (other ? el("a", { href: hashOf({ finding: other.id }) }, text) : null);
  return el("p", { class: "neighbours" }, el("a", { href: hashOf(lastList.address) }, "All findings"), link(before, "Previous"), link(after, "Next"));
}

function facts(finding) {
  const rule = ruleByCode.get(finding.rule);
  const parts = [
    el("a", { href: hashOf({ about: finding.rule }) }, el("code", {}, finding.rule), " ", rule?.name ?? ""),
    finding.remark ? el("span", {}, `${finding.severity}: ${finding.remark}`) : null,
    el("span", {}, `costs ${shownPoints(finding.points)} points today`),
    finding.step ? el("a", { href: hashOf({ view: "plan", first: finding.step }) }, `step ${finding.step} of the plan`) : null,
    ...(finding.components ?? []).map((name) => el("a", { href: hashOf({ view: "map", graph: `component ${name}` }) }, `component ${name}`)),
    finding.home ? el("a", { href: hashOf({ view: "map", graph: `finding ${finding.id}` }) }, "as a graph") : null,
  ];
  return parts.filter(Boolean);
}

function notes(lines) {
  return el("details", { class: "notes", open: lines.length <= 6 }, el("summary", {}, "Evidence"), el("ul", {}, lines.map((line) => el("li", {}, prose(line)))));
}

/** The place, a link where the repository can be seen on the web. */
function placeLink(place) {
  const text = `${pathOf(place)}:${place.line}`;
  const address = webAddress(place.file, place.line);
  return address ? el("a", { href: address, class: "place", rel: "noreferrer" }, text) : el("code", { class: "place" }, text);
}

function homeLine(home, word) {
  return el("p", { class: "home-line" }, el("span", { class: "role home" }, word), " ", placeLink(home), " ", el("span", { class: "reason" }, "· ", prose(home.text)));
}

function siteList(finding, chosen) {
  const items = finding.sites.map((site) =>
    el("li", {},
      el("span", { class: "role site" }, "site"), " ", placeLink(site), " ",
      finding.sites.length > 1
        ? el("a", { href: hashOf({ finding: site.id }), "aria-current": site === chosen ? "true" : null, class: "choose" }, site.id)
        : el("code", {}, site.id),
      " ", el("span", { class: "standing" }, `· ${site.status}`), site.text ? el("span", { class: "reason" }, " · ", prose(site.text)) : null));
  return el("ol", { class: "site-list" }, items, finding.more ? el("li", {}, `and ${counted(finding.more, "more site")}: `, el("code", {}, `ssot-lint show ${finding.id}`)) : null);
}

function codeOf(finding, site) {
  const place = el("div", {});
  codes().then((pieces) => place.append(codeFrom(pieces, finding, site)));
  return place;
}

function codeFrom(pieces, finding, site) {
  const home = site?.original ?? finding.home;
  const [ours, theirs] = [home?.code ?? -1, site?.code ?? -1].map((number) => (number < 0 ? null : pieces[number]));
  if (home && ours !== null && theirs !== null) return comparison({ ...home, code: ours, role: site.original ? "home" : homeWord(finding) }, { ...site, code: theirs });
  const shown = [[home, ours], [site, theirs]].filter(([place, code]) => place && code !== null);
  if (!shown.length) return el("p", { class: "quiet-text" }, "The code is not in this file: ", el("code", {}, `ssot-lint show ${finding.id}`), " shows it.");
  return el("div", {}, shown.map(([place, code]) => codeAlone(pathOf(place), { ...place, code })));
}

function importersOf(finding, site) {
  const places = [[homeWord(finding), finding.home], ["site", site]].filter(([, place]) => place && (place.importers ?? -1) >= 0);
  if (!places.length) return null;
  return el("div", { class: "importers" }, el("h2", {}, "Imported by"), places.map(([role, place]) => importerList(role, place)));
}

function importerList(role, place) {
  const { files, first } = data.importers[place.importers];
  const items = first.map(([module, file, line]) => el("li", {}, placeLink({ file, line }), ` from ${module}`));
  const shown = new Set(first.map(([, file]) => file)).size;
  return el("details", { open: first.length <= 6 },
    el("summary", {}, el("span", { class: `role ${role}` }, role), ` ${pathOf(place)}: imported by ${counted(files, "file")}`),
    el("ul", {}, items, files > shown ? el("li", {}, `and ${counted(files - shown, "more file")}`) : null));
}

function waysOut(finding) {
  const rows = waysOf(finding).map(([label, text]) => {
    const command = /`((?:ssot-lint|# ssot-lint)[^`]*)`/.exec(text)?.[1];
    return el("div", {}, el("dt", {}, label), el("dd", {}, prose(text), command ? [" ", copyButton(command)] : null));
  });
  return el("div", { class: "ways" }, el("h2", {}, "What to do"), el("dl", {}, rows));
}

/** The remedy, then what holds for all findings of the rule, as far as it can be done about this one. */
function waysOf(finding) {
  const ids = finding.sites.map((site) => site.id).join(" ") + (finding.more ? " ..." : "");
  const ways = (ruleByCode.get(finding.rule)?.ways ?? []).filter(([label]) => label === "explain" || (isViolation(finding) && (label !== "pin" || finding.home)));
  const outlook = data.plan?.steps[(finding.step ?? 0) - 1]?.fix ?? "";
  return [["fix", finding.remedy ?? ""], ["command", outlook.startsWith("`ssot-lint fix") ? outlook : ""], ...ways].filter(([, text]) => text).map(([label, text]) => [label, text.replace("{ids}", ids)]);
}
