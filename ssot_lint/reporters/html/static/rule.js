/** The page of a rule: what it looks for, why, and how to resolve what it finds. */

import { hashOf } from "./address.js";
import { counted, data, ruleByCode } from "./data.js";
import { badge, el, heading } from "./dom.js";

const CODE = ["Bad:", "Good:"];

export function ruleView(address) {
  const rule = ruleByCode.get(address.about);
  if (!rule) return el("section", {}, heading("No such rule"), el("p", {}, "Nothing in this report is about ", el("code", {}, address.about), "."));
  const count = data.findings.filter((finding) => finding.rule === rule.code).length;
  return el("section", { class: "rule-page", "aria-label": rule.name },
    heading(badge(rule.severity), " ", el("code", {}, rule.code), ` ${rule.name}`),
    el("p", {}, el("a", { href: hashOf({ view: "findings", rule: rule.code }) }, `${counted(count, "finding")} of this rule`), `, family ${rule.family}`),
    sections(rule.help));
}

/** The text of the documentation: a summary, then sections with an indented block each. */
function sections(help) {
  const parts = [];
  for (const line of help.split("\n")) {
    if (/^\w+:$/.test(line)) parts.push({ title: line, lines: [] });
    else if (parts.length) parts.at(-1).lines.push(line);
    else parts.push({ title: "", lines: [line] });
  }
  return parts.map(({ title, lines }) => el("div", {}, title ? el("h2", {}, title.slice(0, -1)) : null, block(title, lines)));
}

function block(title, lines) {
  const text = lines.map((line) => line.replace(/^ {4}/, "")).join("\n").trim();
  if (CODE.includes(title)) return el("pre", { tabindex: "0" }, el("code", {}, text));
  return text.split(/\n\s*\n/).map((paragraph) => el("p", {}, paragraph.replaceAll("``", "`").replace(/\s+/g, " ")));
}
