/**
 * Fields that stand in lists, such as those who receive the document: one can be added behind the last, and each taken out.
 */

// Lists that grow, in the order of the panel; signers have several parts each and are set one by one.
export const LISTS = ["header.addressees", "closing.recipients"];

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
  if (list && !fields.some((one) => one.path === set.path)) return insert(fields, list, set);
  if (!list || set.status !== "absent") return fields.map((one) => (one.path === set.path ? { ...one, ...set, suggested: false } : one));
  let at = 0;
  return fields.filter((one) => one.path !== set.path).map((one) => (listOf(one.path) === list ? { ...one, path: `${list}[${at++}]` } : one));
}

/** @param {any[]} fields @param {string} list @param {{path: string, value: string | null, status: string}} set */
function insert(fields, list, set) {
  if (set.status === "absent") return fields;
  const last = fields.findLastIndex((one) => listOf(one.path) === list);
  const added = { ...set, suggested: false, confidence: 1, sheet: null, start: null, revision: 0 };
  return last < 0 ? [...fields, added] : fields.toSpliced(last + 1, 0, added);
}
