// Events for the plugin: one line of JSON each on the standard output. Nothing of a request but its host and
// port is ever in it.

/** So many hosts of an agent have lines of their own. */
const MAX_HOSTS = 1000;

const INTERVAL_MS = 1000;

/** Prints a line. */
export function print(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Returns text of an agent's without control characters, and cut. */
export function clean(text) {
  return String(text).slice(0, 255).replace(/[^\x20-\x7e]/g, '?');
}

/** Counts requests and refusals by agent, host, port and reason, and prints each count at most once a second. */
export class UsageLog {
  #counts = new Map();
  #hosts = new Map();
  #changed = new Set();
  #print;

  constructor(printer = print) {
    this.#print = printer;
    setInterval(() => this.flush(), INTERVAL_MS).unref();
  }

  /** Counts a request that was let through. */
  allowed(agent, host, port) {
    this.#count(agent, host, port, undefined);
  }

  /** Counts a refusal, with the reason's code. */
  refused(agent, host, port, reason) {
    this.#count(agent, host, port, reason);
  }

  /** Prints what has changed since it was printed last. */
  flush() {
    for (const count of this.#changed) {
      this.#write(count);
    }
    this.#changed.clear();
  }

  #count(agent, host, port, reason) {
    const place = this.#place(agent, clean(host), port);
    const key = JSON.stringify([agent, place, reason]);
    let count = this.#counts.get(key);
    if (count === undefined) {
      count = { line: { gateway: 'use', agent, ...place, requests: 0, refused: 0, reason }, at: -Infinity };
      this.#counts.set(key, count);
    }
    count.line[reason === undefined ? 'requests' : 'refused']++;
    if (performance.now() - count.at < INTERVAL_MS) {
      this.#changed.add(count);
    } else {
      this.#write(count);
    }
  }

  #write(count) {
    count.at = performance.now();
    this.#print(count.line);
  }

  #place(agent, host, port) {
    const hosts = this.#hosts.get(agent) ?? new Set();
    this.#hosts.set(agent, hosts);
    const key = `${host}:${port}`;
    if (hosts.has(key) || hosts.size < MAX_HOSTS) {
      hosts.add(key);
      return { host, port };
    }
    return { host: 'other hosts', port: 0 };
  }
}
