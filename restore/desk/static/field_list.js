/**
 * Fields that stand in lists, such as those who receive the document: one can be added behind the last, and each taken out.
 */

// Lists of single fields, in the order of the panel.
export const LISTS = ["header.addressees", "closing.recipients"];

// Of those who signed each has several parts: who is added has a name first.
const SIGNER_RE = /^closing\.signers\[(\d+)\]\.\w+$/;

/** Whether a path is a part of one of those who signed. @param {string} path */
export function isSigner(path) {
  return SIGNER_RE.test(path);
}

/** How many signed. @param {Array<{path: string}>} fields */
export function signersOf(fields) {
  return Math.max(0, ...fields.map((field) => 1 + Number(field.path.match(SIGNER_RE)?.[1] ?? -1)));
}

/** The list that a path is of, or undefined. @param {string} path */
export function listOf(path) {
  return LISTS.find((list) => path.startsWith(`${list}[`) && path.endsWith("]"));
}

/** @param {string} list @param {Array<{path: string}>} fields */
export function lengthOf(list, fields) {
  return fields.filter((field) => listOf(field.path) === list).length;
}

/**
 * The fields when one was set, as the server will have them: one behind the last is added, an absent one of a list is gone and
 * those behind it move up, so that what is decided next names the right one.
 *
 * @param {any[]} fields
 * @param {{path: string, value: string | null, status: string}} set
 */
export function withField(fields, set) {
  const list = listOf(set.path);
  if (!fields.some((one) => one.path === set.path)) return insert(fields, (path) => (list ? listOf(path) === list : isSigner(path)), set);
  if (!list || set.status !== "absent") return fields.map((one) => (one.path === set.path ? { ...one, ...set, suggested: false } : one));
  let at = 0;
  return fields.filter((one) => one.path !== set.path).map((one) => (listOf(one.path) === list ? { ...one, path: `${list}[${at++}]` } : one));
}

/** @param {any[]} fields @param {(path: string) => boolean} alike @param {{path: string, value: string | null, status: string}} set */
function insert(fields, alike, set) {
  if (set.status === "absent") return fields;
  const last = fields.findLastIndex((one) => alike(one.path));
  const added = { ...set, suggested: false, confidence: 1, sheet: null, start: null, revision: 0 };
  return last < 0 ? [...fields, added] : fields.toSpliced(last + 1, 0, added);
}
