/** What is drawn of a component or a subject: nodes with their roles, and edges. */

import { data, findingWith, isViolation, pathOf } from "./data.js";

const MOST_SUBJECTS = 40;
const MOST_NODES = 60;

/** What can be drawn: declared components, then the subjects that cost most. The key is what the address has. */
export function graphChoices() {
  const components = data.components.filter(isThere).map((component) => ({ key: `component ${component.name}`, label: `component ${component.name}` }));
  const subjects = data.findings.filter((finding) => finding.home && isViolation(finding)).slice(0, MOST_SUBJECTS);
  return [...components, ...subjects.map((finding) => ({ key: `finding ${finding.id}`, label: `${finding.subject} (${finding.rule})` }))];
}

function isThere({ name, factories, classes }) {
  return factories.length || classes.length || data.findings.some((finding) => (finding.components ?? []).includes(name));
}

/** Nodes { id, role, name, path, finding, group } and edges { from, to }; `left` counts the nodes that are left out. */
export function graphOf(key) {
  const [kind, name] = [key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1)];
  const findings = kind === "component" ? data.findings.filter((each) => (each.components ?? []).includes(name)) : [findingWith(name)].filter(Boolean);
  const graph = { nodes: new Map(), edges: new Map(), left: 0 };
  for (const finding of findings) addFinding(graph, finding);
  if (kind === "component") addFactories(graph, data.components.find((each) => each.name === name));
  return { nodes: [...graph.nodes.values()], edges: [...graph.edges.values()], left: graph.left };
}

function addFinding(graph, finding) {
  const home = finding.home ? addPlace(graph, finding.home, "home", finding) : null;
  for (const site of finding.sites) {
    const node = addPlace(graph, site, "site", finding);
    if (home && node) addEdge(graph, node, home);
  }
}

function addPlace(graph, place, role, finding) {
  const [, symbol] = place.symbol.split(":");
  const node = addNode(graph, { id: symbol ? place.symbol : pathOf(place), role, name: symbol || pathOf(place).split("/").at(-1), path: `${pathOf(place)}:${place.line}`, finding: role === "site" ? place.id : finding.id });
  if (node && (place.importers ?? -1) >= 0) addImporters(graph, node, data.importers[place.importers]);
  return node;
}

function addImporters(graph, node, { files, first }) {
  const paths = [...new Set(first.map(([, file]) => data.files[file].path))];
  node.importers = { count: files, paths };
}

function addFactories(graph, component) {
  const home = [...graph.nodes.values()].find((node) => node.role === "home") ?? null;
  for (const part of component?.factories ?? []) {
    const [module, symbol] = part.symbol.split(":");
    const known = graph.nodes.get(part.symbol);
    if (known) known.path = `${known.path}, factory: ${part.does}`;
    const node = known ?? addNode(graph, { id: part.symbol, role: "factory", name: symbol ?? module, path: `${module}: ${part.does}`, finding: null });
    if (home && node && !known) addEdge(graph, node, home);
  }
}

function addNode(graph, node) {
  const known = graph.nodes.get(node.id);
  if (known) {
    if (node.role === "home") known.role = "home";
    return known;
  }
  if (graph.nodes.size >= MOST_NODES) {
    graph.left++;
    return null;
  }
  graph.nodes.set(node.id, { importers: null, ...node });
  return graph.nodes.get(node.id);
}

function addEdge(graph, from, to) {
  if (from !== to) graph.edges.set(`${from.id} ${to.id}`, { from: from.id, to: to.id });
}
