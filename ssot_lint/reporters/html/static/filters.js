/** Which findings are asked for, and in which order. */

import { data, isViolation, pathOf, rankOf, ruleByCode, zoneOf } from "./data.js";

export const FILTERS = ["q", "rule", "severity", "zone", "component", "path", "status"];

const searched = data.findings.map((finding) => {
  const places = finding.home ? [finding.home, ...finding.sites] : finding.sites;
  return {
    finding,
    text: [
      finding.subject, finding.message, finding.rule, ruleByCode.get(finding.rule)?.name ?? "",
      ...finding.sites.map((site) => site.id), ...places.map(pathOf),
    ].join("\n").toLowerCase(),
    paths: [...new Set(places.map(pathOf))],
    zones: new Set(finding.sites.map(zoneOf)),
    statuses: new Set(finding.sites.map((site) => site.status)),
  };
});

const ORDERS = {
  points: (one, other) => other.points - one.points,
  severity: (one, other) => rankOf(one.severity) - rankOf(other.severity),
  sites: (one, other) => siteCount(other) - siteCount(one),
  subject: (one, other) => one.subject.localeCompare(other.subject),
  rule: (one, other) => one.rule.localeCompare(other.rule),
};

export function siteCount(finding) {
  return finding.sites.length + (finding.more ?? 0);
}

/** The findings that an address asks for. Inventories are there if they are asked for by severity, or by rule. */
export function wanted(address) {
  const words = (address.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const found = searched.filter((row) => matches(row, address, words)).map((row) => row.finding);
  return Object.hasOwn(ORDERS, address.sort ?? "") ? found.sort(ORDERS[address.sort]) : found;
}

/** What can be chosen for a filter. */
export function choices(name) {
  const values = {
    rule: () => data.rules.map((rule) => rule.code),
    severity: () => ["critical", "high", "medium", "low", "info"].filter((each) => data.findings.some((finding) => finding.severity === each)),
    zone: () => [...new Set(searched.flatMap((row) => [...row.zones]))].sort(),
    component: () => [...new Set(data.findings.flatMap((finding) => finding.components ?? []))].sort(),
    status: () => [...new Set(searched.flatMap((row) => [...row.statuses]))],
  };
  return values[name]();
}

function matches(row, address, words) {
  const finding = row.finding;
  if (address.severity ? finding.severity !== address.severity : !isViolation(finding) && !address.rule) return false;
  if (address.rule && finding.rule !== address.rule) return false;
  if (address.component && !(finding.components ?? []).includes(address.component)) return false;
  if (address.zone && !row.zones.has(address.zone)) return false;
  if (address.status && !row.statuses.has(address.status)) return false;
  if (address.path && !row.paths.some((path) => path.startsWith(address.path) || path.includes(`/${address.path}`))) return false;
  return words.every((word) => row.text.includes(word));
}
