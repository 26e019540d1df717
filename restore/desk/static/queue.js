/**
 * What was decided goes to the server one after the other, in order; the reviewer never waits for it and nothing is lost: where
 * the server cannot be reached it is tried again until it can.
 *
 * @typedef {{send: () => Promise<any>, done: (answer: any) => void, failed: (error: Error) => void,
 *   conflict?: (body: Record<string, any>) => Promise<boolean>}} Job `conflict` tells whether to send again
 */

import { Refused, Unreachable } from "./api.js";

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8000;
// A server that fails for its own reasons may do better in a moment; one that fails so often will not.
const TRIES_OF_A_FAILING_SERVER = 3;

export class Queue {
  /**
   * @param {(pending: number, trouble: string | null) => void} tell
   * @param {(ms: number) => Promise<void>} [wait]
   */
  constructor(tell, wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))) {
    this.tell = tell;
    this.wait = wait;
    /** @type {Job[]} */
    this.jobs = [];
    this.running = false;
    /** @type {Array<() => void>} */
    this.waiting = [];
  }

  get pending() {
    return this.jobs.length;
  }

  /** @param {Job} job */
  push(job) {
    this.jobs.push(job);
    this.tell(this.pending, null);
    if (!this.running) void this.run();
  }

  /** Resolves when everything is with the server. */
  drained() {
    return this.jobs.length ? new Promise((resolve) => this.waiting.push(() => resolve(undefined))) : Promise.resolve();
  }

  async run() {
    this.running = true;
    while (this.jobs.length) {
      const finish = await this.attempt(this.jobs[0]);
      this.jobs.shift();
      this.tell(this.pending, null);
      finish();
    }
    this.running = false;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Send until it is settled; what is left to do is done when the job is out of the queue. @param {Job} job @returns {Promise<() => void>} */
  async attempt(job) {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await job.send();
        return () => job.done(answer);
      } catch (error) {
        if (error instanceof Refused && error.status === 409 && error.body.conflict && job.conflict) {
          if (await job.conflict(error.body)) continue;
          return () => {};
        }
        if (!worthRetrying(error, tries)) return () => job.failed(/** @type {Error} */ (error));
        this.tell(this.pending, /** @type {Error} */ (error).message);
        await this.wait(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)));
      }
    }
  }
}

/** @param {unknown} error @param {number} tries */
function worthRetrying(error, tries) {
  if (error instanceof Unreachable) return true;
  return error instanceof Refused && error.status >= 500 && tries < TRIES_OF_A_FAILING_SERVER;
}
