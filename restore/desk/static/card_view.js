/**
 * The card of the current word: enlarged, what stands, the original, the numbered choices, and the field for own text. It never
 * moves, so that the eye need not look for it.
 */

import { byId, el, keyButton } from "./dom.js";
import { magnify, originalLine } from "./magnifier.js";
import { number, percent, t, tn } from "./page.js";
import { choices, strength } from "./units.js";

/** @typedef {import("./units.js").Unit} Unit */

export class CardView {
  /**
   * @param {import("./store.js").Store} store
   * @param {{unit: () => Unit | null, decide: (after: string) => void, picture: (page: number) => HTMLImageElement, leave: () => void,
   *   following: () => void}} act
   */
  constructor(store, act) {
    this.store = store;
    this.act = act;
    this.own = /** @type {HTMLInputElement} */ (byId("own"));
    this.drawn = "";
    byId("own-form").addEventListener("submit", (event) => this.submitted(event));
    this.own.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.stopPropagation();
      this.store.set({ joining: null });
      this.fillOwn();
      act.leave();
    });
    store.on(["current", "sheets", "joining", "finished", "document", "pictureless"], () => this.draw());
    new ResizeObserver(() => this.enlarge()).observe(byId("magnifier"));
  }

  /** @returns {Unit | null} */
  get unit() {
    return this.store.state.joining ?? this.act.unit();
  }

  draw() {
    const { finished, document } = this.store.state;
    const unit = this.unit;
    byId("card-word").hidden = finished || (!unit && !this.drawn);
    byId("card-word").classList.toggle("waiting", !unit); // its place stays: the text must not jump
    byId("card-finished").hidden = !finished;
    if (finished) return this.finish(document);
    if (!unit) return undefined;
    const drawn = JSON.stringify([unit.start, unit.end, unit.text, unit.status, unit.decision !== null]);
    this.enlarge();
    if (drawn === this.drawn) return undefined; // polling must not take what somebody is typing
    const moved = !this.drawn.startsWith(`[${unit.start},${unit.end},`);
    this.drawn = drawn;
    this.describe(unit);
    this.offer(unit);
    if (moved || !this.typing) this.fillOwn();
    if (moved) byId("spoken").textContent = this.spoken(unit);
    return undefined;
  }

  get typing() {
    return document.activeElement === this.own;
  }

  /** @param {any} summary */
  finish(summary) {
    byId("finished-next").hidden = !summary.next;
    byId("spoken").textContent = t("all-decided");
  }

  enlarge() {
    const { document, current, sheets, pictureless } = this.store.state;
    const unit = this.unit;
    const sheet = document?.sheets.find((/** @type {any} */ one) => one.number === current?.sheet);
    if (!unit || !sheet) return;
    const canvas = /** @type {HTMLCanvasElement} */ (byId("magnifier-picture"));
    const line = byId("magnifier-line");
    const pictured = sheet.image && !pictureless && unit.box !== null;
    canvas.hidden = !pictured;
    line.hidden = pictured;
    canvas.setAttribute("aria-label", t("enlarged", { text: unit.before }));
    if (!pictured) return line.replaceChildren(originalLine(sheets.get(sheet.number)?.units ?? [], unit));
    const image = this.act.picture(sheet.page);
    const box = /** @type {[number, number, number, number]} */ (unit.box);
    if (image.complete) return magnify(canvas, image, box, sheet.width);
    canvas.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
    image.addEventListener("load", () => this.unit === unit && magnify(canvas, image, box, sheet.width), { once: true });
    return undefined;
  }

  /** @param {Unit} unit */
  describe(unit) {
    const { current, document } = this.store.state;
    const sheet = document.sheets.find((/** @type {any} */ one) => one.number === current.sheet);
    const word = byId("now");
    word.textContent = unit.text || t("removed-word");
    word.className = `now-word k-${unit.kind ?? "none"} c-${strength(unit)}`;
    const place = sheet?.page ? t("page-line", { page: sheet.page, line: number(unit.line) }) : t("line-number", { line: number(unit.line) });
    byId("facts").replaceChildren(
      el("span", { class: `fact-status s-${unit.status}` }, this.status(unit)),
      unit.kind && unit.kind !== "same" ? el("span", { class: `fact-kind k-${unit.kind}` }, t(`kind-${unit.kind}`)) : "",
      el("span", {}, place),
    );
  }

  /** @param {Unit} unit */
  status(unit) {
    if (unit.status === "confirmed") return unit.reviewer ? t("confirmed-by", { reviewer: unit.reviewer }) : t("status-confirmed");
    return t(unit.doubt ? "sure-doubt" : "sure", { percent: percent(unit.confidence) });
  }

  /** @param {Unit} unit */
  offer(unit) {
    const buttons = [
      keyButton("⏎", el("span", { class: "text" }, unit.text || t("removed-word")), () => this.act.decide(unit.text), {
        class: "choice stands",
        "aria-label": t("accept", { text: unit.text }),
        "aria-keyshortcuts": "Enter",
      }),
      ...choices(unit).map((text, at) =>
        keyButton(String(at + 1), el("span", { class: "text" }, text), () => this.act.decide(text), { class: "choice" }),
      ),
    ];
    if (unit.text === unit.before) {
      buttons[0].append(el("small", {}, t("original")));
      byId("choices").replaceChildren(...buttons);
      return;
    }
    const original = keyButton("0", el("span", { class: "text" }, unit.before), () => this.act.decide(unit.before), {
      class: "choice was",
      "aria-label": t("take-original", { text: unit.before }),
    });
    original.append(el("small", {}, t("original")));
    byId("choices").replaceChildren(...buttons, original);
  }

  /** The choice with this number, 1 to 9. @param {number} at */
  choose(at) {
    const unit = this.unit;
    const text = unit ? choices(unit)[at - 1] : undefined;
    if (text !== undefined) this.act.decide(text);
  }

  fillOwn() {
    const unit = this.unit;
    if (unit) this.own.value = unit.text;
  }

  edit() {
    this.fillOwn();
    this.own.focus();
    this.own.select();
  }

  /** @param {SubmitEvent} event */
  submitted(event) {
    event.preventDefault();
    const unit = this.unit;
    const text = this.own.value.normalize("NFC").trim().replace(/\s+/g, " ");
    if (!unit) return;
    this.act.decide(text);
    this.act.leave();
  }

  /** What a screen reader says of the word. @param {Unit} unit */
  spoken(unit) {
    const others = choices(unit).map((text, at) => `${at + 1}: ${text}`);
    return [
      t("spoken-word", { text: unit.text, before: unit.before }),
      this.status(unit),
      others.length ? t("spoken-choices", { choices: others.join(", ") }) : "",
      tn("doubts-left", this.store.state.doubts.length),
    ].filter(Boolean).join(". ");
  }
}
