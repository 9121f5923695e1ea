
// ---- The diagram of a table: what it points at to the left, what points at it to the right -----------------------

const NODE = { width: 216, height: 42, gap: 11 };
/** Neighbours of a side before the rest is folded away. */
const NEIGHBOURS = 9;
const narrow = matchMedia("(max-width: 46rem)");

let popularity;
/** How many tables point at each table. Those that everything points at say little, and come last. */
function popular(name) {
  if (!popularity) {
    popularity = new Map();
    for (const table of schema.tables) {
      const targets = new Set(table.columns.flatMap((column) => (column[REST]?.targets ?? []).map(([target]) => target)));
      for (const target of targets) popularity.set(target, (popularity.get(target) ?? 0) + 1);
    }
  }
  return (popularity.get(name) ?? 0) > Math.max(6, schema.tables.length / 4);
}

/** The neighbours of a table: by what, which way, and how many. */
function neighbours(table) {
  const gather = (pairs) => {
    const found = new Map();
    for (const [name, via] of pairs) found.set(name, [...(found.get(name) ?? []), via].filter(Boolean));
    return [...found].map(([name, via]) => ({ name, via }))
      .sort((a, b) => popular(a.name) - popular(b.name) || b.via.length - a.via.length || (a.name < b.name ? -1 : 1));
  };
  const targets = table.columns.flatMap((column) => (column[REST]?.targets ?? []).map(([name]) => [name, column[NAME]]));
  const of = (many) => table.collections.filter((collection) => collection[2] === many).map(([, name, , by]) => [name, by]);
  return { out: gather(targets), into: gather(of(false)), many: gather(of(true)) };
}

const cut = (text, longest) => [...text].length > longest ? [...text].slice(0, longest - 1).join("") + "\u2026" : text;

function node({ name, via }, x, y, kind) {
  const known = tables.has(name);
  const ties = via.length > 1 ? `${via.length} lookups` : via[0] ?? (kind === "many" ? "many to many" : "");
  const title = `${tableLabel(name)} (${name})` + (via.length ? ": " + via.join(", ") : "") + (known ? "" : ", not part of this schema");
  const inside = [
    el("svg:title", null, shown(title)),
    el("svg:rect", { x, y, width: NODE.width, height: NODE.height, rx: 8 }),
    el("svg:text", { x: x + 12, y: y + (ties ? 18 : 26) }, cut(shown(tableLabel(name)), 27)),
    ties && el("svg:text", { x: x + 12, y: y + 33, class: "via" }, cut(shown(ties), 29)),
  ];
  return known
    ? el("svg:a", { href: tableHref(name) }, inside)
    : el("svg:g", { class: "gone" }, inside);
}

const arrow = () => el("svg:defs", null, el("svg:marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" },
  el("svg:path", { d: "M0 0.5 8 4 0 7.5z" })));
const edge = (d, kind) => el("svg:path", {
  class: kind === "many" ? "edge many" : "edge", d,
  "marker-end": kind === "in" ? null : "url(#arrow)",
  "marker-start": kind === "out" ? null : "url(#arrow)",
});
const caption = (text, x, y) => el("svg:text", { class: "caption", x, y }, text);

function centre(table, x, y) {
  return el("svg:g", { class: "centre" },
    el("svg:rect", { x, y, width: NODE.width, height: NODE.height, rx: 8 }),
    el("svg:text", { x: x + 12, y: y + 18 }, cut(shown(label(table.label) || table.name), 27)),
    el("svg:text", { x: x + 12, y: y + 33, class: "via" }, cut(shown(table.name), 29)));
}

/** Side by side: left what it points at, right what points at it, edges between. */
function wide(table, left, right) {
  const step = NODE.height + NODE.gap;
  const top = 26;
  const height = top + Math.max(left.length, right.length, 1) * step;
  const middle = 318;
  const last = 636;
  const y = (count, at) => top + (height - top - count * step) / 2 + at * step;
  const centreY = y(1, 0);
  const line = centreY + NODE.height / 2;
  const parts = [arrow()];
  if (left.length) parts.push(caption("POINTS AT", 0, 12));
  if (right.length) parts.push(caption("POINTED AT BY", last, 12));
  left.forEach((of, at) => {
    const [from, to] = [NODE.width, middle];
    const ends = y(left.length, at) + NODE.height / 2;
    parts.push(edge(`M${to} ${line}C${to - 50} ${line} ${from + 54} ${ends} ${from + 2} ${ends}`, "out"));
  });
  right.forEach((of, at) => {
    const from = middle + NODE.width;
    const ends = y(right.length, at) + NODE.height / 2;
    parts.push(edge(`M${from + 2} ${line}C${from + 54} ${line} ${last - 50} ${ends} ${last} ${ends}`, of.many ? "many" : "in"));
  });
  parts.push(centre(table, middle, centreY));
  left.forEach((of, at) => parts.push(node(of, 0, y(left.length, at), "out")));
  right.forEach((of, at) => parts.push(node(of, last, y(right.length, at), of.many ? "many" : "in")));
  return { parts, width: last + NODE.width, height };
}

/** One below the other, for narrow screens: a trunk with branches. */
function tall(table, left, right) {
  const step = NODE.height + NODE.gap;
  const parts = [arrow()];
  let y = 1;
  const trunk = 16;
  const branch = 56;
  parts.push(centre(table, 1, y));
  const bottom = y + NODE.height;
  y += step + 4;
  const group = (title, nodes, kind) => {
    if (!nodes.length) return;
    parts.push(caption(title, branch, y + 9));
    y += 16;
    for (const of of nodes) {
      const middle = y + NODE.height / 2;
      const own = of.many ? "many" : kind;
      parts.push(edge(`M${trunk} ${bottom + (own === "out" ? 0 : 2)}V${middle - 8}q0 8 8 8H${branch - (own === "in" ? 0 : 2)}`, own));
      parts.push(node(of, branch, y, own));
      y += step;
    }
  };
  group("POINTS AT", left, "out");
  group("POINTED AT BY", right, "in");
  return { parts, width: branch + NODE.width + 2, height: y };
}

function diagram(table) {
  const { out, into, many } = neighbours(table);
  if (!out.length && !into.length && !many.length) return null;
  const right = [...many.map((of) => ({ ...of, many: true })), ...into];
  const hidden = Math.max(0, out.length - NEIGHBOURS) + Math.max(0, right.length - NEIGHBOURS);
  const canvas = el("div", { class: "diagram" });
  let all = false;
  const draw = () => {
    const first = (of) => all ? of : of.slice(0, NEIGHBOURS);
    const { parts, width, height } = (narrow.matches ? tall : wide)(table, first(out), first(right));
    canvas.replaceChildren(el("svg:svg", { viewBox: `-1 0 ${width + 2} ${height}`, width: width + 2, height, role: "group", "aria-label": "Tables related to " + shown(table.name) }, parts));
  };
  const button = hidden > 0 && el("button", { class: "quiet", type: "button", onclick: () => {
    all = !all;
    button.textContent = all ? "Show fewer" : `Show ${hidden.toLocaleString("en")} more`;
    draw();
  } }, `Show ${hidden.toLocaleString("en")} more`);
  narrow.onchange = draw;
  draw();
  return section("Relationships", out.length + right.length, button || "", canvas);
}
