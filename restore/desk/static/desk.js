/**
 * The desk: moves from word to word and takes decisions. A decision stands on the page at once and goes to the server behind the
 * reviewer's back; where the server says no, the word comes back.
 *
 * @typedef {import("./units.js").Unit} Unit
 * @typedef {import("./units.js").Doubt} Doubt
 * @typedef {{number: number, revision: any, units: Unit[]}} Sheet
 * @typedef {{sheet: number, start: number}} Place
 * @typedef {{sheet: number, was: Unit[], now: Unit, doubts: Doubt[], decision: string | null, undo: string | null,
 *   repeats: any, state: "standing" | "undone" | "failed"}} Act one decision of this sitting
 */

import { Refused } from "./api.js";
import { withField } from "./field_list.js";
import { ahead, decided, joined, neighbour, unitsOf } from "./units.js";

// Sheets whose words are kept in memory; those let go are fetched again when they are needed.
const KEPT_SHEETS = 24;
// Doubts whose sheets are fetched before they are asked for: least certain first, each may lie on a page of its own.
const AHEAD = 4;
// Fields, sections and history are read anew when the reviewer pauses: for a long document that is work for the server.
const IDLE_MS = 5000;
const BEHIND_MS = 15_000; // and so much later where the server has not made them yet

export class Desk {
  /**
   * @param {string} name of the document
   * @param {typeof import("./api.js").api} api
   * @param {import("./store.js").Store} store
   * @param {import("./queue.js").Queue} queue
   * @param {{conflict: (theirs: Record<string, any>, mine: string) => Promise<boolean>,
   *   fieldConflict: (theirs: Record<string, any>, mine: {path: string, value: string | null, status: string}) => Promise<boolean>,
   *   say: (key: string, values?: object) => void}} people
   */
  constructor(name, api, store, queue, people) {
    this.name = name;
    this.api = api;
    this.store = store;
    this.queue = queue;
    this.people = people;
    /** @type {Map<number, Promise<Sheet>>} */
    this.loading = new Map();
    /** @type {Act[]} */
    this.acts = [];
    // Where the reviewer is in the order of doubts; clicking another word does not lose it.
    this.cursor = { start: -1, confidence: -1 };
    /** @type {{number: number, start: number | null} | null} where the reviewer is going */
    this.wish = null;
    // Whether fields, sections and history may be others than those read last, because of what was decided here.
    this.stale = false;
    this.active = 0;
    // Fields that were set here: how many ever, and how many of them the server does not have yet.
    this.fieldsSet = 0;
    this.fieldsUnsent = 0;
  }

  get state() {
    return this.store.state;
  }

  /** The unit under the cursor. @returns {Unit | null} */
  get unit() {
    const { current, sheets } = this.state;
    return sheets.get(current?.sheet)?.units.find((/** @type {Unit} */ unit) => unit.start === current.start) ?? null;
  }

  /** Read the document; begin at a place of the original, or at the first doubt. @param {number | null} place */
  async open(place) {
    const document = await this.api.document(this.name);
    this.revision = document.revision;
    seen(document);
    this.store.set({ document, doubts: document.doubts, fields: document.fields });
    if (place !== null) await this.goToPlace(place);
    else if (document.doubts.length) await this.next(1);
    else if (document.sheets.length) {
      await this.goTo(document.sheets[0].number, null);
      this.store.set({ finished: true }); // Enter goes on to the next document, and decides no word that nobody asked about
    }
  }

  /** The words of a sheet, fetched once. @param {number} number @returns {Promise<Sheet>} */
  sheet(number) {
    const known = this.loading.get(number);
    if (known) return known;
    const promise = this.fetchSheet(number);
    this.loading.set(number, promise);
    promise.catch(() => this.loading.delete(number));
    return promise;
  }

  /** @param {number} number */
  async fetchSheet(number) {
    const { revision, words } = await this.api.sheet(this.name, number);
    const sheet = { number, revision, units: unitsOf(words) };
    this.keep(sheet);
    return sheet;
  }

