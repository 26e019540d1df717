/**
 * What asks: the reviewer's name, "Always", a conflict with somebody else, and the help. All are native dialogs, which keep the
 * focus inside and close with Esc.
 */

import { byId, el } from "./dom.js";
import { fieldLabel, valueText } from "./field_row.js";
import { BINDINGS } from "./keys.js";
import { page, t } from "./page.js";
import { KINDS } from "./kinds.js";

/**
 * Open a dialog and wait for what is chosen: the value of the button pressed, or "" for Esc.
 *
 * @param {string} id
 * @param {Record<string, string>} [keys] keys that choose a value
 * @returns {Promise<string>}
 */
function choice(id, keys = {}) {
  const dialog = /** @type {HTMLDialogElement} */ (byId(id));
  dialog.returnValue = "";
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const value = keys[event.key.toLowerCase()];
    if (!value || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    dialog.close(value);
  };
  dialog.addEventListener("keydown", pressed);
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener(
      "close",
      () => {
        dialog.removeEventListener("keydown", pressed);
        resolve(dialog.returnValue);
      },
      { once: true },
    ),
  );
}

/**
 * Who decides: asked once, kept in this browser.
 *
 * @param {string} known
 * @returns {Promise<string>} the name, never empty
 */
export async function askName(known) {
  const input = /** @type {HTMLInputElement} */ (byId("name-input"));
  input.value = known;
  for (;;) {
    const answer = await choice("name-dialog");
    const name = input.value.normalize("NFC").trim();
    if (answer === "ok" && name) return name;
    if (known) return known;
  }
}

/**
 * How far a rule reaches.
 *
 * @param {string} before
 * @param {string} after
 * @returns {Promise<"document" | "batch" | "archive" | null>}
 */
export async function askScope(before, after) {
  byId("always-rule").replaceChildren(el("span", { class: "was" }, before), " → ", el("b", {}, after));
  const archive = byId("always-dialog").querySelector("[value=archive]:disabled") ? {} : { v: "archive" };
  const scope = await choice("always-dialog", { d: "document", b: "batch", ...archive });
  return /** @type {any} */ (scope || null);
}

/**
 * Somebody else has decided otherwise.
 *
 * @param {Record<string, any>} theirs
 * @param {string} mine
 * @returns {Promise<boolean>} whether mine is to hold
 */
export function askConflict(theirs, mine) {
  byId("conflict-field").hidden = true;
  return askWhose(theirs, { name: t("original"), text: theirs.before }, theirs.after, mine);
}

/**
 * Somebody else has set a field otherwise.
 *
 * @param {Record<string, any>} theirs
 * @param {{path: string, value: string | null, status: string}} mine
 * @returns {Promise<boolean>} whether mine is to hold
 */
export function askFieldConflict(theirs, mine) {
  const shown = (/** @type {{value: string | null, status: string}} */ one) => valueText(mine.path, one.value) || t(`status-${one.status}`);
  byId("conflict-field").hidden = false;
  byId("conflict-field").textContent = fieldLabel(mine.path);
  const before = { name: t("before"), text: valueText(mine.path, theirs.before) || "–" };
  return askWhose(theirs, before, shown({ value: theirs.after, status: theirs.status }), shown(mine));
}

/** @param {Record<string, any>} theirs @param {{name: string, text: string}} before @param {string} after @param {string} mine */
async function askWhose(theirs, before, after, mine) {
  byId("conflict-who").textContent = t("conflict-who", { reviewer: theirs.reviewer, time: new Date(theirs.time).toLocaleTimeString(page.lang) });
  byId("conflict-before-name").textContent = before.name;
  byId("conflict-before").textContent = before.text;
  byId("conflict-theirs").textContent = after;
  byId("conflict-mine").textContent = mine;
  return (await choice("conflict-dialog", { m: "mine", t: "theirs" })) === "mine";
}

/** The keys and the marks. */
export function showHelp() {
  const groups = BINDINGS.map(({ group, bindings }) =>
    el("section", {}, el("h3", {}, t(group)), el("dl", {}, ...bindings.flatMap(({ action, keys, shown }) => [
      el("dt", {}, ...(shown ? [shown] : keys.filter((key) => key.length > 0).map(cap)).map((key) => el("kbd", {}, key))),
      el("dd", {}, t(`do-${action}`)),
    ]))),
  );
  byId("help-keys").replaceChildren(...groups);
  byId("help-kinds").replaceChildren(...KINDS.map((kind) => el("li", {}, el("span", { class: `w k-${kind} s-auto` }, t(`kind-${kind}`)))));
  return choice("help-dialog", { "?": "close" });
}

/** @param {string} key */
function cap(key) {
  if (key === "Enter") return "⏎";
  return key.replace(/^ctrl\+(.)$/, (_, letter) => (letter === letter.toUpperCase() ? `Ctrl+Shift+${letter}` : `Ctrl+${letter.toUpperCase()}`));
}
