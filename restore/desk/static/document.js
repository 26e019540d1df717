/**
 * The review page of one document: makes the parts and joins them.
 */

import { api } from "./api.js";
import { CardView } from "./card_view.js";
import { Desk } from "./desk.js";
import { askConflict, askFieldConflict, askName, askScope, showHelp } from "./dialogs.js";
import { byId } from "./dom.js";
import { actionFor } from "./keys.js";
import { LastView } from "./last_view.js";
import { OriginalView } from "./original_view.js";
import { documentAddress, page, t } from "./page.js";
import { Panel } from "./panel.js";
import { PictureView } from "./picture_view.js";
import { ProgressView } from "./progress_view.js";
import { Queue } from "./queue.js";
import { keepSetting, setting } from "./settings.js";
import { Store } from "./store.js";
import { TextView } from "./text_view.js";
import { say } from "./toast.js";
import { prepareTop } from "./top.js";

const LOOK_EVERY_MS = 4000; // for what other people decide

const store = new Store({
  document: null,
  sheets: new Map(),
  doubts: [],
  fields: [],
  order: setting("order", "doubt"),
  current: null,
  ahead: [],
  joining: null,
  finished: false,
  pictureless: false,
  last: null,
  undone: [],
  pending: 0,
  trouble: null,
  reviewer: setting("reviewer"),
});
const queue = new Queue((pending, trouble) => store.set({ pending, trouble }));
const desk = new Desk(page.name, api, store, queue, { conflict: askConflict, fieldConflict: askFieldConflict, say });
const go = { choose: (/** @type {number} */ sheet, /** @type {number} */ start) => void desk.goTo(sheet, start) };
const picture = new PictureView(page.name, store, go);
const text = new TextView(byId("text"), store, { ...go, need: (sheet) => void desk.sheet(sheet).catch(() => {}) });
new OriginalView(store, go);
const card = new CardView(store, {
  unit: () => desk.unit,
  decide,
  picture: (number) => picture.picture(number),
  leave: () => byId("text").focus({ preventScroll: true }),
  following: () => void open("next"),
});
new LastView(store, { undo: () => desk.undo(), repeat: () => desk.repeat(), always });
new ProgressView(store);
const panel = new Panel(store, {
  goTo: go.choose,
  goToPlace: (start) => void desk.goToPlace(start),
  setField: (field) => desk.setField(field),
  undo: (decision) => desk.undoDecision(decision),
  wanted: () => desk.stale && void desk.refresh(),
});

/** @param {string} after */
function decide(after) {
  desk.decide(after);
  // The button that was pressed is gone: the keyboard is for the text again.
  byId("text").focus({ preventScroll: true });
}

async function always() {
  const last = store.state.last;
  if (!last) return say("decide-first");
  const scope = await askScope(last.was.map((/** @type {any} */ unit) => unit.before).join(" "), last.now.text);
  if (scope) desk.always(scope);
  return undefined;
}

/** To another document, when everything is saved. @param {"next" | "previous"} which */
async function open(which) {
  const name = store.state.document?.[which];
  if (!name) return say("no-more-documents");
  await queue.drained();
  location.href = documentAddress(name);
  return undefined;
}

function accept() {
  if (store.state.finished) return void open("next");
  const unit = store.state.joining ?? desk.unit;
  if (unit) decide(unit.text);
  return undefined;
}

function takeOriginal() {
  if (desk.unit && !store.state.finished) decide(desk.unit.before);
}

function togglePanel() {
  const hidden = byId("desk").classList.toggle("no-panel");
  byId("panel-button").setAttribute("aria-expanded", String(!hidden));
  keepSetting("panel", hidden ? "closed" : "open");
  if (!hidden) byId("panel").querySelector("input")?.focus();
}

/** To the line above or below. @param {1 | -1} step */
function line(step) {
  const place = text.vertical(step);
  if (place) void desk.goTo(place.sheet, place.start);
}

