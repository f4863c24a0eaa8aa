/** Homes, sites, factories and importers as a graph that can be dragged and folded, with a list of the same beside it. */

import { hashOf, remember } from "./address.js";
import { counted } from "./data.js";
import { el, svg } from "./dom.js";
import { graphChoices, graphOf } from "./graph_data.js";

const [NODE_WIDTH, NODE_HEIGHT, GAP_X, GAP_Y, STEP] = [222, 46, 72, 16, 20];
const COLUMNS = { site: 1, factory: 1, home: 2 };
const [BEFORE_SITES, BEHIND_HOMES, COUNT] = [0, 3, 4];
const ROLES = { home: "Homes", site: "Sites", factory: "Factories" };

export function graphPart(address) {
  const choices = graphChoices();
  if (!choices.length && !address.graph) return el("div", {});
  let chosen = address.graph ?? choices[0].key;
  if (!choices.some((choice) => choice.key === chosen)) choices.unshift({ key: chosen, label: chosen });
  const place = el("div", { class: "graph-place" });
  const select = el("select", { id: "graph", change: () => draw(select.value) }, choices.map(({ key, label }) => el("option", { value: key, selected: key === chosen }, label)));
  function draw(key) {
    if (key !== chosen) remember({ view: "map", folder: address.folder, graph: key });
    chosen = key;
    const graph = graphOf(key);
    place.replaceChildren(drawn(graph), listed(graph));
  }
  draw(chosen);
  return el("div", { class: "graph", id: "graph-part" }, el("h2", {}, "Homes, sites and importers"),
    el("div", { class: "field" }, el("label", { for: "graph" }, "Component or subject"), select),
    el("p", { class: "quiet-text" }, "Drag a box, or move it with the arrow keys. Enter opens a finding, and folds and unfolds importers."), place);
}

