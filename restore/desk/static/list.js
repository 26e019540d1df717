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

// Rows drawn at once; thousands of documents are never all in the page.
const ROWS = 150;
const STATES = ["failed", "poor", "review", "good"];

/** @type {{documents: any[], shown: any[], states: Set<string>, drawn: number}} */
const list = { documents: [], shown: [], states: new Set(), drawn: 0 };

/** Words as typed without marks find words with marks. @param {string} text */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();
}

/** @type {Record<string, (one: any, other: any) => number>} */
const SORTS = {
  need: () => 0, // as the server ranks them
  name: (one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }),
  left: (one, other) => left(other) - left(one),
  confidence: (one, other) => (one.confidence ?? 0) - (other.confidence ?? 0),
};

/** Words still to be looked at. @param {any} document */
function left(document) {
  return document.to_review;
}

function choose() {
  const wanted = folded(/** @type {HTMLInputElement} */ (byId("filter")).value).split(/\s+/).filter(Boolean);
  const sort = SORTS[/** @type {HTMLSelectElement} */ (byId("sort")).value];
  list.shown = list.documents
    .filter((one) => !list.states.size || list.states.has(one.state))
    .filter((one) => wanted.every((word) => one.folded.includes(word)))
    .sort(sort);
  list.drawn = 0;
  byId("rows").replaceChildren();
  drawMore();
  byId("shown").textContent = tn("documents", list.shown.length);
}

function drawMore() {
  const next = list.shown.slice(list.drawn, list.drawn + ROWS);
  byId("rows").append(...next.map(row));
  list.drawn += next.length;
  byId("more").hidden = list.drawn >= list.shown.length;
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
    el("td", { class: "number" }, time(one.need_seconds), el("span", { class: "about" }, typeof one.confidence !== "number" ? "" : percent(one.confidence))),
  );
}

/** @param {number} seconds */
function time(seconds) {
  if (!seconds) return "–";
  return seconds < 60 ? t("under-a-minute") : tn("minutes", Math.round(seconds / 60));
}

function drawStates() {
  const chips = STATES.map((state) => {
    const count = list.documents.filter((one) => one.state === state).length;
    const chip = el("button", { type: "button", class: `chip state-${state}`, "aria-pressed": "false", disabled: count === 0 }, `${t(`state-${state}`)} `, el("b", {}, number(count)));
    chip.addEventListener("click", () => {
      const on = !list.states.has(state);
      if (on) list.states.add(state);
      else list.states.delete(state);
      chip.setAttribute("aria-pressed", String(on));
      choose();
    });
    return chip;
  });
  byId("states").replaceChildren(...chips);
}

function drawTotals() {
  const sum = (/** @type {string} */ key) => list.documents.reduce((total, one) => total + (one[key] ?? 0), 0);
  const [todo, done] = [sum("to_review"), sum("decided")];
  const bar = /** @type {HTMLProgressElement} */ (byId("progress-bar"));
  bar.max = Math.max(1, todo + done);
  bar.value = todo + done ? done : 1;
  byId("totals").textContent = [tn("documents", list.documents.length), t("progress", { done: number(done), total: number(todo + done) }), todo ? time(sum("need_seconds")) : ""].filter(Boolean).join("\u2002·\u2002");
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
  const { documents } = await api.documents();
  list.documents = documents;
  for (const one of documents) {
    one.folded = folded([one.name, one.type, one.number, one.issuer, one.date, one.subject].filter(Boolean).join(" "));
  }
  drawStates();
  drawTotals();
  choose();
  byId("filter").addEventListener("input", choose);
  byId("sort").addEventListener("change", choose);
  byId("more").addEventListener("click", drawMore);
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
