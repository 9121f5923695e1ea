// The schema browser: a list with search at the side, one table or choice in the middle. Only what is looked at is made.

const schema = data("schema");
/** Places in the lists of the data. */
const NAME = 0, TYPE = 1, ACCESS = 2, REQUIRED = 3, LABEL = 4, REST = 5;
const HITS = 300;
const LEVELS = ["", "recommended", "required by forms", "required by the service"];
const LANGUAGES = {
  0: "unknown language", 1025: "Arabic", 1026: "Bulgarian", 1028: "Chinese (Taiwan)", 1029: "Czech", 1030: "Danish", 1031: "German",
  1032: "Greek", 1033: "English", 1035: "Finnish", 1036: "French", 1037: "Hebrew", 1038: "Hungarian", 1040: "Italian", 1041: "Japanese",
  1042: "Korean", 1043: "Dutch", 1044: "Norwegian", 1045: "Polish", 1046: "Portuguese (Brazil)", 1048: "Romanian", 1049: "Russian",
  1050: "Croatian", 1051: "Slovak", 1053: "Swedish", 1054: "Thai", 1055: "Turkish", 1057: "Indonesian", 1058: "Ukrainian", 1060: "Slovenian",
  1061: "Estonian", 1062: "Latvian", 1063: "Lithuanian", 1066: "Vietnamese", 1069: "Basque", 1081: "Hindi", 1086: "Malay", 1087: "Kazakh",
  1110: "Galician", 2052: "Chinese (China)", 2070: "Portuguese", 2074: "Serbian (Latin)", 3076: "Chinese (Hong Kong)", 3082: "Spanish", 3098: "Serbian (Cyrillic)",
};
const languageName = (code) => LANGUAGES[code] ?? "language " + code;

const tables = new Map(schema.tables.map((table) => [table.name, table]));
const references = new Map(schema.references.map((reference) => [reference[0], reference]));
const choices = new Map(schema.choices.map((choice) => [choice[0], choice]));
let language = schema.language;

/** All texts of a label, by language. */
function texts(label) {
  if (label === null || label === undefined) return [];
  if (typeof label === "string") return [[schema.language, label]];
  return Object.entries(label).map(([code, text]) => [Number(code), text]);
}
/** The text to show: in the chosen language, else in English, else the first. */
function label(of) {
  if (typeof of === "string") return of;
  if (!of) return "";
  return of[language] ?? of[schema.language] ?? of[1033] ?? Object.values(of)[0] ?? "";
}
/** The texts in other languages than the one that is shown. */
function others(of) {
  const shownText = label(of);
  const rest = texts(of).filter(([, text]) => text !== shownText);
  return rest.length > 0 && el("ul", { class: "texts muted" }, rest.map(([code, text]) =>
    el("li", null, el("span", { class: "chip", title: languageName(code) }, String(code)), own(text))));
}

const tableHref = (name, column) => "#table/" + encodeURIComponent(name) + (column === undefined ? "" : "/" + encodeURIComponent(column));
const choiceHref = (name) => "#choice/" + encodeURIComponent(name);
const tableLabel = (name) => label((tables.get(name) ?? {}).label ?? references.get(name)?.[1]) || name;
/** A link to a table, if it is here. */
const tableLink = (name) => tables.has(name)
  ? el("a", { href: tableHref(name), title: shown(name) }, own(tableLabel(name)))
  : el("span", { title: shown(name) + ": not part of this schema" }, own(tableLabel(name)));
/** The label with the name below it, or the name alone. */
function named(of, name) {
  const text = label(of);
  return text && text !== name ? [own(text), mono(name)] : [mono(name)];
}

// ---- The list at the side, and search -------------------------------------------------------------------------

const search = el("input", { type: "search", placeholder: "Search ( / )", "aria-label": "Search tables, columns and labels" });
const list = el("ul", { class: "panel", "aria-label": "Tables" });
const found = el("p", { class: "small muted", role: "status" });
const main = el("main", { class: "main", id: "content", tabindex: "-1" });

let index;
/** Every name and label in small letters, made when it is first needed. */
function searchable() {
  if (index) return index;
  const line = (name, of) => name.toLowerCase() + "\n" + texts(of).map(([, text]) => text).join("\n").toLowerCase();
  index = { tables: [], columns: [], choices: [] };
  for (const table of schema.tables) {
    index.tables.push([line(table.name, table.label) + "\n" + (table.set ?? "").toLowerCase() + "\n" + texts(table.plural).map(([, text]) => text).join("\n").toLowerCase(), table]);
    for (const column of table.columns) index.columns.push([line(column[NAME], column[LABEL]), table, column]);
  }
  for (const choice of schema.choices) {
    index.choices.push([line(choice[0], choice[1]) + "\n" + choice[2].map(([value, of]) => value + " " + texts(of).map(([, text]) => text).join(" ")).join("\n").toLowerCase(), choice]);
  }
  return index;
}

