/** The packages as areas: as large as they have lines, as dark as they lose points. */

import { hashOf } from "./address.js";
import { counted, data, grouped, shownPoints } from "./data.js";
import { el, scrollable, svg } from "./dom.js";

const HEIGHT = 380;
const SHADES = 5;
const HEAD = 24;
const LEAST_SIDE = 120;
const HERE = "(files here)";

export function treemapPart(address) {
  const tree = treeOf(data.folders);
  const folder = nodeAt(tree, address.folder ?? "");
  const children = childrenOf(folder);
  const canvas = el("div", { class: "canvas" });
  const draw = () => canvas.replaceChildren(drawing(children, Math.max(canvas.clientWidth, 300)));
  new ResizeObserver(draw).observe(canvas);
  return el("div", { class: "treemap" },
    el("h2", {}, "Packages"),
    crumbs(folder),
    el("p", { class: "quiet-text" }, "Areas: lines of code. Shades: points of the score lost there."),
    legend(),
    canvas,
    listing(children));
}

function treeOf(rows) {
  const root = newNode("", "");
  for (const [path, files, lines, points, violations] of rows) {
    const parts = path ? path.split("/") : [];
    let node = root;
    add(node, files, lines, points, violations);
    parts.forEach((name, at) => {
      if (!node.children.has(name)) node.children.set(name, newNode(name, parts.slice(0, at + 1).join("/")));
      node = node.children.get(name);
      add(node, files, lines, points, violations);
    });
    node.own = { files, lines, points, violations };
  }
  return root;
}

function newNode(name, path) {
  return { name, path, files: 0, lines: 0, points: 0, violations: 0, children: new Map(), own: null };
}

function add(node, files, lines, points, violations) {
  node.files += files;
  node.lines += lines;
  node.points += points;
  node.violations += violations;
}

/** The folder at a path, or the nearest below it in which there is something to tell apart. */
function nodeAt(tree, path) {
  let node = tree;
  for (const name of path ? path.split("/") : []) node = node.children.get(name) ?? node;
  return descended(node);
}

/** The folder itself, or that in it which has all that it has: `src/shop` for `src`. */
function descended(node) {
  let found = node;
  while (found.children.size === 1 && !found.own) found = [...found.children.values()][0];
  return found === node ? node : { ...found, name: found.path.slice(node.path.length - node.name.length) };
}

function childrenOf(folder) {
  const own = folder.own && folder.children.size ? [{ ...newNode(HERE, folder.path), ...folder.own }] : [];
  const children = folder.children.size ? [...[...folder.children.values()].map(descended), ...own] : [folder];
  return children.sort((one, other) => other.lines - one.lines);
}

function crumbs(folder) {
  const parts = folder.path ? folder.path.split("/") : [];
  const links = parts.map((name, at) => el("li", {}, el("a", { href: hashOf({ view: "map", folder: parts.slice(0, at + 1).join("/") }), "aria-current": at === parts.length - 1 ? "page" : null }, name)));
  return el("nav", { "aria-label": "Folder", class: "crumbs" }, el("ol", {}, el("li", {}, el("a", { href: "#view=map" }, "project")), links));
}

function legend() {
  const boxes = Array.from({ length: SHADES + 1 }, (_, shade) => el("span", { class: `box shade-${shade}` }));
  return el("p", { class: "legend" }, "none ", boxes, " most");
}

function target(node) {
  return node.children.size ? hashOf({ view: "map", folder: node.path }) : hashOf({ view: "findings", path: node.path ? `${node.path}/` : "" });
}

function shadeOf(points, most) {
  if (points <= 0 || most <= 0) return 0;
  return Math.max(1, Math.ceil(Math.sqrt(points / most) * SHADES));
}