  /** Keep a sheet; of those that were not used for long, some are let go, but never where the reviewer is or goes. @param {Sheet} sheet */
  keep(sheet) {
    const sheets = new Map(this.state.sheets);
    sheets.delete(sheet.number);
    sheets.set(sheet.number, sheet);
    const needed = [sheet.number, this.state.current?.sheet, this.wish?.number];
    for (const number of [...sheets.keys()].slice(0, Math.max(0, sheets.size - KEPT_SHEETS))) {
      if (needed.includes(number)) continue;
      sheets.delete(number);
      this.loading.delete(number);
    }
    this.store.set({ sheets });
  }

  /** Go to a word, or to the first one of a sheet. @param {number} number @param {number | null} start */
  async goTo(number, start) {
    const wish = (this.wish = { number, start });
    // While a sheet is fetched there is no current word: a key pressed for the next one must not decide the last one again.
    if (!this.state.sheets.has(number)) this.store.set({ current: { sheet: number, start: null }, joining: null, finished: false });
    const sheet = this.state.sheets.get(number) ?? (await this.sheet(number).catch((error) => this.fail(error)));
    if (!sheet || this.wish !== wish) return; // the reviewer has gone elsewhere meanwhile
    if (!this.state.sheets.has(number)) this.keep(sheet);
    const units = sheet.units;
    const unit = start === null ? units[0] : (units.find((/** @type {Unit} */ one) => one.end > start) ?? units.at(-1));
    this.store.set({ current: { sheet: number, start: unit?.start ?? null }, joining: null, finished: false });
    this.prefetch(number);
  }

  /** Go to a place of the original. @param {number} place */
  async goToPlace(place) {
    const sheets = this.state.document.sheets;
    const at = sheets.findLast((/** @type {any} */ sheet) => sheet.start <= place) ?? sheets[0];
    if (at) await this.goTo(at.number, place);
  }

  /** The sheets of the next doubts and the neighbours are fetched before they are asked for. @param {number} number */
  prefetch(number) {
    const next = ahead(this.state.doubts, this.cursor, this.state.order, AHEAD).map((doubt) => doubt.sheet);
    this.store.set({ ahead: next });
    for (const wanted of new Set([...next, number + 1, number - 1])) {
      if (this.state.document.sheets.some((/** @type {any} */ one) => one.number === wanted)) void this.sheet(wanted).catch(() => {});
    }
  }

  /** To the next or the previous doubt. @param {1 | -1} step */
  async next(step) {
    const { unit } = this;
    // Several doubts may lie in one unit, which is decided as a whole: the next one is another unit.
    const others = unit ? this.state.doubts.filter((/** @type {Doubt} */ one) => !meets(one, unit)) : this.state.doubts;
    const doubt = neighbour(others.length ? others : this.state.doubts, this.cursor, step, this.state.order);
    if (!doubt) return this.store.set({ finished: true });
    this.cursor = doubt;
    return this.goTo(doubt.sheet, doubt.start);
  }

  /** Switch between least certain first and reading order. */
  toggleOrder() {
    const order = this.state.order === "doubt" ? "reading" : "doubt";
    const { unit } = this;
    if (unit) this.cursor = unit;
    this.store.set({ order });
  }

  /** To the neighbouring word, over the edges of sheets. @param {1 | -1} step */
  async step(step) {
    const { current, sheets, document } = this.state;
    if (!current) return;
    const units = sheets.get(current.sheet)?.units ?? [];
    const at = units.findIndex((/** @type {Unit} */ unit) => unit.start === current.start) + step;
    if (units[at]) return this.goTo(current.sheet, units[at].start);
    const number = current.sheet + step;
    if (!document.sheets.some((/** @type {any} */ one) => one.number === number)) return;
    const sheet = await this.sheet(number).catch((error) => this.fail(error));
    if (sheet) await this.goTo(number, (step > 0 ? sheet.units[0] : sheet.units.at(-1))?.start ?? null);
  }

  /** To another sheet. @param {1 | -1} step */
  turn(step) {
    const { current, document } = this.state;
    const number = (current?.sheet ?? 0) + step;
    if (document.sheets.some((/** @type {any} */ one) => one.number === number)) return this.goTo(number, null);
    return undefined;
  }