/** Hits whose name begins with what is looked for come first. */
function hits(entries, words, first) {
  const fits = [];
  for (const entry of entries) if (words.every((word) => entry[0].includes(word))) fits.push(entry);
  return fits.sort((a, b) => Number(b[0].startsWith(first)) - Number(a[0].startsWith(first)));
}

const entry = (href, title, name) => el("li", null, el("a", { href, title: shown(name) }, title && title !== name ? own(title) : null, el("code", null, own(name))));
const heading = (text) => el("li", { class: "heading" }, text);
const tableEntry = (table) => entry(tableHref(table.name), label(table.label), table.name);
const choiceEntry = (choice) => entry(choiceHref(choice[0]), label(choice[1]), choice[0]);

function showList() {
  const query = search.value.trim().toLowerCase();
  if (!query) {
    found.textContent = "";
    list.replaceChildren(
      ...schema.tables.map(tableEntry),
      ...(schema.choices.length ? [heading("Global choices"), ...schema.choices.map(choiceEntry)] : []));
    return mark();
  }
  const words = query.split(/\s+/);
  const all = searchable();
  const groups = [
    ["Tables", hits(all.tables, words, words[0]), ([, table]) => tableEntry(table)],
    ["Columns", hits(all.columns, words, words[0]), ([, table, column]) =>
      entry(tableHref(table.name, column[NAME]), label(column[LABEL]), table.name + "." + column[NAME])],
    ["Global choices", hits(all.choices, words, words[0]), ([, choice]) => choiceEntry(choice)],
  ];
  const rows = groups.filter(([, of]) => of.length).flatMap(([name, of, show]) => [
    heading(`${name} (${of.length.toLocaleString("en")})`), ...of.slice(0, HITS).map(show),
    ...(of.length > HITS ? [heading(`and ${(of.length - HITS).toLocaleString("en")} more: type more to narrow down`)] : [])]);
  const count = groups.reduce((sum, [, of]) => sum + of.length, 0);
  found.textContent = count ? `${count.toLocaleString("en")} hits` : "Nothing fits.";
  list.replaceChildren(...rows);
  mark();
}

/** Marks the entry of what is looked at. */
function mark() {
  const [kind, name] = place();
  const whole = kind === "choice" ? choiceHref(name) : tableHref(name);
  for (const link of list.querySelectorAll("a[aria-current]")) link.removeAttribute("aria-current");
  const links = [...list.querySelectorAll("a")];
  const entryOf = (href) => links.find((link) => link.getAttribute("href") === href);
  const link = entryOf(location.hash) ?? entryOf(whole);
  if (!link) return;
  link.setAttribute("aria-current", "true");
  const { offsetTop, offsetHeight } = link.parentElement;
  if (offsetTop < list.scrollTop || offsetTop + offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = offsetTop - list.clientHeight / 3;
  }
}

// ---- A table --------------------------------------------------------------------------------------------------

function fact(name, value) {
  return value ? el("div", null, el("dt", null, name), el("dd", null, value)) : null;
}

function about(table) {
  return el("section", { class: "about panel" },
    el("div", null, el("h2", null, own(label(table.label) || table.name)), others(table.label)),
    label(table.description) && el("p", null, own(label(table.description))),
    el("dl", null,
      fact("Logical name", mono(table.name)),
      fact("Entity set", table.set ? mono(table.set) : el("span", { class: "muted" }, "none")),
      fact("Schema name", table.schema_name && mono(table.schema_name)),
      fact("Plural", label(table.plural) && own(label(table.plural))),
      fact("Primary id", mono(table.id)),
      fact("Primary name", table.names && mono(table.names)),
      fact("Solutions", table.solutions && own(table.solutions.join(", ")))),
    table.facts.length > 0 && el("div", { class: "facts" }, table.facts.map((of) => el("span", { class: "chip" }, own(of)))));
}

/** Something that is made when it is unfolded. */
function unfolded(summary, make) {
  const details = el("details", null, el("summary", null, summary));
  details.addEventListener("toggle", () => details.childElementCount === 1 && details.append(make()), { once: true });
  return details;
}

