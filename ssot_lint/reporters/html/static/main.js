/** Shows the view that the address names. */

import { currentAddress, viewOf } from "./address.js";
import { el, heading } from "./dom.js";
import { findingView } from "./finding.js";
import { findingsView } from "./findings.js";
import { graphPart } from "./graph.js";
import { completeOverview } from "./overview.js";
import { planView } from "./plan.js";
import { ruleView } from "./rule.js";
import { treemapPart } from "./treemap.js";

const THEMES = [["", "as the system"], ["light", "light"], ["dark", "dark"]];
const VIEWS = { findings: findingsView, finding: findingView, plan: planView, map: mapView, rule: ruleView };
const title = document.title;

function mapView(address) {
  return el("section", { "aria-label": "Map" }, heading("Map"), treemapPart(address), graphPart(address));
}

function show(isFirst) {
  const address = currentAddress();
  const name = viewOf(address);
  const overview = document.getElementById("overview");
  const place = document.getElementById("view");
  overview.hidden = name !== "overview";
  place.replaceChildren(...(name === "overview" ? [] : [VIEWS[name](address)]));
  for (const link of document.querySelectorAll("[data-view]")) {
    const isCurrent = link.dataset.view === name || (link.dataset.view === "findings" && name === "finding");
    if (isCurrent) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const head = (name === "overview" ? overview : place).querySelector("h1");
  document.title = name === "overview" ? title : `${head.textContent}: ${title}`;
  const target = address.graph && name === "map" ? document.getElementById("graph-part") : null;
  if (target) target.scrollIntoView();
  else if (!isFirst) {
    scrollTo(0, 0);
    head.setAttribute("tabindex", "-1");
    head.focus({ preventScroll: true });
  }
}

function themeButton() {
  const button = document.getElementById("theme");
  let at = 0;
  button.addEventListener("click", () => {
    at = (at + 1) % THEMES.length;
    const [name, label] = THEMES[at];
    if (name) document.documentElement.dataset.theme = name;
    else delete document.documentElement.dataset.theme;
    button.textContent = `Theme: ${label}`;
  });
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("main").focus();
});
themeButton();
completeOverview();
addEventListener("hashchange", () => show(false));
show(true);
