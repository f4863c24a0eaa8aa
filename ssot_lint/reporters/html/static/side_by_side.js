/** Two pieces of code beside each other, below each other where there is no room. What differs is marked. */

import { counted, pathOf } from "./data.js";
import { aligned, changedPart, dedented, signatures } from "./difference.js";
import { el } from "./dom.js";

const [MOST_EQUAL, AROUND, AT_LEAST] = [10, 3, 12];
/** Of the lines: where fewer are equal, a home and an import of it say, marks would hide what is there. */
const LEAST_COMMON = 0.2;

/** Home and site; `code` is text. */
export function comparison(home, site) {
  const [left, right] = [dedented(home.code), dedented(site.code)];
  const rows = aligned(left, right);
  const common = rows.filter((row) => row.same && left[row.left].trim()).length;
  if (common < LEAST_COMMON * Math.max(left.length, right.length)) return el("div", {}, codeAlone(`${home.role} ${pathOf(home)}`, home), codeAlone(`site ${pathOf(site)}`, site));
  const differing = rows.filter((row) => !row.same).length;
  const cut = (home.more ?? 0) + (site.more ?? 0);
  const verdict = differing ? `${counted(differing, "line")} differ${differing === 1 ? "s" : ""}` : "The same text";
  return el(
    "div", { class: "comparison" },
    el("p", { class: "differs" }, cut ? `${verdict}, as far as shown.` : `${verdict}.`),
    cut ? null : memberList(left, right),
    sideBySide(home, site, left, right, rows),
    oneColumn(home, site, left, right, rows),
    cut ? el("p", { class: "quiet-text" }, `${counted(cut, "line")} more ${cut === 1 ? "is" : "are"} left out.`) : null,
  );
}

/** The code of one place. */
export function codeAlone(title, place) {
  const lines = dedented(place.code).map((line, at) =>
    el("tr", {}, el("td", { class: "line" }, place.line + at), el("td", {}, el("code", {}, line))));
  const table = el("table", { class: "code alone" }, el("caption", {}, title), el("tbody", {}, folded(lines, lines.slice(lines.length > 2 * AT_LEAST ? AT_LEAST : lines.length), 2, "more line")));
  return framed(`Code of ${title}`, [table, place.more ? el("p", { class: "quiet-text cut" }, `${counted(place.more, "more line")} left out of this file.`) : null]);
}

function framed(label, children, name = "") {
  return el("div", { class: `frame ${name}`, role: "region", "aria-label": label, tabindex: "0" }, children);
}

/** What only one of them has, and what has another signature. */
function memberList(left, right) {
  const [ours, theirs] = [signatures(left), signatures(right)];
  const only = (one, other) => [...one.keys()].filter((name) => !other.has(name));
  const other = [...ours.keys()].filter((name) => theirs.has(name) && theirs.get(name) !== ours.get(name));
  const items = [
    ...only(ours, theirs).map((name) => ["only in the home", ours.get(name)]),
    ...only(theirs, ours).map((name) => ["only at the site", theirs.get(name)]),
    ...other.map((name) => ["other signature", ours.get(name), theirs.get(name)]),
  ];
  if (!items.length) return null;
  return el("ul", { class: "members" }, items.map(([what, one, another]) =>
    el("li", {}, `${what}: `, el("code", {}, one), another ? [" at home, ", el("code", {}, another), " at the site"] : null)));
}

function sideBySide(home, site, left, right, rows) {
  const pair = (row) => el("tr", { class: row.same ? null : "differs" }, half(home, left, right, row.left, row, "del"), half(site, right, left, row.right, row, "ins"));
  const body = runs(rows).flatMap((run, _, all) => equalFolded(run.map(pair), run[0].same, all.length === 1, 6));
  const head = el("tr", {}, el("th", { scope: "col", colspan: 3 }, `${home.role} `, el("span", {}, pathOf(home))), el("th", { scope: "col", colspan: 3 }, "site ", el("span", {}, pathOf(site))));
  const columns = el("colgroup", {}, ["line", "sign", "text", "line", "sign", "text"].map((name) => el("col", { class: name })));
  return framed("Home and site side by side", el("table", { class: "code both" }, columns, el("thead", {}, head), el("tbody", {}, body)), "wide");
}

function half(place, lines, others, at, row, mark) {
  if (at === null) return [el("td", { class: "line none" }), el("td", { class: "sign none" }), el("td", { class: "none" })];
  const opposite = mark === "del" ? row.right : row.left;
  return [
    el("td", { class: "line" }, place.line + at),
    el("td", { class: "sign" }, row.same ? "" : mark === "del" ? "−" : "+"),
    el("td", { class: row.same ? null : mark }, el("code", {}, marked(lines[at], row.same || opposite === null ? null : others[opposite], row.same ? null : mark))),
  ];
}

function marked(line, other, mark) {
  if (!mark) return line;
  if (other === null) return el(mark, {}, line);
  const [front, middle, back] = changedPart(line, other);
  return el(mark, {}, front, middle ? el("mark", {}, middle) : null, back);
}

function oneColumn(home, site, left, right, rows) {
  const lines = runs(rows).flatMap((run, _, all) => run[0].same
    ? equalFolded(run.map((row) => line(home.line + row.left, "", left[row.left], null)), true, all.length === 1, 3)
    : [
      ...run.filter((row) => row.left !== null).map((row) => line(home.line + row.left, "−", left[row.left], "del")),
      ...run.filter((row) => row.right !== null).map((row) => line(site.line + row.right, "+", right[row.right], "ins")),
    ]);
  const title = el("caption", {}, `− ${home.role} ${pathOf(home)}`, el("br"), `+ site ${pathOf(site)}`);
  return framed("Home and site in one column", el("table", { class: "code" }, title, el("tbody", {}, lines)), "narrow");
}

/** Rows of a long equal part, of which the middle is shown when it is asked for; where all is equal, the end. */
function equalFolded(rows, isEqual, isAll, columns) {
  if (!isEqual || rows.length <= (isAll ? AT_LEAST : MOST_EQUAL)) return rows;
  return folded(rows, isAll ? rows.slice(AT_LEAST) : rows.slice(AROUND, -AROUND), columns, "equal line");
}

/** Rows of which some, all in one place, are shown when they are asked for. */
function folded(rows, hidden, columns, noun) {
  if (!hidden.length) return rows;
  const unfold = () => {
    for (const row of hidden) row.hidden = false;
    fold.remove();
  };
  const fold = el("tr", { class: "fold" }, el("td", { colspan: columns }, el("button", { type: "button", class: "quiet", "aria-label": `Show ${counted(hidden.length, noun)}`, click: unfold }, counted(hidden.length, noun))));
  for (const row of hidden) row.hidden = true;
  const at = rows.indexOf(hidden[0]);
  return [...rows.slice(0, at), fold, ...rows.slice(at)];
}

function runs(rows) {
  const found = [];
  for (const row of rows) {
    if (found.length && found.at(-1)[0].same === row.same) found.at(-1).push(row);
    else found.push([row]);
  }
  return found;
}

function line(number, sign, text, mark) {
  return el("tr", { class: mark ? "differs" : null }, el("td", { class: "line" }, number), el("td", { class: "sign" }, sign), el("td", { class: mark }, el("code", {}, mark ? el(mark, {}, text) : text)));
}