const optionList = (options) => el("ul", { class: "options" }, options.map(([value, of]) =>
  el("li", null, el("code", null, String(value)), el("div", null, own(label(of) || "(no label)"), others(of)))));

function rights(access) {
  if (access === null) return el("span", { class: "muted small", title: "The documents don't tell" }, "not known");
  const right = (bit, word) => access & bit ? el("span", null, word) : el("span", { class: "off" }, el("i", null, "not "), word);
  return el("span", { class: "rights" }, right(1, "read"), right(2, "create"), right(4, "update"));
}

function details(column) {
  const rest = column[REST] ?? {};
  const targets = rest.targets ?? [];
  const link = ([name, navigation, onDelete]) => el("span", {
    title: [navigation && "navigation property " + shown(navigation), onDelete && "on delete: " + shown(onDelete)].filter(Boolean).join("; ") || null,
  }, tableLink(name));
  return [
    targets.length > 6
      ? unfolded(`${targets.length} tables`, () => el("div", { class: "targets" }, targets.map(link)))
      : targets.length > 0 && el("div", { class: "targets" }, targets.map(link)),
    rest.options?.length > 0 && unfolded(rest.options.length === 1 ? "1 option" : `${rest.options.length} options`, () => optionList(rest.options)),
    rest.choice !== undefined && el("div", null, "choice ", el("a", { href: choiceHref(rest.choice) }, mono(rest.choice))),
    label(rest.description) && el("div", { class: "small muted" }, own(label(rest.description))),
    rest.notes && el("div", { class: "facts" }, rest.notes.map((note) => el("span", { class: "chip" }, own(note)))),
  ];
}

function columnRow(table, column) {
  const level = column[REQUIRED];
  return el("tr", { id: "column/" + column[NAME] },
    el("td", null, el("a", { class: "name", href: tableHref(table.name, column[NAME]), title: "Link to this column" }, named(column[LABEL], column[NAME])), others(column[LABEL])),
    el("td", null, own(column[TYPE])),
    el("td", null, level ? el("span", { class: "chip level" + level }, LEVELS[level]) : level === null ? el("span", { class: "muted small", title: "The documents don't tell" }, "not known") : null),
    el("td", null, rights(column[ACCESS])),
    el("td", null, details(column)));
}

function section(title, count, ...content) {
  return el("section", { class: "section panel" },
    el("header", null, el("h2", null, title, el("span", { class: "muted" }, count === undefined ? "" : ` ${count.toLocaleString("en")}`)), content.length > 1 && content[0]),
    content.at(-1));
}

function columns(table) {
  const rows = table.columns.map((column) => [columnRow(table, column),
    (column[NAME] + "\n" + column[TYPE] + "\n" + texts(column[LABEL]).map(([, text]) => text).join("\n")).toLowerCase()]);
  const filter = el("input", { type: "search", placeholder: "Filter columns", "aria-label": "Filter the columns of this table" });
  filter.addEventListener("input", settled(() => {
    const query = filter.value.trim().toLowerCase();
    for (const [row, text] of rows) row.hidden = !text.includes(query);
  }));
  const head = ["Column", "Type", "Required", "Access", "Details"].map((name) => el("th", { scope: "col" }, name));
  return section("Columns", table.columns.length, filter,
    el("table", { class: "grid columns" }, el("thead", null, el("tr", null, head)), el("tbody", null, rows.map(([row]) => row))));
}

function keys(table) {
  if (!table.keys.length) return null;
  return section("Alternate keys", table.keys.length, el("table", { class: "grid" }, el("tbody", null,
    table.keys.map(([name, of, text, state]) => el("tr", null,
      el("td", null, el("span", { class: "name" }, named(text, name))),
      el("td", null, of.flatMap((column, at) => [at ? ", " : "", el("a", { href: tableHref(table.name, column) }, mono(column))])),
      el("td", null, state && el("span", { class: "chip level2" }, "index " + shown(state))))))));
}

function collections(table) {
  if (!table.collections.length) return null;
  const row = ([name, other, many, by]) => el("tr", null,
    el("td", null, mono(name)),
    el("td", null, tableLink(other)),
    el("td", null, many ? "many to many" : "one to many", by ? [" by ", many || !tables.has(other) ? mono(by) : el("a", { href: tableHref(other, by) }, mono(by))] : null));
  const all = table.collections;
  const FIRST = 100;
  const body = el("tbody", null, all.slice(0, FIRST).map(row));
  const rest = all.length > FIRST && el("button", { class: "quiet", type: "button", onclick: (event) => {
    body.append(...all.slice(FIRST).map(row));
    event.currentTarget.remove();
  } }, `Show all ${all.length.toLocaleString("en")}`);
  return section("Collections", all.length, rest || "", el("table", { class: "grid" }, body));
}

