// What the changes do to a program, where that was asked for.

const impact = data("impact");
const counted = (count, what) => `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
const extent = () => impact.lines ? `${counted(impact.lines, "line")} in ${counted(impact.files, "file")} break` : "compiles";

/** What becomes of the program by each change, by the change's place in the report. */
const touched = new Map();
if (impact) {
  for (const { changes } of impact.breaks) for (const at of changes) touched.set(at, (touched.get(at) ?? 0) + 1);
  for (const { change } of impact.unchecked) touched.set(change, "not checked by the compiler");
  for (const at of impact.untouched) touched.set(at, "not used");
}

/** What a change does to the program. */
function touch(change) {
  const what = touched.get(change.at);
  if (what === undefined) return undefined;
  if (typeof what === "string") return el("span", { class: "chip" }, what);
  return el("a", { class: "chip severity breaks_both", href: "#program" }, `breaks the program (${what})`);
}

function linkTo(at) {
  const change = report.changes[at];
  return el("a", { href: "#" + change.id, title: report.rules[change.rule].reason },
    mono([ownerName(change.owner), placeName(change)].filter(Boolean).join(".")), ": ", report.rules[change.rule].title);
}

function brokenLine(of) {
  const causes = (of.changes ?? []).flatMap((at, nth) => [nth ? el("span", { class: "muted" }, " or ") : undefined, linkTo(at)]);
  return el("div", { class: "broken" },
    el("div", { class: "number muted" }, of.line ? String(of.line) : ""),
    el("div", null,
      el("pre", null, el("code", null, own(of.source))),
      el("div", { class: "why" }, own(of.message))),
    el("div", null, of.changes && (causes.length ? causes : el("span", { class: "muted" }, "no change explains it"))));
}

/** Lines under the names of their files. */
function byFile(lines) {
  const files = new Map();
  for (const of of lines) {
    if (!files.has(of.file)) files.set(of.file, []);
    files.get(of.file).push(of);
  }
  return [...files].flatMap(([file, of]) => [el("h3", null, mono(file)), ...of.map(brokenLine)]);
}

/** The section on the program. */
function program() {
  if (!impact) return undefined;
  const named = ({ change, files }) => el("div", { class: "named" },
    linkTo(change), el("span", { class: "muted" }, " in "), files.flatMap((file, nth) => [nth ? ", " : "", mono(file)]));
  return el("section", { class: "panel program", id: "program", tabindex: "-1" },
    el("header", null, el("h2", null, "The program"),
      el("span", { class: "chip severity " + (impact.lines ? "breaks_both" : "additive") }, extent()),
      el("span", { class: "small muted" }, counted(impact.untouched.length, "change"), " of what it doesn't use")),
    byFile(impact.breaks),
    impact.unchecked.length > 0 && [el("h3", { class: "plain" }, "Not checked by the compiler: look at what the program does with it"), ...impact.unchecked.map(named)],
    impact.before.length > 0 && [el("h3", { class: "plain" }, "Doesn't compile as it is"), ...byFile(impact.before)],
    impact.note && el("p", { class: "named muted" }, impact.note, "."));
}
