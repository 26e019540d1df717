/**
 * The restored text: only the sheets near the current one are in the page, the others are empty boxes of about their height.
 */

import { el } from "./dom.js";
import { number, t } from "./page.js";
import { strength } from "./units.js";

/** @typedef {import("./units.js").Unit} Unit */

// Sheets drawn on each side of the current one: what a reviewer scrolls to before the next ones are there.
const DRAWN_BESIDE = 1;

export class TextView {
  /**
   * @param {HTMLElement} root
   * @param {import("./store.js").Store} store
   * @param {{choose: (sheet: number, start: number) => void, need: (sheet: number) => void}} act
   */
  constructor(root, store, act) {
    this.root = root;
    this.store = store;
    this.act = act;
    /** @type {Map<number, {box: HTMLElement, units: Unit[] | null, spans: Map<number, HTMLElement>}>} */
    this.drawn = new Map();
    /** @type {Set<number>} */
    this.seen = new Set();
    /** @type {HTMLElement | null} */
    this.now = null;
    this.watcher = new IntersectionObserver((entries) => this.noticed(entries), { root, rootMargin: "300px" });
    root.addEventListener("click", (event) => this.clicked(event));
    new ResizeObserver(() => this.now && this.show(this.now)).observe(root);
    store.on(["document"], () => this.layOut());
    store.on(["document", "sheets", "current"], () => this.draw());
  }

  /** A box for every sheet, once. */
  layOut() {
    if (this.drawn.size) return;
    for (const sheet of this.store.state.document.sheets) {
      const title = sheet.page === null ? t("lines-from", { line: number(sheet.first_line) }) : t("page-number", { page: sheet.page });
      const box = el("section", { class: "sheet", "aria-label": title, data: { sheet: sheet.number, title } });
      box.style.minHeight = `${sheet.lines * 1.7}em`;
      this.root.append(box);
      this.watcher.observe(box);
      this.drawn.set(sheet.number, { box, units: null, spans: new Map() });
    }
  }

  /** @param {IntersectionObserverEntry[]} entries */
  noticed(entries) {
    for (const { target, isIntersecting } of entries) {
      const sheet = Number(/** @type {HTMLElement} */ (target).dataset.sheet);
      if (isIntersecting) this.seen.add(sheet);
      else this.seen.delete(sheet);
      if (isIntersecting) this.act.need(sheet);
    }
    this.draw();
  }

  draw() {
    const { sheets, current } = this.store.state;
    for (const [sheet, entry] of this.drawn) {
      const near = current !== null && Math.abs(sheet - current.sheet) <= DRAWN_BESIDE;
      const units = near || this.seen.has(sheet) ? (sheets.get(sheet)?.units ?? null) : null;
      if (units === null && entry.units && !near && !this.seen.has(sheet)) this.empty(entry);
      else if (units && units !== entry.units) this.fill(entry, units);
    }
    this.mark();
  }

  /** @param {{box: HTMLElement, units: Unit[] | null, spans: Map<number, HTMLElement>}} entry */
  empty(entry) {
    entry.box.style.minHeight = `${entry.box.offsetHeight}px`; // the text must not jump
    entry.box.replaceChildren();
    entry.units = null;
    entry.spans = new Map();
  }

  /**
   * Draw a sheet, or only those units that are others than before.
   *
   * @param {{box: HTMLElement, units: Unit[] | null, spans: Map<number, HTMLElement>}} entry
   * @param {Unit[]} units
   */
  fill(entry, units) {
    const old = entry.units;
    const same = old !== null && old.length === units.length && units.every((unit, at) => unit.start === old[at].start);
    if (same) {
      units.forEach((unit, at) => {
        if (unit !== old[at]) dress(/** @type {HTMLElement} */ (entry.spans.get(unit.start)), unit);
      });
    } else {
      entry.spans = new Map();
      const parts = units.flatMap((unit) => {
        const span = dress(el("span"), unit);
        entry.spans.set(unit.start, span);
        return [span, unit.space || " "];
      });
      const title = el("h3", { class: "sheet-title" }, entry.box.dataset.title ?? "");
      entry.box.replaceChildren(title, el("p", {}, ...parts));
      entry.box.style.minHeight = "";
    }
    entry.units = units;
  }

  /** Show where the reviewer is. */
  mark() {
    const { current } = this.store.state;
    const span = current ? (this.drawn.get(current.sheet)?.spans.get(current.start) ?? null) : null;
    if (span === this.now && span?.isConnected) return;
    this.now?.classList.remove("now");
    this.now?.removeAttribute("aria-current");
    this.now = span;
    if (!span) return;
    span.classList.add("now");
    span.setAttribute("aria-current", "true");
    this.show(span);
  }

  /** Bring the word a third down from the top, where it has both what came before and what follows. @param {HTMLElement} span */
  show(span) {
    const view = this.root.getBoundingClientRect();
    const word = span.getBoundingClientRect();
    const margin = view.height * 0.2;
    if (word.top >= view.top + margin && word.bottom <= view.bottom - margin) return;
    this.root.scrollTop += word.top - view.top - view.height / 3;
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const span = /** @type {HTMLElement} */ (event.target).closest("[data-start]");
    const sheet = span?.closest("[data-sheet]");
    if (!(span instanceof HTMLElement) || !(sheet instanceof HTMLElement)) return;
    if (!document.getSelection()?.isCollapsed) return; // somebody marks text to copy it
    this.act.choose(Number(sheet.dataset.sheet), Number(span.dataset.start));
  }

  /** The unit above or below the current word, by what is seen. @param {1 | -1} step @returns {{sheet: number, start: number} | null} */
  vertical(step) {
    if (!this.now) return null;
    const from = this.now.getClientRects()[0];
    const middle = (from.left + from.right) / 2;
    let best = null;
    for (const [sheet, { spans }] of this.drawn) {
      for (const [start, span] of spans) {
        const rect = span.getClientRects()[0];
        const away = rect ? step * (rect.top - from.top) : 0;
        if (away < from.height / 2 || away > from.height * 6) continue;
        const beside = Math.max(0, rect.left - middle, middle - rect.right);
        if (!best || away < best.away - 2 || (away < best.away + 2 && beside < best.beside)) best = { sheet, start, away, beside };
      }
    }
    return best && { sheet: best.sheet, start: best.start };
  }
}

/**
 * Mark a word by its kind of change and by how uncertain it is.
 *
 * @param {HTMLElement} span
 * @param {Unit} unit
 */
function dress(span, unit) {
  const changed = unit.kind && unit.kind !== "same" ? `k-${unit.kind}` : "";
  const kept = span.classList.contains("now") ? "now" : "";
  span.className = `w ${changed} s-${unit.status} c-${strength(unit)} ${unit.doubt ? "doubt" : ""} ${kept}`.replace(/ +/g, " ").trim();
  span.dataset.start = String(unit.start);
  span.textContent = unit.text || t("removed-word");
  span.classList.toggle("gone", unit.text === "");
  return span;
}
