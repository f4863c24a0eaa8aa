/** Elements. Text is set as text, never as HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** An element; attributes that are functions are listeners, those that are false or null are left out. */
export function el(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A sentence of a rule: what stands in backticks is code. */
export function prose(text) {
  return text.split(/`([^`]+)`/).map((part, at) => (at % 2 ? el("code", {}, part) : part));
}

/** The heading of a view, which takes the focus when the view is shown. */
export function heading(...children) {
  return el("h1", { tabindex: "-1" }, ...children);
}

export function badge(severity) {
  return el("span", { class: `badge ${severity}` }, severity);
}

/** A table that can be scrolled sideways where there is no room. */
export function scrollable(label, table) {
  return el("div", { class: "scroll", role: "region", "aria-label": label, tabindex: "0" }, table);
}

/** A button that copies a text. */
export function copyButton(text) {
  const button = el("button", { type: "button", class: "quiet copy", click: copy }, "Copy");
  button.setAttribute("aria-label", `Copy ${text}`);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select it by hand";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }
  return button;
}
