// Elements out of tags and text. No text of an assessment is ever markup: text is appended as text alone.

/**
 * @typedef {Node | string | null | undefined | false} Kid
 * @typedef {Record<string, any>} Props
 */

/** Where SVG elements live. */
const SVG = "http://www.w3.org/2000/svg";

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/**
 * An element. Of `props`, functions named `on…` listen, `vars` are custom properties of CSS, `value` and `checked` are set, all
 * else are attributes: none where false, null or undefined.
 * @param {string} tag
 * @param {Props} [props]
 * @param {...(Kid | Kid[])} kids
 * @returns {any}
 */
export function h(tag, props = {}, ...kids) {
  return filled(document.createElement(tag), props, kids);
}

/** The same of a drawing. @param {string} tag @param {Props} [props] @param {...(Kid | Kid[])} kids @returns {any} */
export function svg(tag, props = {}, ...kids) {
  return filled(document.createElementNS(SVG, tag), props, kids);
}

/** @param {any} element @param {Props} props @param {(Kid | Kid[])[]} kids */
function filled(element, props, kids) {
  for (const [name, value] of Object.entries(props)) give(element, name, value);
  for (const kid of kids.flat()) if (kid !== null && kid !== undefined && kid !== false) element.append(kid);
  if (element.tagName === "SELECT" && props.value !== undefined) element.value = props.value;
  return element;
}

/** @param {any} element @param {string} name @param {any} value */
function give(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "vars")
    Object.entries(value).forEach(([variable, text]) => element.style.setProperty(variable, text));
  else if (name === "value" && element.tagName !== "OPTION") element.value = value;
  else if (name === "checked") element.checked = value;
  else element.setAttribute(name, value === true ? "" : value);
}

let speaking = 0;

/** Says a sentence to who can't see what changed. @param {string} sentence */
export function say(sentence) {
  clearTimeout(speaking);
  byId("said").textContent = "";
  // Emptied first, so that the same sentence is said again.
  speaking = window.setTimeout(() => {
    byId("said").textContent = sentence;
  }, 60);
}

/** Gives a text to be kept as a file. @param {string} name @param {string} text @param {string} type */
export function keepFile(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A table that can be scrolled by keys. @param {string} name @param {...(Kid | Kid[])} kids */
export const scrolled = (name, ...kids) =>
  h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": name }, ...kids);

/** A field with its label above. @param {string} label @param {any} control @param {string} [hint] */
export const field = (label, control, hint) =>
  h(
    "p",
    { class: "field" },
    h("label", { for: control.id }, label),
    hint ? h("span", { class: "small" }, hint) : null,
    control,
  );
