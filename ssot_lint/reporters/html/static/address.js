/** The part of the address after #: which view, which finding, which filters. A link with it can be sent. */

const VIEWS = ["overview", "findings", "plan", "map"];

/** The parameters of the address, by name. */
export function currentAddress() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

/** Which view the address means: filters alone mean the findings. */
export function viewOf(address) {
  if (address.finding) return "finding";
  if (address.about) return "rule";
  if (VIEWS.includes(address.view)) return address.view;
  return Object.keys(address).length ? "findings" : "overview";
}

/** An address as #..., without what is empty. */
export function hashOf(address) {
  const given = Object.entries(address).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return `#${new URLSearchParams(given)}`;
}

/** Change the address without drawing the view anew. */
export function remember(address) {
  history.replaceState(null, "", hashOf(address));
}
