/**
 * The current word enlarged with what stands around it: cut from the page's picture, or the original line in large letters where
 * there is no picture.
 */

import { el } from "./dom.js";

// Height of the word in the strip, CSS pixels: marks above and below are told apart at a glance.
const WORD_HEIGHT = 38;
const LARGEST_SCALE = 3.2; // of a picture's pixel; more shows squares

/**
 * Draw the strip around a box.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLImageElement} image complete
 * @param {[number, number, number, number]} box in pixels of the page
 * @param {number} pageWidth of the page that the box refers to
 */
export function magnify(canvas, image, box, pageWidth) {
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  if (!pen || !width || !image.naturalWidth) return;
  const shrunk = image.naturalWidth / pageWidth;
  const [left, top, right, bottom] = box.map((value) => value * shrunk);
  const tall = Math.max(1, bottom - top);
  const scale = Math.min(LARGEST_SCALE, WORD_HEIGHT / tall, (0.9 * width) / (right - left));
  pen.setTransform(ratio * scale, 0, 0, ratio * scale, 0, 0);
  pen.imageSmoothingQuality = "high";
  const x = Math.max(0, (left + right) / 2 - width / scale / 2);
  const y = (top + bottom) / 2 - height / scale / 2;
  pen.drawImage(image, -x, -y);
  frame(pen, [left - x, top - y, right - x, bottom - y], scale, getComputedStyle(canvas).getPropertyValue("--now"));
}

/** @param {CanvasRenderingContext2D} pen @param {number[]} box @param {number} scale @param {string} colour */
function frame(pen, [left, top, right, bottom], scale, colour) {
  const margin = 4 / scale;
  pen.strokeStyle = colour.trim() || "blue";
  pen.lineWidth = 2 / scale;
  pen.strokeRect(left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin);
}

/**
 * The original line with the word marked.
 *
 * @param {import("./units.js").Unit[]} units of the sheet
 * @param {import("./units.js").Unit} unit
 */
export function originalLine(units, unit) {
  const parts = units
    .filter((one) => one.line === unit.line)
    .flatMap((one) => [one.start === unit.start ? el("mark", {}, one.before) : one.before, " "]);
  return el("p", { class: "enlarged-line" }, ...parts);
}
