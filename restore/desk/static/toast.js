/**
 * Short words at the foot of the page, read out by screen readers, gone by themselves.
 */

import { byId, el } from "./dom.js";
import { t, tn } from "./page.js";

const SHOWN_MS = 6000;

/** @param {string} key @param {Record<string, any>} [values] `count` and `documents` are turned into words */
export function say(key, values = {}) {
  const counted = {
    ...values,
    ...("count" in values ? { places: tn("places", values.count) } : {}),
    ...("documents" in values ? { documents: tn("documents", values.documents) } : {}),
  };
  const words = el("p", {}, t(key, counted));
  byId("toasts").append(words);
  setTimeout(() => words.remove(), SHOWN_MS);
}
