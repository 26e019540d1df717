/**
 * Search over the batch: each hit leads to its place in the review page.
 */

import { api } from "./api.js";
import { byId, el } from "./dom.js";
import { isField } from "./keys.js";
import { documentAddress, t, tn } from "./page.js";
import { say } from "./toast.js";
import { prepareTop } from "./top.js";

/** @param {{document: string, title: string, parts: Array<[string, boolean]>, at: number | null}} hit */
function hitRow(hit) {
  const snippet = hit.parts.map(([text, isHit]) => (isHit ? el("mark", {}, text) : text));
  const place = hit.at === null ? "" : `&at=${hit.at}`;
  return el(
    "li",
    {},
    el("a", { href: documentAddress(hit.document) + place }, hit.title || hit.document),
    hit.title ? el("span", { class: "about" }, hit.document) : null,
    el("p", { class: "snippet", lang: "vi" }, ...snippet),
  );
}

/** @param {string} words */
async function search(words) {
  if (!words.trim()) return;
  byId("shown").textContent = t("searching");
  const { hits, count } = await api.search(words);
  byId("hits").replaceChildren(...hits.map(hitRow));
  byId("shown").textContent = count ? tn("documents-found", count) : t("nothing-found");
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.isComposing || isField(event.target)) return;
  event.preventDefault();
  byId("search-input").focus();
});

prepareTop({});
const words = new URLSearchParams(location.search).get("q") ?? "";
const input = /** @type {HTMLInputElement} */ (byId("search-input"));
input.value = words;
if (!words) input.focus();
search(words).catch((error) => say("cannot-search", { reason: error.message }));
