/**
 * How much is done and how long the rest takes, and whether everything is saved.
 */

import { byId } from "./dom.js";
import { number, t, tn } from "./page.js";

// Until the reviewer's own pace is known. Assumed, not measured, like the time in the list (A_WORD in review/triage.py).
const ASSUMED_SECONDS = 6;
const PACE_AFTER = 5; // decisions
const LONGEST_PAUSE_MS = 30_000; // longer ones are no part of the pace: somebody left the desk

export class ProgressView {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    /** @type {number[]} */
    this.pauses = [];
    this.before = 0;
    this.last = null;
    store.on(["doubts", "document", "last"], () => this.draw());
    store.on(["pending", "trouble"], () => this.drawSaved());
  }

  draw() {
    const { document, doubts, last } = this.store.state;
    if (!document) return;
    if (last && last !== this.last) this.beat();
    this.last = last;
    const total = Math.max(document.to_review + document.decided, doubts.length);
    const done = total - doubts.length;
    const bar = /** @type {HTMLProgressElement} */ (byId("progress-bar"));
    bar.max = Math.max(1, total);
    bar.value = total ? done : 1;
    const words = total ? t("progress", { done: number(done), total: number(total) }) : t("no-doubts");
    byId("progress-text").textContent = doubts.length ? `${words}\u2002·\u2002${this.time(doubts.length)}` : words;
  }

  beat() {
    const now = performance.now();
    if (this.before && now - this.before < LONGEST_PAUSE_MS) this.pauses.push(now - this.before);
    this.before = now;
  }

  /** @param {number} left */
  time(left) {
    const recent = this.pauses.slice(-50);
    const mean = recent.reduce((sum, pause) => sum + pause, 0) / 1000 / recent.length;
    const seconds = left * (recent.length >= PACE_AFTER ? mean : ASSUMED_SECONDS);
    return seconds < 60 ? t("under-a-minute") : tn("minutes-left", Math.round(seconds / 60));
  }

  drawSaved() {
    const { pending, trouble } = this.store.state;
    const saved = byId("saved");
    const state = trouble ? "trouble" : pending ? "saving" : "saved";
    saved.dataset.state = state;
    const words = trouble ? t("not-saved", { count: pending, reason: trouble }) : t(pending ? "saving" : "saved");
    if (saved.textContent !== words) saved.textContent = words;
  }
}
