/**
 * Talks with the server. Everything lies below the page's own token.
 */

import { page, pathOf, t } from "./page.js";

/** The server said no; `body` is what it said. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {Record<string, any>} body
   */
  constructor(status, body) {
    super(body.error ?? `HTTP ${status}`);
    this.status = status;
    this.body = body;
  }
}

/** The server could not be reached: worth trying again. */
export class Unreachable extends Error {}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(`${page.root}/${path}`, options);
  } catch {
    throw new Unreachable(t("unreachable"));
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

/** @param {string} path @param {object} body */
function post(path, body) {
  return call(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

export const api = Object.freeze({
  /** A page of the list. @param {Record<string, string>} asked filters, order and where the page begins */
  documents: (asked) => call(`api/documents?${new URLSearchParams({ ...asked, lang: page.lang })}`),
  /** @param {string} name */
  document: (name) => call(`api/document/${pathOf(name)}?lang=${page.lang}`),
  /** @param {string} name @param {number} sheet */
  sheet: (name, sheet) => call(`api/sheet/${sheet}/${pathOf(name)}`),
  /** @param {string} name */
  revision: (name) => call(`api/revision/${pathOf(name)}`),
  /** @param {Record<string, string>} asked words and filters */
  search: (asked) => call(`api/search?${new URLSearchParams({ ...asked, lang: page.lang })}`),
  /** The sheet and the place in the original of a place in restored.txt. @param {string} name @param {number} at */
  place: (name, at) => call(`api/place/${at}/${pathOf(name)}`),
  /** @param {object} body */
  decide: (body) => post("api/decide", body),
  /** @param {object} body */
  undo: (body) => post("api/undo", body),
  /** @param {object} body */
  repeat: (body) => post("api/repeat", body),
  /** @param {object} body */
  rule: (body) => post("api/rule", body),
  /** @param {object} body */
  field: (body) => post("api/field", body),
});

/**
 * The address of a page's picture.
 *
 * @param {string} name
 * @param {number} number
 * @param {number} width at most so many pixels
 */
export function imageAddress(name, number, width) {
  return `${page.root}/image/${number}/${pathOf(name)}?width=${width}`;
}
