/**
 * In the place of a picture, where there is none: the lines of the original with their numbers, the current word framed.
 */

import { byId, el } from "./dom.js";
import { number } from "./page.js";

export class OriginalView {
  /**
   * @param {import("./store.js").Store} store
   * @param {{choose: (sheet: number, start: number) => void}} act
   */
  constructor(store, act) {
    this.store = store;
    this.root = byId("original");
    /** @type {import("./units.js").Unit[] | null} */
    this.units = null;
    /** @type {Map<number, HTMLElement>} */
    this.words = new Map();
    this.root.addEventListener("click", (event) => {
      const word = /** @type {HTMLElement} */ (event.target).closest("[data-start]");
      const sheet = store.state.current?.sheet;
      if (word instanceof HTMLElement && sheet !== undefined) act.choose(sheet, Number(word.dataset.start));
    });
    // After the text has brought its word into view: this view follows it.
    new ResizeObserver(() => this.follow()).observe(byId("text"));
    store.on(["document", "sheets", "current", "pictureless"], () => this.draw());
  }

  draw() {
    const { document, sheets, current, pictureless } = this.store.state;
    const sheet = document?.sheets.find((/** @type {any} */ one) => one.number === current?.sheet);
    const shown = Boolean(sheet) && (pictureless || !sheet.image);
    this.root.hidden = !shown;
    byId("viewport").hidden = shown;
    byId("zoom").hidden = shown;
    const units = sheets.get(current?.sheet)?.units;
    if (!shown || !units) return;
    if (!this.units || !sameOriginal(this.units, units)) this.fill(units);
    this.units = units;
    for (const marked of this.root.querySelectorAll(".now")) marked.classList.remove("now");
    const word = this.words.get(current.start);
    word?.classList.add("now");
    queueMicrotask(() => this.follow());
  }

  follow() {
    const word = this.root.querySelector(".now");
    if (word instanceof HTMLElement) this.align(word);
  }

  /** @param {import("./units.js").Unit[]} units */
  fill(units) {
    this.words = new Map();
    const lines = Map.groupBy(units, (unit) => unit.line);
    const drawn = [...lines].map(([line, those]) => {
      const parts = those.flatMap((unit) => {
        const word = el("span", { class: "b", data: { start: unit.start } }, unit.before);
        this.words.set(unit.start, word);
        return [word, " "];
      });
      return el("div", { class: "line" }, el("span", { class: "line-number", "aria-hidden": "true" }, number(line)), el("span", {}, ...parts));
    });
    this.root.replaceChildren(...drawn);
  }

  /**
   * The word stands as high as the same word of the restored text, so that the eye goes straight across; in the middle, where the
   * text is not beside but below, as on a narrow screen. @param {HTMLElement} word
   */
  align(word) {
    const beside = byId("text").querySelector(".now");
    if (!beside) return;
    const pane = this.root.getBoundingClientRect(), height = beside.getBoundingClientRect().top;
    const goal = height < pane.bottom ? height : (pane.top + pane.bottom) / 2;
    this.root.scrollTop += word.getBoundingClientRect().top - goal;
  }
}

/** Decisions change what was restored, never the original. @param {import("./units.js").Unit[]} one @param {import("./units.js").Unit[]} other */
function sameOriginal(one, other) {
  return one.length === other.length && one.every((unit, at) => unit.start === other[at].start && unit.before === other[at].before);
}
