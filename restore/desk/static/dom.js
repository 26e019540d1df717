/**
 * Small helpers to make elements. Text only ever goes in as text nodes: a document that contains markup shows it.
 */

/**
 * Make an element.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [props] `class`, `data` (an object), `on` (an object of handlers); everything else is an attribute.
 *   An attribute that is null or false is left out.
 * @param {...(Node | string | null)} children strings become text nodes; null is left out
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = String(value);
    else if (name === "data") Object.assign(made.dataset, value);
    else if (name === "on") for (const [event, handler] of Object.entries(value)) made.addEventListener(event, handler);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/**
 * The element with this id; a page without it is a defect that should be seen at once.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element #${id}`);
  return found;
}

/**
 * A button that shows its key.
 *
 * @param {string | null} key as printed on the button, null for none
 * @param {string | Node} text
 * @param {() => void} act
 * @param {Record<string, unknown>} [props]
 */
export function keyButton(key, text, act, props = {}) {
  const cap = key ? el("kbd", { "aria-hidden": "true" }, key) : null;
  const shortcut = key && /^[\w?]$/.test(key) ? { "aria-keyshortcuts": key } : {};
  return el("button", { type: "button", ...shortcut, ...props, on: { click: act } }, cap, text);
}
