/**
 * The one place where the state of a page lives. Views read it and are told which parts changed; nobody else keeps state.
 */

export class Store {
  /** @param {Record<string, any>} state */
  constructor(state) {
    this.state = state;
    /** @type {Array<{keys: Set<string>, tell: (state: Record<string, any>) => void}>} */
    this.listeners = [];
    /** @type {Set<string>} */
    this.changed = new Set();
  }

  /**
   * Change some parts. Listeners are told once all changes of this moment are made, so that a decision draws the page once.
   *
   * @param {Record<string, any>} patch
   */
  set(patch) {
    if (!this.changed.size) queueMicrotask(() => this.tell());
    Object.assign(this.state, patch);
    for (const key of Object.keys(patch)) this.changed.add(key);
  }

  /**
   * @param {string[]} keys
   * @param {(state: Record<string, any>) => void} tell
   */
  on(keys, tell) {
    this.listeners.push({ keys: new Set(keys), tell });
  }

  tell() {
    const changed = this.changed;
    this.changed = new Set();
    for (const listener of this.listeners) {
      if ([...listener.keys].some((key) => changed.has(key))) listener.tell(this.state);
    }
  }
}
