/** The kinds of change that the text marks, each by a hue and a line of its own (`desk.css`). */
export const KINDS = Object.freeze([
  "tone", "mark", "letter", "split", "merge", "case", "punctuation", "number", "encoding", "drop", "mixed",
]);
