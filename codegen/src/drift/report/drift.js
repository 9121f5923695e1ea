// The page of a drift report: counts that filter, tables at the side, changes with reasons.

const report = data("report");
const SEVERITIES = [
  ["breaks_both", "break readers and writers", "breaks readers and writers"],
  ["breaks_readers", "break readers", "breaks readers"],
  ["breaks_writers", "break writers", "breaks writers"],
  ["additive", "additive", "additive"],
  ["labels", "labels only", "labels only"],
];
const WORDS = Object.fromEntries(SEVERITIES.map(([id, , word]) => [id, word]));
/** Rows that are made at once; more follow when they come near the screen. */
const AT_ONCE = 400;

const ownerName = (owner) => owner.kind === "table" ? owner.name : owner.kind + " " + owner.name + (owner.bound ? " of " + owner.bound : "");
function placeName(change) {
  const { part, item } = change;
  const word = (of) => of.kind === "column" || of.kind === "member" ? of.name : [of.kind, of.name ?? of.value].filter((w) => w !== undefined).join(" ");
  return [part, item].filter(Boolean).map(word).join(" ");
}
function detail(change) {
  const language = change.language === undefined ? "" : change.language === 0 ? "language unknown" : "language " + change.language;
  return [change.fact, language].filter(Boolean).join(", ");
}
const slug = (...parts) => encodeURIComponent(parts.filter(Boolean).join("/").replaceAll(" ", "-"));

// Changes come by owner, the gravest first.
const groups = [];
for (const [at, change] of report.changes.entries()) {
  change.at = at;
  const name = ownerName(change.owner);
  if (groups.at(-1)?.name !== name) groups.push({ name, id: slug(name), changes: [] });
  change.id = slug(name, placeName(change), change.rule, detail(change));
  change.words = [name, placeName(change), detail(change), change.old, change.new, report.rules[change.rule].title].join("\n").toLowerCase();
  groups.at(-1).changes.push(change);
}

const hidden = new Set();
const search = el("input", { type: "search", placeholder: "Search changes ( / )", "aria-label": "Search the changes" });
const list = el("ul", { class: "panel", "aria-label": "Tables with changes" });
const main = el("main", { class: "main", id: "changes" });
const count = el("p", { class: "small muted", role: "status" });

function tiles() {
  const total = Math.max(1, report.changes.length);
  const tile = ([id, words]) => {
    const number = report.counts[id];
    return el("button", {
      class: "tile " + id, type: "button", "aria-pressed": "true",
      title: "Show or hide these changes",
      onclick: (event) => {
        hidden.has(id) ? hidden.delete(id) : hidden.add(id);
        event.currentTarget.setAttribute("aria-pressed", String(!hidden.has(id)));
        show();
      },
    }, el("strong", null, number.toLocaleString("en")), el("span", null, words));
  };
  return [
    el("div", { class: "tiles", role: "group", "aria-label": "Filter by severity" }, SEVERITIES.map(tile)),
    el("div", { class: "bar", "aria-hidden": "true" }, SEVERITIES.filter(([id]) => report.counts[id]).map(([id]) => {
      const part = el("i", { class: id });
      part.style.flexGrow = report.counts[id] / total;
      return part;
    })),
  ];
}

function values(change) {
  const text = (value) => value === "" ? "nothing" : value;
  // Of a value that changed, nothing is a value too.
  const none = report.rules[change.rule].title.endsWith(" changed") ? "" : undefined;
  const { old = none, new: now = none } = change;
  return el("span", { class: "values" },
    old !== undefined && el("del", null, mono(text(old))),
    old !== undefined && now !== undefined && " \u2192 ",
    now !== undefined && el("ins", null, mono(text(now))));
}

function row(change) {
  const rule = report.rules[change.rule];
  const more = detail(change);
  return el("div", { class: "change " + change.severity, id: change.id },
    el("div", null, el("span", { class: "chip severity" }, WORDS[change.severity]), " ", touch(change)),
    el("div", { class: "where" },
      el("a", { href: "#" + change.id, title: "Link to this change" }, mono(placeName(change) || change.owner.kind)),
      more && el("span", { class: "small muted" }, " " + more)),
    el("div", { class: "what" },
      el("div", null, rule.title, ": ", values(change)),
      change.looks_renamed && el("div", { class: "small" }, "Looks like a rename: ", own(change.looks_renamed), "."),
      el("div", { class: "why" }, rule.reason)));
}