/** The folders, and in those that are large enough the folders in them. */
function drawing(children, width) {
  const areas = squarified(children, 0, 0, width, HEIGHT).flatMap((area) => [area, ...inside(area)]);
  const most = Math.max(...areas.filter((area) => !area.isOuter).map((area) => area.node.points), 0);
  return svg("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "group", "aria-label": "Packages by lines of code" }, areas.map((area) => tile(area, most)));
}

function inside(area) {
  const { node, x, y, width, height } = area;
  if (width < LEAST_SIDE || height < LEAST_SIDE || node.children.size < 2) return [];
  area.isOuter = true;
  return squarified(childrenOf(node), x + 4, y + HEAD, width - 8, height - HEAD - 4);
}

function tile({ node, x, y, width, height, isOuter }, most) {
  const shade = shadeOf(node.points, most);
  const said = `${node.name || "project"}: ${counted(node.lines, "line")}, ${counted(node.violations, "violation")}, ${shownPoints(node.points)} points`;
  const room = Math.floor((width - 10) / 7.2);
  const figures = [`${grouped(node.lines)} lines`, node.points ? `${shownPoints(node.points)} points` : ""].filter((text) => text && text.length <= room);
  const head = `${node.name}: ${figures.join(", ")}`;
  const names = isOuter ? [head.length <= room ? head : node.name] : [node.name || "project", ...figures];
  const lines = room > 3 ? names.slice(0, Math.floor((height - 4) / 17)) : [];
  const texts = lines.map((text, at) => svg("text", { x: x + 6, y: y + 16 + at * 17, class: at ? "small" : "" }, text.length > room ? `${text.slice(0, Math.max(room - 1, 1))}…` : text));
  return svg("a", { href: target(node), "aria-label": said, class: isOuter ? "tile outer" : `tile shade-${shade}` },
    svg("rect", { x: x + 1, y: y + 1, width: Math.max(width - 2, 1), height: Math.max(height - 2, 1), rx: 3 }), texts, svg("title", {}, said));
}

/** Rectangles as near to squares as rows allow (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000). */
function squarified(all, left, top, width, height) {
  const nodes = all.filter((node) => node.lines > 0);
  const total = nodes.reduce((sum, node) => sum + node.lines, 0);
  let rest = nodes.map((node) => ({ node, area: (node.lines / Math.max(total, 1)) * width * height }));
  const found = [];
  let [x, y, w, h] = [left, top, width, height];
  while (rest.length) {
    const side = Math.min(w, h);
    let count = 1;
    while (count < rest.length && worst(rest.slice(0, count + 1), side) <= worst(rest.slice(0, count), side)) count++;
    const row = rest.slice(0, count);
    const thickness = row.reduce((sum, each) => sum + each.area, 0) / Math.max(side, 1e-9);
    let offset = 0;
    for (const { node, area } of row) {
      const length = area / Math.max(thickness, 1e-9);
      found.push(w < h ? { node, x: x + offset, y, width: length, height: thickness } : { node, x, y: y + offset, width: thickness, height: length });
      offset += length;
    }
    [x, y, w, h] = w < h ? [x, y + thickness, w, h - thickness] : [x + thickness, y, w - thickness, h];
    rest = rest.slice(count);
  }
  return found;
}

function worst(row, side) {
  const sum = row.reduce((all, each) => all + each.area, 0);
  const areas = row.map((each) => each.area);
  return Math.max((side * side * Math.max(...areas)) / (sum * sum), (sum * sum) / (side * side * Math.min(...areas)));
}

function listing(children) {
  const rows = [...children].sort((one, other) => other.points - one.points || other.lines - one.lines).map((node) =>
    el("tr", {},
      el("th", { scope: "row" }, el("a", { href: target(node) }, node.name || "project")),
      el("td", { class: "number minor" }, grouped(node.files)), el("td", { class: "number minor" }, grouped(node.lines)),
      el("td", { class: "number" }, node.violations ? el("a", { href: hashOf({ view: "findings", path: node.path ? `${node.path}/` : "" }), "aria-label": `${counted(node.violations, "violation")} in ${node.name || "the project"}` }, grouped(node.violations)) : "0"),
      el("td", { class: "number" }, shownPoints(node.points))));
  const head = el("tr", {}, el("th", { scope: "col" }, "Folder"), ["Files", "Lines", "Violations", "Points"].map((name) => el("th", { scope: "col", class: name === "Files" || name === "Lines" ? "number minor" : "number" }, name)));
  return scrollable("Packages", el("table", {}, el("thead", {}, head), el("tbody", {}, rows)));
}
