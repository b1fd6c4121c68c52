// The policy's file: looked at often, so that a change is in force within a second.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { parsePolicy } from './policy.mjs';

const INTERVAL_MS = 200;

/** A file that is being written can't be read, so it is complained of only when it has stayed so. */
const PATIENCE = 5;

/** Calls `apply(policy, digest)` for each new content of a file, and `refuse(reason)` for one that is no policy. */
export class PolicyWatch {
  #file;
  #apply;
  #refuse;
  #stamp;
  #digest;
  #failures = 0;

  constructor(file, { apply, refuse }) {
    this.#file = file;
    this.#apply = apply;
    this.#refuse = refuse;
  }

  /** Looks at the file until the process ends. */
  async run() {
    for (;;) {
      await this.look();
      await new Promise(resolve => setTimeout(resolve, INTERVAL_MS));
    }
  }

  /** Looks once. */
  async look() {
    const stamp = stampOf(this.#file);
    if (stamp === undefined || stamp === this.#stamp) {
      return;
    }
    const read = this.#read(stamp);
    if (read !== undefined && read.digest !== this.#digest) {
      await this.#apply(read.policy, read.digest);
      this.#digest = read.digest;
    }
  }

  #read(stamp) {
    try {
      const text = readFileSync(this.#file);
      const policy = parsePolicy(text.toString('utf8'));
      this.#settle(stamp);
      return { policy, digest: createHash('sha256').update(text).digest('hex') };
    } catch (error) {
      if (++this.#failures >= PATIENCE) {
        this.#settle(stamp);
        // An error of the file system has the file's hidden name in its message.
        this.#refuse(error.code ?? error.message);
      }
      return undefined;
    }
  }

  #settle(stamp) {
    this.#stamp = stamp;
    this.#failures = 0;
  }
}

function stampOf(file) {
  try {
    const { mtimeMs, ctimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}
