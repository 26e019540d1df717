/**
 * The page's picture: framed is the current word, and the picture scrolls so that it is in view. Zoom and pan by keys, wheel and
 * drag; a press on a word chooses it.
 */

import { imageAddress } from "./api.js";
import { byId, el } from "./dom.js";
import { number, t } from "./page.js";

// Enough for the magnifier to be sharp, and one picture for both: a page is fetched once.
export const PICTURE_WIDTH = 1800;
const PICTURES_AHEAD = 2; // pages are large, and the server cuts them from the scan
const PICTURES_KEPT = 10;
const ZOOM_STEP = 1.25;
const ZOOM_RANGE = [0.5, 6];
const PAN_STEP = 90;
const FRAME_MARGIN = 0.2; // of the word's height, so that the frame does not touch the marks above and below

export class PictureView {
  /**
   * @param {string} name of the document
   * @param {import("./store.js").Store} store
   * @param {{choose: (sheet: number, start: number) => void}} act
   */
  constructor(name, store, act) {
    this.name = name;
    this.store = store;
    this.act = act;
    this.root = byId("viewport");
    this.frame = el("div", { class: "frame", "aria-hidden": "true" });
    this.paper = el("div", { class: "paper" });
    this.root.append(this.paper);
    /** @type {Map<number, HTMLImageElement>} */
    this.pictures = new Map();
    this.zoom = 1;
    this.shown = 0;
    this.root.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.root.addEventListener("pointerdown", (event) => this.grab(event));
    store.on(["document", "sheets", "current", "joining"], () => this.draw());
    store.on(["ahead"], () => this.prefetch());
    new ResizeObserver(() => this.size()).observe(this.root);
  }

  /** The page's picture, fetched once. @param {number} page */
  picture(page) {
    let image = this.pictures.get(page);
    if (!image) {
      image = new Image();
      image.alt = t("picture-of-page", { page: number(page) });
      image.draggable = false;
      image.src = imageAddress(this.name, page, PICTURE_WIDTH);
      this.pictures.set(page, image);
      for (const far of [...this.pictures.keys()].slice(0, -PICTURES_KEPT)) this.pictures.delete(far);
    }
    return image;
  }

  draw() {
    const { document, current, sheets } = this.store.state;
    const sheet = document?.sheets.find((/** @type {any} */ one) => one.number === current?.sheet);
    if (!sheet?.image) return;
    if (this.shown !== sheet.page) this.turn(sheet);
    const unit = this.store.state.joining ?? sheets.get(sheet.number)?.units.find((/** @type {any} */ one) => one.start === current.start);
    this.frame.hidden = !unit?.box;
    if (unit?.box) this.point(unit.box, sheet);
  }

  /** @param {{page: number, width: number, height: number}} sheet */
  turn(sheet) {
    this.shown = sheet.page;
    this.paper.style.aspectRatio = `${sheet.width} / ${sheet.height}`;
    const image = this.picture(sheet.page);
    image.addEventListener("error", () => this.store.set({ pictureless: true }), { once: true });
    this.paper.replaceChildren(image, this.frame);
  }

  /** The pictures of the next doubts, when the one that is looked at is there. */
  prefetch() {
    const { ahead, document } = this.store.state;
    const pages = document.sheets.filter((/** @type {any} */ one) => one.image && ahead.includes(one.number)).map((/** @type {any} */ one) => one.page);
    const shown = this.pictures.get(this.shown);
    const fetchAll = () => pages.slice(0, PICTURES_AHEAD).forEach((/** @type {number} */ page) => this.picture(page));
    if (shown?.complete) fetchAll();
    else shown?.addEventListener("load", fetchAll, { once: true });
  }

  /** Frame a box and bring it into view. @param {number[]} box @param {{width: number, height: number}} sheet */
  point([left, top, right, bottom], { width, height }) {
    const margin = FRAME_MARGIN * (bottom - top);
    const style = this.frame.style;
    style.left = `${(100 * (left - margin)) / width}%`;
    style.top = `${(100 * (top - margin)) / height}%`;
    style.width = `${(100 * (right - left + 2 * margin)) / width}%`;
    style.height = `${(100 * (bottom - top + 2 * margin)) / height}%`;
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = this.root;
    const scale = this.paper.offsetWidth / width;
    const [x, y] = [((left + right) / 2) * scale, ((top + bottom) / 2) * scale];
    if (y < scrollTop + clientHeight * 0.2 || y > scrollTop + clientHeight * 0.8) this.root.scrollTop = y - clientHeight / 2;
    if (left * scale < scrollLeft || right * scale > scrollLeft + clientWidth) this.root.scrollLeft = x - clientWidth / 2;
  }

  size() {
    this.paper.style.width = `${Math.round(this.root.clientWidth * this.zoom)}px`;
    this.draw();
  }

  /** @param {number} zoom 1 shows the whole width of the page */
  zoomTo(zoom) {
    this.zoom = Math.min(ZOOM_RANGE[1], Math.max(ZOOM_RANGE[0], zoom));
    byId("zoom-now").textContent = `${Math.round(100 * this.zoom)}\u00a0%`;
    this.size();
  }

  zoomIn() {
    this.zoomTo(this.zoom * ZOOM_STEP);
  }

  zoomOut() {
    this.zoomTo(this.zoom / ZOOM_STEP);
  }

  zoomFit() {
    this.zoomTo(1);
  }

  /** @param {number} right @param {number} down steps */
  pan(right, down) {
    this.root.scrollBy(right * PAN_STEP, down * PAN_STEP);
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    if (!event.ctrlKey) return; // the plain wheel scrolls, as everywhere
    event.preventDefault();
    this.zoomTo(this.zoom * (event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP));
  }

  /** Drag the page; a press without a drag chooses the word under it. @param {PointerEvent} event */
  grab(event) {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const from = { x: event.clientX, y: event.clientY, left: this.root.scrollLeft, top: this.root.scrollTop };
    let moved = false;
    const move = (/** @type {PointerEvent} */ now) => {
      moved = moved || Math.hypot(now.clientX - from.x, now.clientY - from.y) > 4;
      if (!moved) return;
      this.root.scrollLeft = from.left - (now.clientX - from.x);
      this.root.scrollTop = from.top - (now.clientY - from.y);
    };
    const leave = (/** @type {PointerEvent} */ now) => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", leave);
      if (!moved) this.chooseAt(now.clientX, now.clientY);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", leave);
  }

  /** @param {number} clientX @param {number} clientY */
  chooseAt(clientX, clientY) {
    const { document, sheets, current } = this.store.state;
    const sheet = document.sheets.find((/** @type {any} */ one) => one.number === current?.sheet);
    const paper = this.paper.getBoundingClientRect();
    if (!sheet || !paper.width) return;
    const x = ((clientX - paper.left) * sheet.width) / paper.width;
    const y = ((clientY - paper.top) * sheet.height) / paper.height;
    const hit = sheets.get(sheet.number)?.units.find((/** @type {any} */ unit) => within(unit.box, x, y));
    if (hit) this.act.choose(sheet.number, hit.start);
  }
}

/** @param {number[] | null} box @param {number} x @param {number} y */
function within(box, x, y) {
  return box !== null && x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}
