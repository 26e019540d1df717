/**
 * Search over the batch, by words and by what documents are: each hit leads to its place in the review page.
 */

import { api, Refused } from "./api.js";
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

/** @param {Record<string, string>} asked */
async function search(asked) {
  if (!Object.keys(asked).length) return;
  byId("shown").textContent = t("searching");
  const found = await api.search(asked);
  byId("hits").replaceChildren(...found.hits.map(hitRow));
  byId("shown").textContent = told(found);
}

/**
 * How many documents there are, as far as they were counted.
 *
 * @param {{count: number, more: boolean, partial: boolean}} found
 */
function told({ count, more, partial }) {
  if (!count) return t(partial ? "nothing-found-so-far" : "nothing-found");
  if (partial) return tn("documents-found-so-far", count);
  return tn(more ? "more-documents-found" : "documents-found", count);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.isComposing || isField(event.target)) return;
  event.preventDefault();
  byId("search-input").focus();
});

prepareTop({});
const inputs = [...byId("search-form").querySelectorAll("input:not([type=hidden])")].map((input) => /** @type {HTMLInputElement} */ (input));
const query = new URLSearchParams(location.search);
for (const input of inputs) input.value = query.get(input.name) ?? "";
const asked = Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]).filter(([, value]) => value));
if (!asked.q) byId("search-input").focus();
// Fields without anything typed are no part of the address, which people keep and send.
byId("search-form").addEventListener("submit", () => inputs.forEach((input) => (input.disabled = !input.value.trim())));
window.addEventListener("pageshow", () => inputs.forEach((input) => (input.disabled = false)));
search(asked).catch((error) => {
  const refused = error instanceof Refused && error.status < 500; // a date that is none: said beside the fields
  byId("shown").textContent = refused ? error.message : "";
  if (!refused) say("cannot-search", { reason: error.message });
});