  /** Take the next word into the current one. */
  join() {
    const { current, sheets } = this.state;
    const units = sheets.get(current?.sheet)?.units ?? [];
    const at = units.findIndex((/** @type {Unit} */ unit) => unit.start === current.start);
    const one = this.state.joining ?? units[at];
    const other = one && units.find((/** @type {Unit} */ unit) => unit.start >= one.end);
    if (other) this.store.set({ joining: joined(one, other) });
  }

  /** Decide the current word, and go on at once. @param {string} after */
  decide(after) {
    const { current, sheets, joining } = this.state;
    const sheet = sheets.get(current?.sheet);
    const unit = joining ?? this.unit;
    if (!sheet || !unit) return;
    const was = sheet.units.filter((/** @type {Unit} */ one) => meets(one, unit));
    /** @type {Act} */
    const act = {
      sheet: sheet.number,
      was,
      now: decided(unit, after, this.state.reviewer),
      doubts: this.state.doubts.filter((/** @type {Doubt} */ one) => meets(one, unit)),
      decision: null,
      undo: null,
      repeats: null,
      state: "standing",
    };
    this.put(act.sheet, act.was, [act.now]);
    this.settle(act.doubts, []);
    this.acts.push(act);
    this.store.set({ last: act, undone: [], joining: null });
    this.send(act, after, sheet.revision);
    // Somebody who left a doubt to mend another word comes back to it.
    const left = act.doubts.length === 0 && this.state.doubts.find((/** @type {Doubt} */ one) => one.start === this.cursor.start);
    void (left ? this.goTo(left.sheet, left.start) : this.next(1));
  }

  /** @param {Act} act @param {string} after @param {any} revision that the reviewer saw when deciding */
  send(act, after, revision) {
    const body = { document: this.name, start: act.now.start, end: act.now.end, before: act.now.before, after };
    this.queue.push({
      send: () => this.api.decide({ ...body, reviewer: this.state.reviewer, revision }),
      done: (answer) => {
        act.decision = answer.decision;
        act.repeats = answer.repeats;
        this.noteRevision(answer.revision);
        if (act.state !== "standing") return; // it was undone meanwhile, and the undoing waits in the queue
        this.put(act.sheet, [act.now], [(act.now = { ...act.now, decision: answer.decision })]);
        this.store.set({ last: this.state.last });
      },
      failed: (error) => {
        this.takeBack(act, "failed");
        this.fail(error);
        void this.goTo(act.sheet, act.was[0].start);
      },
      conflict: async (answer) => {
        const mine = await this.people.conflict(answer.conflict, after);
        if (mine) revision = answer.revision ?? (await this.api.revision(this.name)).revision;
        else {
          act.state = "failed";
          this.store.set({ last: null });
          await this.readAgain();
        }
        return mine;
      },
    });
  }

  /** Take a decision off the page. @param {Act} act @param {"undone" | "failed"} state */
  takeBack(act, state) {
    this.put(act.sheet, [act.now], act.was);
    this.settle([], act.doubts);
    act.state = state;
    if (this.state.last === act) this.store.set({ last: this.acts.findLast((one) => one.state === "standing") ?? null });
  }

  /** Undo the last decision of this sitting that stands, or else the reviewer's last one in the document. */
  undo() {
    const act = this.acts.findLast((one) => one.state === "standing");
    if (!act) return this.undoDecision(null);
    this.takeBack(act, "undone");
    this.store.set({ undone: [...this.state.undone, act] });
    this.cursor = act.doubts[0] ?? this.cursor;
    void this.goTo(act.sheet, act.was[0].start);
    return this.queue.push({
      send: async () => act.decision && this.api.undo({ document: this.name, reviewer: this.state.reviewer, decision: act.decision }),
      done: (answer) => {
        if (answer) this.noteRevision(answer.revision);
        // More than one place: it was repeated or made a rule, and other words of this document changed as well.
        if (answer?.places > 1) {
          this.people.say("undone-places", { count: answer.places });
          void this.refresh();
        }
      },
      failed: (error) => {
        this.fail(error);
        void this.refresh();
      },
    });
  }

