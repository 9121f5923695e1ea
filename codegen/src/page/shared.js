// What both pages use. Texts of the environment become text nodes only, never markup.

/** The JSON of a block of this page. */
const data = (id) => JSON.parse(document.getElementById(id).textContent);

/** Marks that turn the direction of what follows, and control characters, are shown by their codes. */
const shown = (text) => String(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
  (c) => "\u27e8U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "\u27e9");

/** Makes an element. A text among the children becomes a text node. */
function el(tag, properties, ...children) {
  const node = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

/** A text of the environment, whose direction is its own affair. */
const own = (text) => el("bdi", null, shown(text));
/** A name in code, which may break after its underscores. */
const mono = (text) => el("code", null, el("bdi", null, shown(text).split(/(?<=[_.])/).flatMap((part, at) => at ? [el("wbr"), part] : [part])));

/** Calls back when nothing was typed for a moment. */
function settled(callback, wait = 120) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(callback, wait); };
}

/** Slash goes to the search field, arrows go through a list of links. */
function keyboard(search, list) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const links = [...list().querySelectorAll("a")];
      const at = links.indexOf(document.activeElement);
      if (at < 0 && event.target !== search) return;
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      if (next < 0) search.focus();
      else links[next]?.focus();
    } else if (event.key === "Escape" && event.target === search && search.value) {
      search.value = "";
      search.dispatchEvent(new Event("input"));
    }
  });
}