function showTable(table) {
  document.title = shown(label(table.label) || table.name) + ": schema";
  main.replaceChildren(...[about(table), diagram(table), columns(table), keys(table), collections(table)].filter(Boolean));
}

function showChoice(choice) {
  document.title = shown(label(choice[1]) || choice[0]) + ": schema";
  const users = schema.tables.flatMap((table) => table.columns.filter((column) => column[REST]?.choice === choice[0]).map((column) => [table, column]));
  main.replaceChildren(
    el("section", { class: "about panel" }, el("div", null, el("h2", null, own(label(choice[1]) || choice[0])), others(choice[1])), el("dl", null, fact("Name", mono(choice[0])))),
    section("Options", choice[2].length, el("div", { class: "empty" }, optionList(choice[2]))),
    section("Used by", users.length, el("table", { class: "grid" }, el("tbody", null, users.map(([table, column]) =>
      el("tr", null, el("td", null, tableLink(table.name)), el("td", null, el("a", { href: tableHref(table.name, column[NAME]) }, mono(column[NAME])))))))));
}

function missing(name) {
  main.replaceChildren(el("section", { class: "panel empty" },
    el("h2", null, own(tableLabel(name) || "No tables")),
    el("p", { class: "muted" }, references.has(name) ? "This table is only referred to: its columns are not part of this schema." : "This schema has nothing of that name.")));
}

// ---- Addresses ------------------------------------------------------------------------------------------------

/** What the address names: kind, name, column. */
function place() {
  const parts = location.hash.slice(1).split("/").map((part) => {
    try { return decodeURIComponent(part); } catch { return part; }
  });
  return parts[0] === "table" || parts[0] === "choice" ? parts : ["table", schema.tables[0]?.name ?? ""];
}

let current;
/** Shows what the address names; `moved` where the reader went there from elsewhere on the page. */
function go(moved) {
  const [kind, name, column] = place();
  if (current !== kind + "/" + name) {
    current = kind + "/" + name;
    if (kind === "choice" && choices.has(name)) showChoice(choices.get(name));
    else if (kind === "table" && tables.has(name)) showTable(tables.get(name));
    else missing(name);
    if (column === undefined && moved) {
      scrollTo(0, matchMedia("(max-width: 56rem)").matches ? main.offsetTop : 0);
    }
  }
  for (const row of main.querySelectorAll(".here")) row.classList.remove("here");
  const row = column !== undefined && document.getElementById("column/" + column);
  if (row) {
    row.classList.add("here");
    row.scrollIntoView({ block: "center" });
  }
  mark();
}

function languages() {
  const codes = new Set([schema.language]);
  for (const table of schema.tables) {
    for (const of of [table.label, ...table.columns.map((column) => column[LABEL])]) {
      if (of && typeof of === "object") for (const code of Object.keys(of)) codes.add(Number(code));
    }
  }
  if (codes.size < 2) return null;
  const select = el("select", { "aria-label": "Language of labels" }, [...codes].sort((a, b) => a - b).map((code) =>
    el("option", { value: code, selected: code === language }, `${languageName(code)} (${code})`)));
  select.addEventListener("change", () => {
    language = Number(select.value);
    current = undefined;
    showList();
    go();
  });
  return select;
}

addEventListener("DOMContentLoaded", () => {
  const columnCount = schema.tables.reduce((sum, table) => sum + table.columns.length, 0);
  const counts = [[schema.tables.length, "table"], [columnCount, "column"], [schema.choices.length, "global choice"], [schema.operations, "operation"]]
    .map(([number, word]) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`).join(", ");
  document.getElementById("app").append(
    el("a", { class: "skip", href: "#content", onclick: (event) => { event.preventDefault(); main.focus(); } }, "To the content"),
    el("div", { class: "layout" },
      el("header", { class: "top" }, el("div", null, el("h1", null, own(schema.name)), el("p", { class: "small muted" }, counts)), languages()),
      el("nav", { class: "side", "aria-label": "Tables and choices" }, search, found, list),
      main));
  search.addEventListener("input", settled(showList));
  keyboard(search, () => list);
  addEventListener("hashchange", go);
  showList();
  go();
});
