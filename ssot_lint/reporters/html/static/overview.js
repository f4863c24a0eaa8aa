/** What the overview has beside its text: the findings that cost most, and the score over time. */

import { hashOf } from "./address.js";
import { data, isViolation, shownPoints, shownScore } from "./data.js";
import { badge, el, prose, scrollable, svg } from "./dom.js";

const MOST_WORST = 5;

export function completeOverview() {
  const worst = data.findings.filter(isViolation).slice(0, MOST_WORST);
  if (worst.length) {
    document.getElementById("worst").append(
      el("h2", {}, "What costs most"),
      el("ol", { class: "worst" }, worst.map((finding) => el("li", {}, badge(finding.severity), " ",
        el("a", { href: hashOf({ finding: finding.id }) }, finding.subject), " ", el("span", { class: "points" }, `${shownPoints(finding.points)} points`), el("p", {}, prose(finding.message))))));
  }
  if (data.history.length) document.getElementById("trend").append(...trend());
}

function trend() {
  const [width, height] = [600, 130];
  const days = data.history.map(([date]) => Date.parse(date));
  const [first, last] = [days[0], days.at(-1)];
  const scores = data.history.map((moment) => moment[2]);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const x = (at) => (last > first ? ((days[at] - first) / (last - first)) * width : width / 2);
  const y = (score) => height - 14 - ((score - low) / Math.max(high - low, 0.1)) * (height - 28);
  const parts = [];
  data.history.forEach(([, , score, , version], at) => {
    if (!at || data.history[at - 1][4] !== version) parts.push([]);
    parts.at(-1).push(`${x(at).toFixed(1)},${y(score).toFixed(1)}`);
  });
  const picture = svg("svg", { class: "curve", viewBox: `-8 0 ${width + 16} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": `Score from ${shownScore(scores[0])} on ${data.history[0][0]} to ${shownScore(scores.at(-1))} on ${data.history.at(-1)[0]}` },
    parts.map((points) => svg("polyline", { points: points.join(" "), class: "path" })));
  const rows = data.history.map(([date, commit, score, violations]) => el("tr", {}, el("th", { scope: "row" }, date), el("td", {}, el("code", {}, commit)), el("td", { class: "number" }, shownScore(score)), el("td", { class: "number" }, violations)));
  const head = el("tr", {}, ["Date", "Commit", "Score", "Violations"].map((name, at) => el("th", { scope: "col", class: at > 1 ? "number" : null }, name)));
  return [el("h2", {}, "Over time"), picture, el("p", { class: "quiet-text" }, `${data.history[0][0]} to ${data.history.at(-1)[0]}, score ${shownScore(low)} to ${shownScore(high)}`),
    el("details", {}, el("summary", {}, "As a table"), scrollable("Score over time", el("table", {}, el("thead", {}, head), el("tbody", {}, rows))))];
}
