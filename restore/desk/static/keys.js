/**
 * The keys: one table, which the page obeys and the help shows.
 *
 * Letters are commands, so own text begins with `e`; while a field has the focus, or an input method composes a letter, no key is
 * taken from it. Single letters can be switched off (WCAG 2.1.4); what is left then needs no letter.
 */

/** @typedef {{action: string, keys: string[], shown?: string}} Binding `keys` as KeyboardEvent.key, with "ctrl+" before where it is held */

/** @type {ReadonlyArray<{group: string, bindings: ReadonlyArray<Binding>}>} */
export const BINDINGS = [
  {
    group: "keys-decide",
    bindings: [
      { action: "accept", keys: ["Enter"] },
      { action: "choose", keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], shown: "1 … 9" },
      { action: "original", keys: ["0", "o"] },
      { action: "edit", keys: ["e", "F2"] },
      { action: "join", keys: ["m"] },
      { action: "undo", keys: ["u", "ctrl+z"] },
      { action: "redo", keys: ["U", "ctrl+y", "ctrl+Z"], shown: "Shift+U" },
      { action: "repeat", keys: ["r"] },
      { action: "always", keys: ["a"] },
    ],
  },
  {
    group: "keys-move",
    bindings: [
      { action: "next", keys: ["n", "j"] },
      { action: "previous", keys: ["p", "k"] },
      { action: "word-left", keys: ["ArrowLeft"], shown: "←" },
      { action: "word-right", keys: ["ArrowRight"], shown: "→" },
      { action: "line-up", keys: ["ArrowUp"], shown: "↑" },
      { action: "line-down", keys: ["ArrowDown"], shown: "↓" },
      { action: "next-sheet", keys: ["PageDown"] },
      { action: "previous-sheet", keys: ["PageUp"] },
      { action: "next-document", keys: ["]"] },
      { action: "previous-document", keys: ["["] },
      { action: "order", keys: ["t"] },
    ],
  },
  {
    group: "keys-view",
    bindings: [
      { action: "zoom-in", keys: ["+", "="], shown: "+" },
      { action: "zoom-out", keys: ["-"] },
      { action: "zoom-fit", keys: ["f"] },
      { action: "pan-left", keys: ["shift+ArrowLeft"], shown: "Shift+←" },
      { action: "pan-right", keys: ["shift+ArrowRight"], shown: "Shift+→" },
      { action: "pan-up", keys: ["shift+ArrowUp"], shown: "Shift+↑" },
      { action: "pan-down", keys: ["shift+ArrowDown", " "], shown: "Shift+↓" },
      { action: "panel", keys: ["g"] },
      { action: "search", keys: ["/"] },
      { action: "help", keys: ["?", "F1"] },
      { action: "leave", keys: ["Escape"], shown: "Esc" },
    ],
  },
];

// A key that is held down too long decides one word.
const DECIDING = new Set(["Enter", "0", "o", ..."123456789"]);

const BY_KEY = new Map(BINDINGS.flatMap(({ bindings }) => bindings.flatMap(({ action, keys }) => keys.map((key) => [key, action]))));

/**
 * The action that a key asks for, or null where the key belongs to somebody else.
 *
 * @param {KeyboardEvent} event
 * @param {boolean} letters whether single letters are commands
 * @returns {{action: string, key: string} | null}
 */
export function actionFor(event, letters = true) {
  if (event.isComposing || event.key === "Process" || event.altKey || event.metaKey) return null;
  const name = nameOf(event);
  const action = BY_KEY.get(name);
  if (!action || (!letters && /^\p{L}$/u.test(name))) return null;
  if (isField(event.target) || (isControl(event.target) && (event.key === "Enter" || event.key === " "))) {
    return action === "leave" ? { action, key: event.key } : null;
  }
  if (event.repeat && DECIDING.has(name)) return { action: "nothing", key: event.key };
  return { action, key: event.key };
}

/** @param {KeyboardEvent} event */
function nameOf(event) {
  if (event.ctrlKey) return `ctrl+${event.key}`;
  return event.shiftKey && event.key.startsWith("Arrow") ? `shift+${event.key}` : event.key;
}

/** Whether somebody types there. @param {EventTarget | null} target */
export function isField(target) {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

/** Whether Enter and the space bar press it. @param {EventTarget | null} target */
function isControl(target) {
  return target instanceof HTMLElement && target.closest("button, a[href], summary, input[type=checkbox], [role=tab]") !== null;
}