  /** Undo a decision of the log, whoever took it. @param {string | null} decision null for the reviewer's own last one */
  undoDecision(decision) {
    const body = { document: this.name, reviewer: this.state.reviewer, ...(decision === null ? {} : { decision }) };
    for (const act of this.acts) if (act.decision === decision && decision !== null) act.state = "undone";
    this.queue.push({
      send: () => this.api.undo(body),
      done: (answer) => {
        this.people.say(answer.undone.length ? "undone-places" : "nothing-to-undo", { count: answer.places });
        void this.refresh();
      },
      failed: (error) => this.people.say("server-says", { reason: error.message }),
    });
  }

  /** Decide again what was undone last. */
  redo() {
    const act = this.state.undone.at(-1);
    if (!act) return this.people.say("nothing-to-redo");
    this.store.set({ undone: this.state.undone.slice(0, -1) });
    act.now = { ...act.now, decision: null };
    this.put(act.sheet, act.was, [act.now]);
    this.settle(act.doubts, []);
    act.state = "standing";
    act.decision = null;
    this.acts = [...this.acts.filter((one) => one !== act), act];
    this.store.set({ last: act });
    this.send(act, act.now.text, this.state.sheets.get(act.sheet)?.revision);
    return this.goTo(act.sheet, act.now.start);
  }

  /** Decide alike all places that the last decision was offered for. */
  repeat() {
    const act = this.state.last;
    if (!act || act.repeated || act.repeats?.count === 0) return;
    act.repeated = true;
    this.spread(act, "repeat", "repeated", {});
  }

  /** Make the last decision a rule. @param {"document" | "batch" | "archive"} scope */
  always(scope) {
    const act = this.state.last;
    if (act) this.spread(act, "rule", `ruled-${scope}`, { scope });
  }

  /** @param {Act} act @param {"repeat" | "rule"} verb @param {string} said @param {object} more */
  spread(act, verb, said, more) {
    this.queue.push({
      // The decision's own answer came before: jobs are done in order.
      send: () => this.api[verb]({ document: this.name, reviewer: this.state.reviewer, decision: act.decision, ...more }),
      done: (answer) => {
        act.repeats = null;
        this.people.say(said, { count: answer.count, documents: answer.documents, file: answer.file });
        this.store.set({ last: this.state.last });
        void this.refresh();
      },
      failed: (error) => {
        act.repeated = false;
        this.people.say("server-says", { reason: error.message });
      },
    });
  }

  /**
   * Set a field, or a section's kind, number or title. What the reviewer saw there goes along, and when: somebody else may have set it since.
   *
   * @param {{path: string, value: string | null, status: string, was: string | null, revision: number}} asked
   */
  setField({ was, revision, ...field }) {
    const section = field.path.match(/^sections\.(.+)\.(\w+)$/);
    if (section) {
      const [, id, name] = section;
      const sections = this.state.document.sections.map((/** @type {any} */ one) => (one.id === id ? { ...one, [name]: field.value } : one));
      this.store.set({ document: { ...this.state.document, sections } });
    } else this.store.set({ fields: withField(this.state.fields, field) });
    this.fieldsSet++;
    this.fieldsUnsent++;
    this.queue.push({
      send: () => this.api.field({ document: this.name, reviewer: this.state.reviewer, revision, was, ...field }),
      // Of several set at once the last one is followed by reading: before that the server does not have them all.
      done: () => {
        this.fieldsUnsent--;
        if (!this.queue.pending) void this.refresh();
      },
      failed: (error) => {
        this.fieldsUnsent--;
        this.people.say("server-says", { reason: error.message });
        void this.refresh();
      },
      conflict: async ({ conflict, revision: now }) => {
        const mine = await this.people.fieldConflict(conflict, field);
        if (mine) [was, revision] = [conflict.after, now];
        else {
          this.fieldsUnsent--;
          await this.readAgain();
        }
        return mine;
      },
    });
  }

  /** Put other units in the place of some. @param {number} number @param {Unit[]} old @param {Unit[]} fresh */
  put(number, old, fresh) {
    const sheet = this.state.sheets.get(number);
    const at = sheet?.units.findIndex((/** @type {Unit} */ unit) => unit.start === old[0]?.start) ?? -1;
    if (at < 0) return; // it has been let go; it will be fetched as it is on the server
    this.keep({ ...sheet, units: [...sheet.units.slice(0, at), ...fresh, ...sheet.units.slice(at + old.length)] });
  }

