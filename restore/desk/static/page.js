/**
 * What the server told this page about itself, and the words that people read.
 */

const given = document.body.dataset;

/** @type {Readonly<{root: string, lang: string, name: string, labels: Record<string, string>}>} */
export const page = Object.freeze({
  root: given.root ?? "",
  lang: document.documentElement.lang || "en",
  name: given.name ?? "",
  labels: JSON.parse(given.labels ?? "{}"),
});

/**
 * The words for a key with their values filled in. A key without words stands for itself.
 *
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function t(key, values = {}) {
  const words = page.labels[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * The words for a number of things: English has a form of its own for one.
 *
 * @param {string} key
 * @param {number} count
 * @param {Record<string, unknown>} [values]
 */
export function tn(key, count, values = {}) {
  const one = `${key}-one`;
  return t(count === 1 && one in page.labels ? one : key, { count: number(count), ...values });
}

/** @param {number} value */
export function number(value) {
  return new Intl.NumberFormat(page.lang).format(value);
}

/** @param {number} value 0 to 1 */
export function percent(value) {
  // Rounded down: 99.6 % is not certain and must not read as 100 %.
  return `${Math.floor(value * 100)}\u00a0%`;
}

/**
 * The address of a document's page.
 *
 * @param {string} name
 * @param {number | null} [place] offset in original.txt
 */
export function documentAddress(name, place = null) {
  return `${page.root}/document/${pathOf(name)}?lang=${page.lang}${place === null ? "" : `&place=${place}`}`;
}

/** Names may hold folders: their slashes stay. @param {string} name */
export function pathOf(name) {
  return name.split("/").map(encodeURIComponent).join("/");
}