function drawn(graph) {
  const folded = new Set(graph.nodes.filter((node) => node.importers?.paths.length > 1).map((node) => node.id));
  const moved = new Map();
  const canvas = svg("svg", { class: "drawing", role: "group", "aria-label": "Graph" });
  const frame = el("div", { class: "frame" }, canvas);
  let refocus = "";

  function redraw() {
    const shown = withImporters(graph, folded);
    place(shown.nodes, moved);
    const size = sizeOf(shown.nodes);
    for (const [name, value] of Object.entries({ width: size.width, height: size.height, viewBox: `0 0 ${size.width} ${size.height}` })) canvas.setAttribute(name, value);
    const byId = new Map(shown.nodes.map((node) => [node.id, node]));
    canvas.replaceChildren(
      svg("defs", {}, svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" }, svg("path", { d: "M0 0 L8 4 L0 8 z" }))),
      ...shown.edges.map((edge) => svg("path", { class: "edge", d: curve(byId.get(edge.from), byId.get(edge.to)), "marker-end": "url(#arrow)" })),
      ...shown.nodes.map((node) => box(node, folded, { act, move })),
    );
    if (refocus) canvas.querySelector(`[data-id="${CSS.escape(refocus)}"]`)?.focus();
    refocus = "";
  }
  function act(node) {
    if (node.role === "importers") {
      if (!folded.delete(node.owner)) folded.add(node.owner);
      refocus = node.id;
      redraw();
    } else if (node.finding) location.hash = hashOf({ finding: node.finding });
  }
  function move(node, x, y, isFocused) {
    moved.set(node.id, { x: Math.max(0, x), y: Math.max(0, y) });
    if (isFocused) refocus = node.id;
    redraw();
  }
  redraw();
  return frame;
}

/** The graph with the importers of each place: one box for all that are folded. */
function withImporters(graph, folded) {
  const [nodes, edges] = [new Map(graph.nodes.map((node) => [node.id, { ...node }])), [...graph.edges]];
  for (const node of graph.nodes.filter((each) => each.importers)) {
    const { count, paths } = node.importers;
    const group = { id: `importers ${node.id}`, role: "importers", owner: node.id, name: counted(count, "importer"), path: `of the ${node.role} ${node.name}`, isFolded: folded.has(node.id), column: columnOf(node) };
    if (paths.length > 1) nodes.set(group.id, group);
    if (folded.has(node.id)) edges.push({ from: group.id, to: node.id });
    else {
      for (const path of paths) {
        const id = `importer ${path}`;
        if (!nodes.has(id)) nodes.set(id, { id, role: "importer", name: path.split("/").at(-1), path, column: columnOf(node) });
        edges.push({ from: id, to: node.id });
      }
    }
  }
  return { nodes: [...nodes.values()], edges };
}

/** Importers stand at the outer side of what they import. */
function columnOf(imported) {
  return imported.role === "home" ? BEHIND_HOMES : BEFORE_SITES;
}

function place(nodes, moved) {
  const columns = Array.from({ length: COUNT }, (_, column) => nodes.filter((node) => (node.column ?? COLUMNS[node.role]) === column)).filter((column) => column.length);
  const most = Math.max(...columns.map((column) => column.length), 0);
  for (const node of nodes) {
    const column = columns.findIndex((each) => each.includes(node));
    const row = columns[column].indexOf(node) + (most - columns[column].length) / 2;
    const y = row * (NODE_HEIGHT + GAP_Y) + GAP_Y;
    Object.assign(node, { x: column * (NODE_WIDTH + GAP_X) + 8, y }, moved.get(node.id));
  }
}

function sizeOf(nodes) {
  return {
    width: Math.max(...nodes.map((node) => node.x), 0) + NODE_WIDTH + 12,
    height: Math.max(...nodes.map((node) => node.y), 0) + NODE_HEIGHT + GAP_Y,
  };
}

function curve(from, to) {
  const isBackwards = from.x > to.x;
  const [x1, x2] = isBackwards ? [from.x, to.x + NODE_WIDTH] : [from.x + NODE_WIDTH, to.x];
  const [y1, y2] = [from.y + NODE_HEIGHT / 2, to.y + NODE_HEIGHT / 2];
  const bend = Math.max(Math.abs(x2 - x1) / 2, 30) * (isBackwards ? -1 : 1);
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function box(node, folded, { act, move }) {
  const cut = (text, most) => (text.length > most ? `…${text.slice(text.length - most + 1)}` : text);
  const said = `${node.role} ${node.name}, ${node.path}`;
  const group = svg("g", {
    class: `node ${node.role}`, transform: `translate(${node.x} ${node.y})`, tabindex: "0", role: "button", "aria-label": said, "data-id": node.id,
    "aria-expanded": node.role === "importers" ? String(!node.isFolded) : null,
    keydown: byKeys, pointerdown: drag, dblclick: () => act(node),
  },
  svg("rect", { width: NODE_WIDTH, height: NODE_HEIGHT, rx: 6 }),
  svg("text", { x: 10, y: 19 }, `${node.role === "importers" ? (node.isFolded ? "+ " : "− ") : ""}${cut(node.name, 27)}`),
  svg("text", { x: 10, y: 36, class: "small" }, cut(`${node.role === "importers" ? "" : `${node.role}: `}${node.path}`, 32)),
  svg("title", {}, said));

  function byKeys(event) {
    const steps = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    if (event.key === "Enter" || event.key === " ") act(node);
    else if (event.key in steps) move(node, node.x + steps[event.key][0], node.y + steps[event.key][1], true);
    else return;
    event.preventDefault();
  }
  function drag(event) {
    const start = { x: event.clientX - node.x, y: event.clientY - node.y };
    let isMoved = false;
    const moving = (next) => {
      const [x, y] = [next.clientX - start.x, next.clientY - start.y];
      if (!isMoved && Math.hypot(x - node.x, y - node.y) < 4) return;
      isMoved = true;
      group.setAttribute("transform", `translate(${Math.max(0, x)} ${Math.max(0, y)})`);
      node.next = { x, y };
    };
    const ended = () => {
      removeEventListener("pointermove", moving);
      removeEventListener("pointerup", ended);
      if (isMoved) move(node, node.next.x, node.next.y, false);
      else if (node.role === "importers") act(node);
    };
    addEventListener("pointermove", moving);
    addEventListener("pointerup", ended);
  }
  return group;
}

function listed(graph) {
  const groups = Object.entries(ROLES).map(([role, title]) => [title, graph.nodes.filter((node) => node.role === role)]);
  const sections = groups.filter(([, nodes]) => nodes.length).map(([title, nodes]) => el("div", {}, el("h3", {}, title), el("ul", {}, nodes.map(item))));
  return el("div", { class: "listed" }, sections, graph.left ? el("p", { class: "notice" }, `${counted(graph.left, "more place")} left out of the picture.`) : null);
}

function item(node) {
  const name = node.finding ? el("a", { href: hashOf({ finding: node.finding }) }, node.name) : el("code", {}, node.name);
  const importers = node.importers ? `; imported by ${counted(node.importers.count, "file")}: ${node.importers.paths.join(", ")}${node.importers.count > node.importers.paths.length ? ", ..." : ""}` : "";
  return el("li", {}, name, ` ${node.path}${importers}`);
}