  /** Take doubts from the list, and put others back. @param {Doubt[]} gone @param {Doubt[]} back */
  settle(gone, back) {
    const left = this.state.doubts.filter((/** @type {Doubt} */ one) => !gone.includes(one) && !back.includes(one));
    this.store.set({ doubts: [...left, ...back], finished: false });
  }

  /** Read anew what others, or a rule, have changed. Decisions that are under way stay as they are on the page. */
  async refresh() {
    this.stale = false;
    const { fieldsSet } = this;
    const known = new Set(this.acts.filter((act) => act.decision !== null));
    const numbers = [...this.state.sheets.keys()].filter((number) => Math.abs(number - (this.state.current?.sheet ?? 0)) <= 2);
    const [document, ...fresh] = await Promise.all([
      this.api.document(this.name),
      ...numbers.map((number) => this.api.sheet(this.name, number)),
    ]);
    this.revision = document.revision;
    seen(document);
    if (document.behind) {
      // The server makes the structure when the reviewer pauses; what was set here stays on the page until then.
      this.stale = true;
      this.active = performance.now() + BEHIND_MS;
    }
    // What was set while the server answered, or waits to be sent, is not in its answer; a list would have its old numbers again.
    if (document.behind || this.fieldsUnsent || this.fieldsSet !== fieldsSet) {
      document.fields = this.state.fields;
      document.sections = this.state.document.sections;
    }
    const sheets = new Map();
    for (const { number, revision, words } of fresh) sheets.set(number, { number, revision, units: unitsOf(words) });
    this.loading = new Map([...sheets].map(([number, sheet]) => [number, Promise.resolve(sheet)]));
    this.store.set({ document, doubts: document.doubts, fields: document.fields, sheets });
    for (const act of this.acts) if (act.state === "standing" && !known.has(act)) this.putAgain(act);
    const { current } = this.state;
    if (current && !this.unit) await this.goTo(current.sheet, current.start);
  }

  /** The same, now or, where the server cannot be reached, when it can: the queue goes on. */
  readAgain() {
    return this.refresh().catch(() => {
      this.stale = true;
    });
  }

  /** A decision that the server may not have known when it answered. @param {Act} act */
  putAgain(act) {
    const units = this.state.sheets.get(act.sheet)?.units ?? [];
    this.put(act.sheet, units.filter((/** @type {Unit} */ one) => meets(one, act.now)), [act.now]);
    this.settle(this.state.doubts.filter((/** @type {Doubt} */ one) => meets(one, act.now)), []);
  }

  /** Look whether anybody has changed anything. */
  async look() {
    if (this.queue.pending || !this.state.document) return;
    if (this.stale && performance.now() - this.active > IDLE_MS) return void (await this.refresh());
    const { revision } = await this.api.revision(this.name);
    if (revision !== this.revision && !this.queue.pending) await this.refresh();
  }

  /**
   * One decision makes one line of the log: more of them, and somebody else has been at work as well, which the next look finds.
   *
   * @param {number} revision
   */
  noteRevision(revision) {
    if (revision === this.revision + 1) this.revision = revision;
    this.stale = true;
    this.active = performance.now();
  }

  /** @param {unknown} error */
  fail(error) {
    const words = error instanceof Refused && error.status < 500 ? "refused" : "failed-to-save";
    this.people.say(words, { reason: /** @type {Error} */ (error).message });
    return null;
  }
}

/**
 * Whether two spans of the original share anything; an insertion lies where it stands.
 *
 * @param {{start: number, end: number}} one
 * @param {{start: number, end: number}} other
 */
function meets(one, other) {
  return one.start < Math.max(other.end, other.start + 1) && other.start < Math.max(one.end, one.start + 1);
}

/**
 * Fields and sections with the revision that they show: what somebody is typing in stays on the page, while the rest may be read anew.
 *
 * @param {{fields: any[], sections: any[], fields_revision: number}} document
 */
function seen(document) {
  for (const one of [...document.fields, ...document.sections]) one.revision = document.fields_revision;
}
