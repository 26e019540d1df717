/**
 * The line under the card: what was decided last, how to undo it, and where else it could be decided alike. It never takes the
 * focus and never waits for an answer.
 */

import { byId, el, keyButton } from "./dom.js";
import { documentAddress, number, t, tn } from "./page.js";

export class LastView {
  /**
   * @param {import("./store.js").Store} store
   * @param {{undo: () => void, always: () => void, repeat: () => void}} act
   */
  constructor(store, act) {
    this.store = store;
    this.act = act;
    store.on(["last"], () => this.draw());
  }

  draw() {
    const { last } = this.store.state;
    const line = byId("last");
    if (!last) return line.replaceChildren();
    const before = last.was.map((/** @type {any} */ unit) => unit.before).join(" ");
    const after = last.now.text || t("removed-word");
    const count = last.repeats?.count ?? 0;
    line.replaceChildren(
      before === after
        ? el("span", { class: "done" }, el("b", {}, before), ` ${t("is-right")}`)
        : el("span", { class: "done" }, el("span", { class: "was" }, before), " → ", el("b", {}, after)),
      keyButton("u", t("undo"), this.act.undo),
      keyButton("a", t("always"), this.act.always),
      ...(count && !last.repeated ? this.elsewhere(last.repeats) : []),
    );
    return undefined;
  }

  /** @param {{count: number, documents: number, places: Array<{document: string, line: number, text: string, start?: number}>}} repeats */
  elsewhere(repeats) {
    const words = t("elsewhere", { places: tn("places", repeats.count), documents: tn("documents", repeats.documents) });
    const list = repeats.places.map((place) =>
      el(
        "li",
        {},
        el("a", { href: documentAddress(place.document, place.start ?? null), target: "_blank" }, place.document),
        ` ${t("line-number", { line: number(place.line) })}: `,
        el("q", {}, place.text),
      ),
    );
    const more = repeats.count - list.length;
    if (more > 0) list.push(el("li", {}, tn("and-more", more)));
    return [
      keyButton("r", words, this.act.repeat, { class: "offer" }),
      el("details", { class: "places" }, el("summary", { "aria-label": t("where"), title: t("where") }, ""), el("ul", {}, ...list)),
    ];
  }
}