function leave() {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  store.set({ joining: null });
  byId("text").focus({ preventScroll: true });
}

function toggleOrder() {
  desk.toggleOrder();
  keepSetting("order", store.state.order);
}

/** @type {Record<string, (key: string) => unknown>} */
const ACTIONS = {
  nothing: () => {},
  accept,
  choose: (key) => !store.state.finished && card.choose(Number(key)),
  original: takeOriginal,
  edit: () => !store.state.finished && card.edit(),
  join: () => {
    desk.join();
    setTimeout(() => card.edit());
  },
  undo: () => desk.undo(),
  redo: () => desk.redo(),
  repeat: () => desk.repeat(),
  always,
  next: () => desk.next(1),
  previous: () => desk.next(-1),
  "word-left": () => desk.step(-1),
  "word-right": () => desk.step(1),
  "line-up": () => line(-1),
  "line-down": () => line(1),
  "next-sheet": () => desk.turn(1),
  "previous-sheet": () => desk.turn(-1),
  "next-document": () => open("next"),
  "previous-document": () => open("previous"),
  order: toggleOrder,
  "zoom-in": () => picture.zoomIn(),
  "zoom-out": () => picture.zoomOut(),
  "zoom-fit": () => picture.zoomFit(),
  "pan-left": () => picture.pan(-1, 0),
  "pan-right": () => picture.pan(1, 0),
  "pan-up": () => picture.pan(0, -1),
  "pan-down": () => picture.pan(0, 1),
  panel: togglePanel,
  search: () => byId("search-input").focus(),
  help: showHelp,
  leave,
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const found = actionFor(event, setting("letters", "on") === "on");
  if (!found) return;
  event.preventDefault();
  ACTIONS[found.action](found.key);
});

/** Buttons name their action; the keys and they do the same. */
for (const button of document.querySelectorAll("[data-action]")) {
  button.addEventListener("click", () => ACTIONS[/** @type {HTMLElement} */ (button).dataset.action ?? ""](""));
}

window.addEventListener("beforeunload", (event) => {
  if (queue.pending) event.preventDefault();
});

store.on(["order"], ({ order }) => (byId("order-button").textContent = t(`order-${order}`)));
store.on(["document"], ({ document: summary }) => {
  byId("title").textContent = summary.title || summary.name;
  document.title = `${summary.title || summary.name} · restore`;
  byId("next-document").toggleAttribute("disabled", !summary.next);
  byId("previous-document").toggleAttribute("disabled", !summary.previous);
});
store.on(["current", "document"], ({ current, document: summary }) => {
  const sheet = summary?.sheets.find((/** @type {any} */ one) => one.number === current?.sheet);
  if (sheet) byId("sheet-now").textContent = t("sheet-of", { sheet: sheet.number, count: summary.sheets.length });
});

/** Where the address points to: a place of the original, or one of the restored text. */
async function wantedPlace() {
  const query = new URLSearchParams(location.search);
  if (query.has("at")) return (await api.place(page.name, Number(query.get("at")))).start;
  return query.has("place") ? Number(query.get("place")) : null;
}

async function begin() {
  prepareTop({ letters: true, reviewerChanged: (/** @type {string} */ reviewer) => store.set({ reviewer }) });
  if (setting("panel", innerWidth < 1200 ? "closed" : "open") === "closed") byId("desk").classList.add("no-panel");
  panel.open("fields");
  store.set({ order: store.state.order, pending: 0 });
  if (!store.state.reviewer) {
    const reviewer = await askName("");
    keepSetting("reviewer", reviewer);
    store.set({ reviewer });
    byId("reviewer").textContent = reviewer;
  }
  await desk.open(await wantedPlace());
  byId("text").focus({ preventScroll: true });
  setInterval(() => document.visibilityState === "visible" && desk.look().catch(() => {}), LOOK_EVERY_MS);
}

begin().catch((error) => say("cannot-open", { reason: error.message }));