function chips(changes) {
  return SEVERITIES.map(([id, , word]) => [id, word, changes.filter((change) => change.severity === id).length])
    .filter(([, , number]) => number)
    .map(([id, word, number]) => el("span", { class: "chip severity " + id, title: word }, number + " " + word));
}

function section({ group, changes }) {
  return el("section", { class: "group panel", id: group.id, tabindex: "-1" },
    el("header", null, el("h2", null, el("a", { href: "#" + group.id }, own(group.name))), chips(changes)),
    changes.map(row));
}

let pending = [];
const sentinel = el("div");
const observer = new IntersectionObserver((seen) => seen.some((of) => of.isIntersecting) && more(), { rootMargin: "1200px" });
function more(until) {
  let rows = 0;
  const made = [];
  while (pending.length && (rows < AT_ONCE || until)) {
    const next = pending.shift();
    rows += next.changes.length;
    made.push(section(next));
    if (until && (next.group.id === until || next.changes.some((change) => change.id === until))) break;
  }
  sentinel.before(...made);
  // The sentinel may still be near: then the observer has nothing new to tell.
  observer.unobserve(sentinel);
  if (pending.length) observer.observe(sentinel);
}

function show() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = (change) => !hidden.has(change.severity) && words.every((word) => change.words.includes(word));
  pending = groups.map((group) => ({ group, changes: group.changes.filter(wanted) })).filter(({ changes }) => changes.length);
  const shownChanges = pending.reduce((sum, of) => sum + of.changes.length, 0);
  count.textContent = shownChanges === report.changes.length ? "" : `${shownChanges} of ${report.changes.length} changes`;
  const ofProgram = impact && el("li", null, el("a", { href: "#program" },
    el("span", null, el("i", { class: "dot " + (impact.lines ? "breaks_both" : "additive") }), "The program"),
    el("span", { class: "small muted" }, String(impact.lines))));
  list.replaceChildren(...(ofProgram ? [ofProgram] : []), ...pending.map(({ group, changes }) => el("li", null,
    el("a", { href: "#" + group.id }, el("span", null, el("i", { class: "dot " + changes[0].severity, title: WORDS[changes[0].severity] }), own(group.name)),
      el("span", { class: "small muted" }, String(changes.length))))));
  const above = impact ? [program()] : [];
  main.replaceChildren(...above, sentinel);
  if (!report.changes.length) main.replaceChildren(...above, el("div", { class: "panel empty" }, el("h2", null, "No changes"), el("p", { class: "muted" }, "Both schemas mean the same, as far as both know it.")));
  else if (!pending.length) main.replaceChildren(...above, el("div", { class: "panel empty" }, el("h2", null, "Nothing fits"), el("p", { class: "muted" }, "No change fits the search and the severities that are switched on.")));
  else more();
  if (notes.length) main.append(el("div", { class: "panel notes" }, notes.map((note) => el("p", null, note))));
}

/** Goes to what the address names, also where it isn't made yet. */
function go() {
  const id = location.hash.slice(1);
  document.querySelectorAll(".here").forEach((of) => of.classList.remove("here"));
  list.querySelectorAll("a").forEach((a) => a.setAttribute("aria-current", String(a.getAttribute("href") === "#" + id)));
  if (!id) return;
  // Browsers may hand the address back decoded.
  const find = () => document.getElementById(id) ?? document.getElementById(encodeURIComponent(id));
  if (!find()) more(id);
  const found = find();
  if (!found) return;
  found.scrollIntoView();
  if (found.classList.contains("change")) found.classList.add("here");
}

const notes = data("notes");
document.getElementById("app").append(
  el("a", { class: "skip", href: "#changes" }, "To the changes"),
  el("div", { class: "layout" },
    el("header", { class: "head" },
      el("div", null, el("h1", null, "Schema drift"), el("p", { class: "sides" }, mono(report.old), " \u2192 ", mono(report.new))),
      tiles()),
    el("nav", { class: "side", "aria-label": "Tables" }, search, count, list),
    main));
document.title = `Schema drift: ${shown(report.old)} \u2192 ${shown(report.new)}`;
search.addEventListener("input", settled(show));
keyboard(search, () => list);
show();
go();
addEventListener("hashchange", go);
