/**
 * Units of deciding: the words that share one span of the original are decided together. Pure functions.
 *
 * @typedef {[number, number, number, number]} Box left, top, right, bottom in pixels of the page
 * @typedef {{start: number, end: number, text: string, before: string, space: string, line: number, box: Box | null,
 *   confidence: number, kind: string | null, status: string, doubt: boolean, alternatives: string[], suggestion: string | null,
 *   source: string | null, reviewer: string | null, decision: string | null, group?: boolean}} Word as the server tells it
 * @typedef {Omit<Word, "group">} Unit one span of the original with the text that stands for it
 * @typedef {{sheet: number, start: number, end: number, confidence: number}} Doubt
 */

/**
 * The units of a sheet's words.
 *
 * @param {Word[]} words
 * @returns {Unit[]}
 */
export function unitsOf(words) {
  /** @type {Unit[]} */
  const units = [];
  for (const word of words) {
    const last = units.at(-1);
    if (!word.group || !last || last.start !== word.start) {
      units.push({ ...word });
      continue;
    }
    last.text += last.space + word.text;
    last.space = word.space;
    last.box = union(last.box, word.box);
    last.doubt = last.doubt || word.doubt;
    last.confidence = Math.min(last.confidence, word.confidence);
  }
  return units;
}

/**
 * The smallest box around both.
 *
 * @param {Box | null} one
 * @param {Box | null} other
 * @returns {Box | null}
 */
export function union(one, other) {
  if (!one || !other) return one ?? other;
  return [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])];
}

/**
 * What else may be chosen, numbered from 1: a suggestion first, then the alternatives; neither what stands nor the original,
 * which have keys of their own. There are nine keys.
 *
 * @param {Unit} unit
 * @returns {string[]}
 */
export function choices(unit) {
  const found = new Set(unit.suggestion === null ? unit.alternatives : [unit.suggestion, ...unit.alternatives]);
  found.delete(unit.text);
  found.delete(unit.before);
  return [...found].slice(0, 9);
}

/**
 * The unit after a person decided it; what stood is kept among the choices.
 *
 * @param {Unit} unit
 * @param {string} after
 * @param {string} reviewer
 * @returns {Unit}
 */
export function decided(unit, after, reviewer) {
  const alternatives = [unit.text, ...unit.alternatives].filter((text) => text !== after && text !== unit.before);
  return {
    ...unit,
    text: after,
    kind: after === unit.before ? "same" : after === unit.text ? unit.kind : "mixed",
    status: "confirmed",
    doubt: false,
    confidence: 1,
    alternatives: [...new Set(alternatives)],
    suggestion: null,
    source: "reviewer",
    reviewer,
    decision: null,
  };
}

/**
 * Two neighbours as one, to be typed anew: the blank between them was false.
 *
 * @param {Unit} one
 * @param {Unit} other
 * @returns {Unit}
 */
export function joined(one, other) {
  return {
    ...one,
    end: other.end,
    text: one.text + other.text,
    before: one.before + " ".repeat(Math.max(0, other.start - one.end)) + other.before,
    space: other.space,
    box: union(one.box, other.box),
    alternatives: [],
    suggestion: null,
  };
}

/** @typedef {"doubt" | "reading"} Order */

/**
 * Compares doubts: the least certain first, or as one reads.
 *
 * @param {Order} order
 * @returns {(one: {start: number, confidence: number}, other: {start: number, confidence: number}) => number}
 */
export function comparing(order) {
  if (order === "reading") return (one, other) => one.start - other.start;
  return (one, other) => one.confidence - other.confidence || one.start - other.start;
}

/**
 * The doubt after, or before, a place in an order; past the end it begins anew, so that nothing that was passed over is forgotten.
 *
 * @param {Doubt[]} doubts
 * @param {{start: number, confidence: number}} from
 * @param {1 | -1} step
 * @param {Order} order
 * @returns {Doubt | null}
 */
export function neighbour(doubts, from, step, order) {
  const compare = comparing(order);
  const sorted = [...doubts].sort(compare);
  if (step < 0) sorted.reverse();
  return sorted.find((doubt) => step * compare(doubt, from) > 0) ?? sorted[0] ?? null;
}

/**
 * The doubts that come next in an order, nearest first.
 *
 * @param {Doubt[]} doubts
 * @param {{start: number, confidence: number}} from
 * @param {Order} order
 * @param {number} count
 */
export function ahead(doubts, from, order, count) {
  const compare = comparing(order);
  return doubts.filter((doubt) => compare(doubt, from) > 0).sort(compare).slice(0, count);
}

/**
 * How uncertain a word is, in four steps from 0 (certain) to 3; the page marks it the stronger.
 *
 * @param {Unit} unit
 */
export function strength(unit) {
  if (unit.status === "confirmed") return 0;
  if (unit.confidence < 0.5) return 3;
  if (unit.confidence < 0.8) return 2;
  return unit.doubt || unit.confidence < 0.95 ? 1 : 0;
}
