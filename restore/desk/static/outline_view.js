/**
 * The outline: a press leads to the section; its pencil, or F2, makes its kind, number and title editable. Enter saves, Esc leaves.
 */

import { byId, el } from "./dom.js";
import { typed } from "./field_row.js";
import { t } from "./page.js";

const KINDS = ["part", "chapter", "section", "article", "clause", "point", "heading", "bullet", "paragraph"];

/** @typedef {{id: string, kind: string, number: string | null, title: string | null, text: string, depth: number, sheet: number, start: number, revision: number}} Section */

export class OutlineView {
  /**
   * @param {import("./store.js").Store} store
   * @param {{goTo: (sheet: number, start: number) => void, setField: (field: any) => void}} act
   */
  constructor(store, act) {
    this.store = store;
    this.act = act;
    this.box = byId("outline");
    /** @type {string | null} the section that is being edited */
    this.edited = null;
    store.on(["document"], () => this.draw());
  }

  draw() {
    if (this.edited !== null) return; // what somebody types stays; it is drawn when the row is left
    const focused = document.activeElement;
    const at = this.box.contains(focused) ? focused?.closest("li")?.dataset.id : undefined;
    const place = focused?.matches(".pencil") ? ".pencil" : ".row";
    const { sections } = this.store.state.document;
    const rows = sections.map((/** @type {Section} */ section) => this.row(section));
    this.box.replaceChildren(rows.length ? el("ul", { class: "rows" }, ...rows) : el("p", { class: "nothing" }, t("no-sections")));
    if (at !== undefined) this.focus(at, place);
  }

  /** @param {string} id @param {string} place */
  focus(id, place) {
    const item = [...this.box.querySelectorAll("li")].find((one) => one.dataset.id === id);
    /** @type {HTMLElement | null | undefined} */ (item?.querySelector(place))?.focus();
  }

  /** @param {Section} section */
  row(section) {
    const words = [section.number, section.title || section.text].filter(Boolean).join(". ") || t("untitled");
    const kind = el("span", { class: "section-kind" }, t(`section-${section.kind}`));
    const row = el("button", { type: "button", class: "row", on: { click: () => this.act.goTo(section.sheet, section.start) } }, kind, el("span", { class: "section-name" }, words));
    row.style.paddingInlineStart = `${0.5 + Math.min(section.depth, 5) * 0.8}rem`;
    const name = t("edit-section", { section: `${t(`section-${section.kind}`)} ${words}` });
    const pencil = el("button", { type: "button", class: "small pencil", "aria-label": name, title: `${t("edit")} (F2)`, on: { click: () => this.edit(section.id) } }, el("span", { "aria-hidden": "true" }, "✎"));
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "F2" || this.edited !== null) return;
      event.preventDefault(); // of the page it would open the field for own text
      this.edit(section.id);
    };
    return el("li", { data: { id: section.id }, on: { keydown: pressed } }, row, pencil);
  }

  /** @param {string} id */
  edit(id) {
    if (this.edited !== null) this.leave();
    const section = this.store.state.document.sections.find((/** @type {Section} */ one) => one.id === id);
    const item = [...this.box.querySelectorAll("li")].find((one) => one.dataset.id === id);
    if (!section || !item) return;
    this.edited = id;
    const options = KINDS.map((kind) => el("option", { value: kind, selected: kind === section.kind }, t(`section-${kind}`)));
    const kind = /** @type {HTMLSelectElement} */ (el("select", { "aria-label": t("outline-kind") }, ...options));
    const number = textInput("outline-number", section.number);
    const title = textInput("outline-title", section.title);
    const save = el("button", { type: "submit", class: "main" }, t("save"));
    const leave = el("button", { type: "button", on: { click: () => this.leave() } }, t("cancel"));
    const saved = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.save(section, { kind: kind.value, number: number.value, title: title.value });
    };
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      this.leave();
    };
    const buttons = el("div", { class: "section-buttons" }, save, leave);
    const form = el("form", { class: "section-form", on: { submit: saved, keydown: pressed } }, kind, number, title, buttons);
    // A list of choices has no Enter of its own that saves.
    kind.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), /** @type {HTMLFormElement} */ (form).requestSubmit()));
    item.replaceChildren(form);
    title.focus();
    title.select();
  }

  /** Back to the row, as it is now. */
  leave() {
    const id = this.edited;
    this.edited = null;
    this.draw();
    if (id !== null) this.focus(id, ".row");
  }

  /** @param {Section} section @param {Record<"kind" | "number" | "title", string>} values */
  save(section, values) {
    const id = this.edited;
    for (const [name, words] of Object.entries(values)) {
      const value = typed(words) || null;
      const before = section[/** @type {"kind" | "number" | "title"} */ (name)] || null;
      if (value === before) continue;
      this.act.setField({ path: `sections.${id}.${name}`, value, status: value === null ? "absent" : "present", was: before, revision: section.revision });
    }
    this.leave();
  }
}

/** @param {string} label @param {string | null} value */
function textInput(label, value) {
  const words = t(label);
  return /** @type {HTMLInputElement} */ (el("input", { type: "text", value: value ?? "", "aria-label": words, placeholder: words, autocomplete: "off", lang: "vi" }));
}
