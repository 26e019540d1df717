/**
 * One field of the document: its value and whether it is there, both editable. Enter saves, Esc takes it back.
 */

import { el } from "./dom.js";
import { listOf } from "./field_list.js";
import { percent, t } from "./page.js";

/**
 * A field's name for people: the last part of its path; those of a list are numbered from 1.
 *
 * @param {string} path such as `header.number` or `closing.recipients[2]`
 */
export function fieldLabel(path) {
  const parts = path.split(".").map((part) => part.match(/^(\w+?)(?:\[(\d+)\])?$/));
  const last = parts.at(-1)?.[1] ?? path;
  const place = parts.map((part) => part?.[2]).find((found) => found !== undefined);
  if (path.startsWith("sections.")) return t(`outline-${last}`);
  const words = t(`field-${last.replace(/^signer_/, "")}`);
  return place === undefined ? words : `${words} ${Number(place) + 1}`;
}

/**
 * A field's value for people: the kind of a section by its name.
 *
 * @param {string} path
 * @param {string | null} value
 */
export function valueText(path, value) {
  return value && /^sections\..*\.kind$/.test(path) ? t(`section-${value}`) : (value ?? "");
}

/** What somebody typed, as the server keeps it. @param {string} text */
export function typed(text) {
  return text.normalize("NFC").trim().replace(/\s+/g, " ");
}

const STATUSES = ["present", "blank", "absent", "unreadable"];

/**
 * @param {{path: string, value: string | null, status: string, suggested: boolean, confidence: number,
 *   sheet: number | null, start: number | null, revision: number}} field
 * @param {{goTo: (sheet: number, start: number) => void, setField: (field: any) => void}} act
 */
export function fieldRow(field, act) {
  const label = fieldLabel(field.path);
  const id = `field-${field.path.replace(/\W+/g, "-")}`;
  const value = /** @type {HTMLInputElement} */ (el("input", { id, type: "text", value: field.value ?? "", autocomplete: "off" }));
  const status = /** @type {HTMLSelectElement} */ (
    el("select", { data: { key: `status:${field.path}` }, "aria-label": t("status-of", { field: label }) }, ...STATUSES.map((one) => el("option", { value: one, selected: one === field.status }, t(`status-${one}`))))
  );
  const save = () => saveField(field, value, status, act);
  const row = el("form", { class: `field s-${field.status} ${field.suggested ? "suggested" : ""}`, on: { submit: (/** @type {Event} */ event) => { event.preventDefault(); save(); value.blur(); } } });
  value.addEventListener("input", () => value.value && status.value !== "present" && (status.value = "present"));
  value.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    value.value = field.value ?? "";
    status.value = field.status;
    value.blur();
  });
  status.addEventListener("change", save);
  const hint = field.suggested ? el("span", { class: "hint" }, t("suggested-sure", { percent: percent(field.confidence) })) : null;
  row.append(el("div", { class: "field-head" }, el("label", { for: id }, label), hint, jump(field, label, act), listOf(field.path) ? remover(field, label, act) : null), el("div", { class: "field-body" }, value, status));
  return row;
}

/** @param {any} field @param {string} label @param {{goTo: (sheet: number, start: number) => void}} act */
function jump(field, label, act) {
  if (field.start === null || field.start === undefined) return "";
  return el("button", { type: "button", class: "small", "aria-label": t("show-field", { field: label }), title: t("show"), on: { click: () => act.goTo(field.sheet, field.start) } }, "⌖");
}

/** @param {any} field @param {HTMLInputElement} value @param {HTMLSelectElement} status @param {{setField: (field: any) => void}} act */
function saveField(field, value, status, act) {
  const text = typed(value.value);
  const state = status.value === "present" && !text ? "absent" : status.value;
  const kept = state === "present" ? text : null;
  if (kept === (field.value ?? null) && state === field.status && !field.suggested) return;
  act.setField({ path: field.path, value: kept, status: state, was: field.value ?? null, revision: field.revision });
}

/**
 * The button that adds one to a list; pressed, it is a field to type in. Enter saves, Esc leaves.
 *
 * @param {string} list
 * @param {() => string} path of the new one, when the value is typed: others may have added meanwhile
 * @param {() => number} revision that the list shows
 * @param {{setField: (field: any) => void}} act
 */
export function adder(list, path, revision, act) {
  const id = `added-to-${list.replace(".", "-")}`;
  const name = t("add-field", { field: fieldLabel(path().replace(/\[\d+\]/, "")) });
  const button = el("button", { type: "button", class: "small add", data: { key: `add:${list}` } }, `+ ${name}`);
  button.addEventListener("click", () => {
    const input = /** @type {HTMLInputElement} */ (el("input", { id, type: "text", autocomplete: "off", lang: "vi" }));
    const leave = () => (form.replaceWith(button), button.focus());
    const form = el("form", { class: "field s-present" }, el("div", { class: "field-head" }, el("label", { for: id }, fieldLabel(path()))), el("div", { class: "field-body" }, input, el("button", { type: "submit" }, t("save"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const value = typed(input.value);
      leave();
      if (value) act.setField({ path: path(), value, status: "present", was: null, revision: revision() });
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      leave();
    });
    button.replaceWith(form);
    input.focus();
  });
  return button;
}

/** The button that takes a field out of its list. @param {any} field @param {string} label @param {{setField: (field: any) => void}} act */
function remover({ path, value, revision }, label, act) {
  const words = t("remove-field", { field: label });
  const button = el("button", { type: "button", class: "small remove", data: { key: `remove:${path}` }, "aria-label": words, title: words }, el("span", { "aria-hidden": "true" }, "×"));
  button.addEventListener("click", () => {
    // The keyboard stays in the list, but not on the next one's button: a key held down takes out one.
    /** @type {HTMLElement | null | undefined} */ (button.closest("[role=tabpanel]")?.querySelector(`[data-key="add:${listOf(path)}"]`))?.focus();
    act.setField({ path, value: null, status: "absent", was: value ?? null, revision });
  });
  return button;
}
