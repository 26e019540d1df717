/**
 * The list: documents ranked by how much a person is needed, with what is left to do.
 */

import { api } from "./api.js";
import { askName } from "./dialogs.js";
import { byId, el } from "./dom.js";
import { isField } from "./keys.js";
import { documentAddress, number, percent, t, tn } from "./page.js";
import { keepSetting, setting } from "./settings.js";
import { say } from "./toast.js";
import { prepareTop } from "./top.js";

const STATES = ["failed", "poor", "review", "good"];
const TYPING_MS = 200; // a batch may be large: it is searched when somebody pauses
const PATIENCE_MS = 500; // so long nobody is told that it takes a while

// The server ranks, filters and counts; of a million documents only those that are shown come here.
/** @type {{states: Set<string>, next: number, asked: number}} */
const list = { states: new Set(), next: 0, asked: 0 };

/** The first page of what is wanted now, or the next one. @param {boolean} [more] */
async function load(more = false) {
  const asked = ++list.asked;
  const words = /** @type {HTMLInputElement} */ (byId("filter")).value;
  const sort = /** @type {HTMLSelectElement} */ (byId("sort")).value;
  byId("rows").setAttribute("aria-busy", "true");
  const wait = setTimeout(() => asked === list.asked && (byId("shown").textContent = t("loading")), PATIENCE_MS);
  const wanted = { state: [...list.states].join(","), q: words, sort, from: String(more ? list.next : 0) };
  const found = await api.documents(wanted).finally(() => clearTimeout(wait));
  if (asked !== list.asked) return null; // something else has been asked for meanwhile
  list.next = found.next;
  const rows = found.documents.map(row);
  if (more) byId("rows").append(...rows);
  else byId("rows").replaceChildren(...rows);
  byId("rows").removeAttribute("aria-busy");
  byId("more").hidden = list.next >= found.count;
  byId("shown").textContent = tn("documents", found.count);
  return found.totals;
}

/** @param {boolean} [more] */
function show(more = false) {
  return load(more).catch((error) => say("cannot-open", { reason: error.message }));
}

/** More rows; the keyboard goes on with the first of them. */
async function showMore() {
  const before = byId("rows").children.length;
  await show(true);
  if (document.activeElement === document.body || byId("more").hidden) byId("rows").children[before]?.querySelector("a")?.focus();
}

/** @param {any} one */
function row(one) {
  const title = [one.type, one.number].filter(Boolean).join(" ");
  const about = [one.issuer, one.date && printedDate(one.date)].filter(Boolean).join(", ");
  const total = one.to_review + one.decided;
  // Nothing is left of a failed file to be looked at: it has no page.
  const name = one.state === "failed" ? el("span", {}, one.name) : el("a", { href: documentAddress(one.name) }, title || one.name);
  const bar = el("progress", { max: Math.max(1, total), value: total ? one.decided : 1, "aria-label": t("progress", { done: one.decided, total }) });
  return el(
    "tr",
    { class: `state-${one.state}` },
    el("td", {}, el("div", { class: "what" }, el("span", { class: "state" }, t(`state-${one.state}`)), name, el("span", { class: "subject" }, one.subject ?? one.error ?? ""), el("span", { class: "about" }, [about, title ? one.name : ""].filter(Boolean).join(" · ")))),
    el("td", { class: "why" }, el("ul", {}, ...(one.reasons ?? []).map((/** @type {any} */ reason) => el("li", {}, reason.count > 1 ? `${reason.label} ${number(reason.count)}` : reason.label)))),
    total ? el("td", { class: "done" }, bar, `${number(one.decided)} / ${number(total)}`) : el("td", { class: "done" }, "–"),
    el("td", { class: "number" }, time(one.need_seconds), el("span", { class: "about" }, one.state === "failed" ? "" : percent(one.confidence))),
  );
}

/** @param {number} seconds */
function time(seconds) {
  if (!seconds) return "–";
  return seconds < 60 ? t("under-a-minute") : tn("minutes", Math.round(seconds / 60));
}

/** @param {Record<string, number>} counts of the documents in each state */
function drawStates(counts) {
  const chips = STATES.map((state) => {
    const count = counts[state] ?? 0;
    const chip = el("button", { type: "button", class: `chip state-${state}`, "aria-pressed": "false", disabled: count === 0 }, `${t(`state-${state}`)} `, el("b", {}, number(count)));
    chip.addEventListener("click", () => {
      const on = !list.states.has(state);
      if (on) list.states.add(state);
      else list.states.delete(state);
      chip.setAttribute("aria-pressed", String(on));
      void show();
    });
    return chip;
  });
  byId("states").replaceChildren(...chips);
}

/** @param {{documents: number, to_review: number, decisions: number, need_seconds: number}} totals */
function drawTotals({ documents, to_review: todo, decisions: done, need_seconds: seconds }) {
  const bar = /** @type {HTMLProgressElement} */ (byId("progress-bar"));
  bar.max = Math.max(1, todo + done);
  bar.value = todo + done ? done : 1;
  byId("totals").textContent = [tn("documents", documents), t("progress", { done: number(done), total: number(todo + done) }), todo ? time(seconds) : ""].filter(Boolean).join("\u2002·\u2002");
}

/** Up and down the rows; the links themselves have the focus, so Enter opens. @param {1 | -1} step */
function move(step) {
  const links = [...byId("rows").querySelectorAll("a")];
  const at = links.findIndex((link) => link === document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || isField(event.target) || document.querySelector("dialog[open]")) return;
  const step = { ArrowDown: 1, j: 1, n: 1, ArrowUp: -1, k: -1, p: -1 }[event.key];
  if (step) move(/** @type {1 | -1} */ (step));
  else if (event.key === "/") byId("filter").focus();
  else return;
  event.preventDefault();
});

async function begin() {
  prepareTop({});
  if (!setting("reviewer")) {
    keepSetting("reviewer", await askName(""));
    byId("reviewer").textContent = setting("reviewer");
  }
  byId("shown").textContent = t("loading");
  const totals = await load();
  if (totals) {
    drawStates(totals.states);
    drawTotals(totals);
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  byId("filter").addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => void show(), TYPING_MS);
  });
  byId("sort").addEventListener("change", () => void show());
  byId("more").addEventListener("click", () => void showMore());
}

begin().catch((error) => say("cannot-open", { reason: error.message }));

/**
 * A date as documents print it: day, month, year, as far as they were filled in.
 *
 * @param {string} iso "2023-04-05", or "2023-04" where the day was left blank
 */
function printedDate(iso) {
  return iso.split("-").reverse().join("/");
}
