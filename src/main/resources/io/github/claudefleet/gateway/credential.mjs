// The fleet's credential: read from its file again whenever that changes, compared, and put into requests.
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { CREDENTIAL_HEADERS } from './decision.mjs';

/** So long may an agent still use the access token that was renewed. */
const GRACE_MS = 3_600_000;

/** Kinds that something else renews: an agent may have taken the former one a moment ago. */
const RENEWED = ['login', 'federation'];

/**
 * Forms of files other than the plain value. Agents hold a placeholder that never ends, so an access token whose end
 * was missed must not be sent: their CLI would give up after a 401, and asks again after a 503.
 */
const READERS = {
  login: text => ({ value: JSON.parse(text).claudeAiOauth?.accessToken }),
  federation: text => {
    const { access_token: value, expires_at: end } = JSON.parse(text);
    return { value, until: Number.isFinite(end) ? end * 1000 : undefined };
  },
};

/** The value of a credential's file, looked at again for each request. */
export class CredentialFile {
  #kind;
  #file;
  #stamp;
  #value;
  #earlier = [];

  constructor({ kind, file }) {
    this.#kind = kind;
    this.#file = file;
  }

  /** Returns the value now, or undefined if the file has none, or one whose time is over. */
  current() {
    const { value, until } = this.#read() ?? {};
    return until === undefined || until > Date.now() ? value : undefined;
  }

  #read() {
    let stamp;
    try {
      const { mtimeMs, size, ino } = statSync(this.#file);
      stamp = `${mtimeMs} ${size} ${ino}`;
      if (stamp !== this.#stamp) {
        this.#take(valueOf(this.#kind, readFileSync(this.#file, 'utf8')));
      }
    } catch {
      // Gone, or being written: the last value counts, and the next request looks again.
      stamp = undefined;
    }
    this.#stamp = stamp;
    return this.#value;
  }

  /** Returns true for this credential, and for one that is renewed also for one that it was within the last hour. */
  accepts(value) {
    const now = Date.now();
    const current = this.#read()?.value;
    this.#earlier = this.#earlier.filter(({ until }) => until > now);
    const values = [current, ...(RENEWED.includes(this.#kind) ? this.#earlier.map(earlier => earlier.value) : [])];
    return values.some(known => known !== undefined && same(known, value));
  }

  #take(read) {
    if (read === undefined || read.value === this.#value?.value) {
      return;
    }
    if (this.#value !== undefined) {
      this.#earlier = [...this.#earlier.slice(-9), { value: this.#value.value, until: Date.now() + GRACE_MS }];
    }
    this.#value = read;
  }
}

/** Returns the value of a file's text and, if the gateway has to know it, its end in milliseconds. */
function valueOf(kind, text) {
  const { value, until } = READERS[kind]?.(text) ?? { value: text.trim() };
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) ? { value, until } : undefined;
}

function same(one, other) {
  const digest = text => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/**
 * Returns the verdict about what a request carries, for judgeApiRequest. `rawHeaders` are its header lines: name,
 * value, name, value.
 */
export function judgeCredential({ exposure, kind }, file, rawHeaders) {
  const values = carried(rawHeaders);
  if (kind === 'none') {
    return values.length === 0 ? {} : { refused: 'this fleet has no credential, and others may not be used' };
  }
  if (exposure === 'gateway') {
    return current(kind, file);
  }
  if (!values.every(value => file.accepts(value))) {
    return { refused: 'this is not the fleet\'s credential, and others may not be used' };
  }
  // Not the one that it carries: that may be one which has just been renewed, and a service ends those at once.
  return values.length === 0 ? {} : current(kind, file);
}

function current(kind, file) {
  const value = file.current();
  return value === undefined ? { unavailable: 'the gateway has no credential yet' } : { set: header(kind, value) };
}

function header(kind, value) {
  return kind === 'apiKey' ? ['x-api-key', value] : ['authorization', `Bearer ${value}`];
}

/** Returns the credentials of a request in every spelling of the headers that could be taken for one. */
function carried(rawHeaders) {
  const values = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index].toLowerCase().replace(/[_.]/g, '-');
    if (CREDENTIAL_HEADERS.includes(name) && name !== 'cookie') {
      values.push(rawHeaders[index + 1].trim().replace(/^bearer +/i, ''));
    }
  }
  return values;
}
