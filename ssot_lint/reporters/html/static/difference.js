/** How two pieces of code differ: line by line, and by the functions that they define. */

/** The lines without the indent that all of them have. */
export function dedented(text) {
  const lines = text.split("\n");
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const common = indents.length ? Math.min(...indents) : 0;
  return lines.map((line) => line.slice(common));
}

/**
 * Rows of the two pieces beside each other: { left, right } with the indices of the lines, null where one has none.
 * `same` says that the lines are equal.
 */
export function aligned(left, right) {
  const rows = [];
  const pairs = [...commonLines(left, right), [left.length, right.length]];
  let [at, other] = [0, 0];
  for (const [nextLeft, nextRight] of pairs) {
    while (at < nextLeft || other < nextRight) {
      rows.push({ left: at < nextLeft ? at++ : null, right: other < nextRight ? other++ : null, same: false });
    }
    if (nextLeft < left.length) rows.push({ left: at++, right: other++, same: true });
  }
  return rows;
}

/** The indices of a longest common subsequence of lines. */
function commonLines(left, right) {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let at = left.length - 1; at >= 0; at--) {
    for (let other = right.length - 1; other >= 0; other--) {
      lengths[at * width + other] = left[at] === right[other]
        ? lengths[(at + 1) * width + other + 1] + 1
        : Math.max(lengths[(at + 1) * width + other], lengths[at * width + other + 1]);
    }
  }
  const pairs = [];
  let [at, other] = [0, 0];
  while (at < left.length && other < right.length) {
    if (left[at] === right[other]) pairs.push([at++, other++]);
    else if (lengths[(at + 1) * width + other] >= lengths[at * width + other + 1]) at++;
    else other++;
  }
  return pairs;
}

/** A line in three parts, of which the middle one is what the other line has otherwise. */
export function changedPart(line, other) {
  let front = 0;
  while (front < Math.min(line.length, other.length) && line[front] === other[front]) front++;
  let back = 0;
  while (back < Math.min(line.length, other.length) - front && line.at(-1 - back) === other.at(-1 - back)) back++;
  return [line.slice(0, front), line.slice(front, line.length - back), line.slice(line.length - back)];
}

/** The signatures of the functions that lines define at the outermost level where there are any, by name. */
export function signatures(lines) {
  const found = new Map();
  let level = Infinity;
  lines.forEach((line, at) => {
    const start = /^(\s*)(?:async\s+)?def\s+(\w+)/.exec(line);
    if (!start || start[1].length > level) return;
    level = start[1].length;
    found.set(start[2], signatureAt(lines, at));
  });
  return found;
}

function signatureAt(lines, at) {
  const text = lines.slice(at, at + 30).join(" ");
  let depth = 0;
  for (let end = 0; end < text.length; end++) {
    if ("([{".includes(text[end])) depth++;
    if (")]}".includes(text[end])) depth--;
    if (text[end] === ":" && depth === 0) return tidy(text.slice(0, end));
  }
  return tidy(lines[at]);
}

function tidy(text) {
  return text.trim().replace(/\s+/g, " ").replace(/([([{]) /g, "$1").replace(/,? ([)\]}])/g, "$1");
}
