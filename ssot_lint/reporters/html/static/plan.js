/** The plan, and what the first N steps of it bring. */

import { hashOf, remember } from "./address.js";
import { counted, data, findingWith, grouped, shownPoints, shownScore } from "./data.js";
import { el, heading, prose, svg } from "./dom.js";

const PAGE = 100;
/** Of a step's points, that they may be off: they come with five decimals. */
const PRECISION = 1e-5;

export function planView(address) {
  const plan = data.plan;
  if (!plan?.steps.length) return el("section", {}, heading("Plan"), el("p", {}, data.findings.length ? "There is nothing to do: nothing is scored." : "There is nothing to do."));
  const sums = sumsOf(plan);
  const chosen = clamped(Number.parseInt(address.first ?? "0", 10) || 0, plan.steps.length);
  const list = el("ol", { class: "steps" });
  const more = el("button", { type: "button", class: "more", click: () => extend(list.children.length + PAGE) }, "Show more steps");
  const curve = scoreCurve(sums);
  const said = { steps: el("output", { for: "first" }), score: el("output", { for: "first" }), left: el("output", { for: "first" }), files: el("output", { for: "first" }) };
  const slider = el("input", { id: "first", type: "range", min: 0, max: plan.steps.length, step: 1, value: chosen, input: () => show(Number(slider.value)) });

  function extend(count) {
    const next = plan.steps.slice(list.children.length, count);
    list.append(...next.map((step, at) => stepItem(step, list.children.length + at + 1)));
    more.hidden = list.children.length >= plan.steps.length;
  }
  function show(first) {
    const sum = sums[first];
    said.steps.textContent = first ? `the first ${grouped(first)} of ${counted(plan.steps.length, "step")}` : `none of ${counted(plan.steps.length, "step")}`;
    said.score.textContent = shownScore(sum.score);
    said.left.textContent = grouped(data.total - sum.violations);
    said.files.textContent = grouped(sum.files);
    slider.setAttribute("aria-valuetext", `${said.steps.textContent}, score ${said.score.textContent}, ${counted(data.total - sum.violations, "violation")} left`);
    curve.move(first);
    extend(Math.max(first, list.children.length));
    [...list.children].forEach((item, at) => item.classList.toggle("done", at < first));
    remember({ view: "plan", first: first || "" });
  }

  extend(Math.max(PAGE, chosen));
  const view = el(
    "section", { "aria-label": "Plan" }, heading("Plan"),
    el("p", {}, `${counted(plan.steps.length + (plan.more ?? 0), "step")} ${plan.steps.length + (plan.more ?? 0) === 1 ? "takes" : "take"} the score from ${shownScore(plan.before)} to ${shownScore(plan.after)}. The worst come first, tests last; then most points for each file touched. The points of a step are what it adds once those above it are done, so they may be others than what its findings cost today.`),
    plan.more ? el("p", { class: "notice" }, `The last ${counted(plan.more, "step")} are left out to keep this file small; `, el("code", {}, "ssot-lint scan --plan -f json"), " has all.") : null,
    el("div", { class: "slider" },
      el("label", { for: "first" }, "Do the first steps"), slider,
      el("dl", { class: "change" },
        figure("do", said.steps), figure("score", said.score), figure("violations left", said.left), figure("files to change", said.files)),
      curve.element),
    el("h2", {}, "Steps"), list, more,
  );
  show(chosen);
  return view;
}

function clamped(value, most) {
  return Math.max(0, Math.min(value, most));
}

/** For each number of steps done: score, violations resolved, files touched. */
function sumsOf(plan) {
  const sums = [{ score: plan.before, violations: 0, files: 0 }];
  for (const step of plan.steps) {
    const last = sums.at(-1);
    const score = last.score + step.points;
    const isEnd = Math.abs(score - plan.after) <= PRECISION * plan.steps.length;
    sums.push({ score: isEnd ? plan.after : score, violations: last.violations + step.violations, files: last.files + step.files });
  }
  return sums;
}

function figure(label, output) {
  return el("div", {}, el("dt", {}, label), el("dd", {}, output));
}

function stepItem(step, number) {
  const finding = findingWith(step.finding);
  const parts = [
    `priority ${step.priority}`, step.action, counted(step.violations, "violation"), counted(step.files, "file"), `${shownPoints(step.points)} points`,
    step.after?.length ? `after ${step.after.length === 1 ? "step" : "steps"} ${step.after.join(", ")}` : "",
  ].filter(Boolean);
  return el("li", { value: number, id: `step-${number}` },
    el("p", { class: "title" }, prose(step.title)),
    el("p", { class: "facts" }, parts.map((part) => el("span", {}, part)), finding ? el("a", { href: hashOf({ finding: step.finding }) }, step.finding) : el("code", {}, step.finding)),
    el("p", { class: "facts" }, el("span", {}, prose(step.fix))),
    step.importers?.length ? importers(step) : null);
}

function importers(step) {
  const count = step.importers.length + (step.more ?? 0);
  return el("details", {}, el("summary", {}, `imports move in ${counted(count, "file")}`),
    el("ul", {}, step.importers.map((file) => el("li", {}, el("code", {}, data.files[file].path))), step.more ? el("li", {}, `and ${grouped(step.more)} more`) : null));
}

/** The score over the steps. */
function scoreCurve(sums) {
  const [width, height] = [600, 120];
  const [low, high] = [sums[0].score, sums.at(-1).score];
  const x = (at) => (at / Math.max(sums.length - 1, 1)) * width;
  const y = (score) => height - 4 - ((score - low) / Math.max(high - low, 1e-9)) * (height - 8);
  const points = sums.map((sum, at) => `${x(at).toFixed(1)},${y(sum.score).toFixed(1)}`);
  const line = svg("line", { y1: 0, y2: height, class: "cursor" });
  const picture = svg("svg", { class: "curve", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": `The score rises from ${shownScore(low)} to ${shownScore(high)}` },
    svg("polyline", { points: points.join(" "), class: "path" }), line);
  const ends = el("p", { class: "ends" }, el("span", {}, `score ${shownScore(low)} today`), el("span", {}, `${shownScore(high)} at the end`));
  function move(at) {
    line.setAttribute("x1", x(at));
    line.setAttribute("x2", x(at));
  }
  return { element: el("div", {}, picture, ends), move };
}
