/**
 * Beside the text: fields, outline, warnings and history, one at a time.
 */

import { byId, el, keyButton } from "./dom.js";
import { isSigner, lengthOf, listOf, LISTS, signersOf } from "./field_list.js";
import { adder, fieldLabel, fieldRow, valueText } from "./field_row.js";
import { OutlineView } from "./outline_view.js";
import { number, t } from "./page.js";

const TABS = ["fields", "outline", "warnings", "history"];

export class Panel {
  /**
   * @param {import("./store.js").Store} store
   * @param {{goTo: (sheet: number, start: number) => void, goToPlace: (start: number) => void, setField: (field: any) => void,
   *   undo: (decision: string) => void, wanted: () => void}} act
   */
  constructor(store, act) {
    this.store = store;
    this.act = act;
    for (const name of TABS) {
      const tab = byId(`tab-${name}`);
      tab.addEventListener("click", () => this.open(name));
      tab.addEventListener("keydown", (event) => this.arrows(event, name));
    }
    store.on(["fields"], () => this.drawFields());
    this.undrawn = false; // whether fields have changed while somebody was typing in one
    byId("fields").addEventListener("focusout", (event) => {
      const stays = event.relatedTarget instanceof Node && byId("fields").contains(event.relatedTarget);
      if (this.undrawn && !stays) setTimeout(() => this.undrawn && this.drawFields());
    });
    new OutlineView(store, act);
    store.on(["document"], () => {
      this.drawWarnings();
      this.drawHistory();
    });
  }

  /** @param {string} name */
  open(name) {
    if (name === "history" || name === "outline") this.act.wanted();
    for (const one of TABS) {
      const chosen = one === name;
      byId(`tab-${one}`).setAttribute("aria-selected", String(chosen));
      byId(`tab-${one}`).tabIndex = chosen ? 0 : -1;
      byId(one).hidden = !chosen;
    }
  }

  /** @param {KeyboardEvent} event @param {string} name */
  arrows(event, name) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const next = TABS[(TABS.indexOf(name) + step + TABS.length) % TABS.length];
    this.open(next);
    byId(`tab-${next}`).focus();
  }

  drawFields() {
    const box = byId("fields");
    const { fields } = this.store.state;
    // A field that somebody is typing in stays as it is; the rest is drawn when it is left.
    if (box.contains(document.activeElement) && document.activeElement?.matches("input")) {
      this.undrawn = true;
      return;
    }
    this.undrawn = false;
    const opened = box.querySelector("details")?.open ?? false;
    const focused = box.querySelector(":focus")?.getAttribute("data-key");
    const [there, absent] = [false, true].map((missing) => fields.filter((/** @type {any} */ one) => (one.status === "absent") === missing));
    const rows = there.flatMap((/** @type {any} */ field, /** @type {number} */ at) => {
      const list = listOf(field.path);
      const next = there[at + 1]?.path ?? "";
      if (list && listOf(next) !== list) return [fieldRow(field, this.act), this.adder(list)];
      return isSigner(field.path) && !isSigner(next) ? [fieldRow(field, this.act), this.signerAdder()] : [fieldRow(field, this.act)];
    });
    const empty = LISTS.filter((one) => !lengthOf(one, fields));
    const missing = [...absent.map((/** @type {any} */ field) => fieldRow(field, this.act)), ...empty.map((one) => this.adder(one))];
    const count = number(missing.length);
    box.replaceChildren(...rows, missing.length ? el("details", { class: "absent", open: opened }, el("summary", {}, t("absent-fields", { count })), ...missing) : "");
    if (focused) /** @type {HTMLElement | null} */ (box.querySelector(`[data-key="${focused}"]`))?.focus();
    byId("tab-fields-count").textContent = countOf(fields.filter((/** @type {any} */ field) => field.suggested).length);
  }

  /** @param {string} list */
  adder(list) {
    return adder(list, () => `${list}[${lengthOf(list, this.store.state.fields)}]`, () => this.revision(), this.act);
  }

  /** Another one who signed; the first one is set in fields that are there in any case. */
  signerAdder() {
    return adder("closing.signers", () => `closing.signers[${signersOf(this.store.state.fields)}].name`, () => this.revision(), this.act);
  }

  revision() {
    return Math.max(0, ...this.store.state.fields.map((/** @type {any} */ one) => one.revision ?? 0));
  }

  drawWarnings() {
    const { warnings } = this.store.state.document;
    const rows = warnings.map((/** @type {any} */ warning) => {
      const words = [el("span", {}, warning.message)];
      const placed = warning.start !== null && warning.start !== undefined;
      return el("li", {}, placed ? el("button", { type: "button", class: "row", on: { click: () => this.act.goTo(warning.sheet, warning.start) } }, ...words) : el("p", { class: "row" }, ...words));
    });
    byId("warnings").replaceChildren(rows.length ? el("ul", { class: "rows" }, ...rows) : el("p", { class: "nothing" }, t("no-warnings")));
    byId("tab-warnings-count").textContent = countOf(warnings.length);
  }

  drawHistory() {
    const { history } = this.store.state.document;
    const rows = history.map((/** @type {any} */ entry) => this.historyRow(entry));
    byId("history").replaceChildren(rows.length ? el("ul", { class: "rows" }, ...rows) : el("p", { class: "nothing" }, t("no-history")));
  }

  /** What changed: an undo and a rule say it of another entry. @param {any} entry @returns {{before: string, after: string}} */
  changeOf(entry) {
    const { history } = this.store.state.document;
    const of = entry.action === "undo" ? entry.undoes : entry.scope ? entry.because : null;
    const told = (of && history.find((/** @type {any} */ one) => one.id === of)) || entry;
    return told !== entry && told.action === "undo" ? this.changeOf(told) : { before: told.before ?? "", after: told.after ?? "" };
  }

  /** @param {any} entry */
  historyRow(entry) {
    const { before, after } = this.changeOf(entry);
    const change = el("span", { class: "change" }, ...fieldOf(entry), el("span", { class: "was" }, valueText(entry.path ?? "", before)), " → ", el("b", {}, valueText(entry.path ?? "", after) || t("removed-word")));
    const when = new Date(entry.time);
    const who = el("span", { class: "who" }, `${entry.reviewer}, `, el("time", { datetime: entry.time, title: when.toLocaleString() }, shortTime(when)), entry.because ? `, ${t("repeated-one")}` : "");
    const what = entry.action === "undo" ? el("span", {}, t("undid"), ": ", change) : entry.scope ? el("span", {}, t(`rule-${entry.scope}`), ": ", change) : change;
    const placed = entry.start !== null && entry.start !== undefined;
    const row = placed
      ? el("button", { type: "button", class: "row", on: { click: () => this.act.goTo(entry.sheet, entry.start) } }, what, who)
      : el("div", { class: "row" }, what, who);
    const undo = entry.undone || entry.action === "undo" ? null : keyButton(null, t("undo"), () => this.act.undo(entry.id), { class: "small", "aria-label": t("undo-that", { before, after }) });
    return el("li", { class: entry.undone ? "undone" : "" }, row, entry.undone ? el("small", {}, t("undone")) : undo);
  }
}

/** The name of the field that an entry sets. @param {any} entry @returns {string[]} */
function fieldOf(entry) {
  return entry.path ? [`${fieldLabel(entry.path)}: `] : [];
}

/** @param {number} count */
function countOf(count) {
  return count ? number(count) : "";
}

/** Today's with the time, others with the day. @param {Date} when */
function shortTime(when) {
  const today = new Date().toDateString() === when.toDateString();
  return today
    ? when.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })
    : when.toLocaleDateString(document.documentElement.lang);
}
