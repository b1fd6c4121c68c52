// Names of hosts: one spelling each, and which of them a policy's entry means.
import { isIP } from 'node:net';
import { canonicalizeHost } from './library.mjs';

const LABELS = /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;

/** Returns the one spelling of a host (lower case, no final dot, addresses in full), or undefined if it is none. */
export function canonicalHost(host) {
  if (typeof host !== 'string' || host.length > 255 || !/^[\x21-\x7e]+$/.test(host) || /[%@/?#\\]/.test(host)) {
    return undefined;
  }
  const name = canonicalizeHost(host);
  return name !== undefined && (isIP(name) !== 0 || LABELS.test(name)) ? name : undefined;
}

/** Returns true if an entry names the host: itself, or for a wildcard a name below it. No address is below a name. */
export function entryNames(entry, host) {
  if (!entry.wildcard) {
    return host === entry.host;
  }
  return entry.host === '' || (isIP(host) === 0 && host.endsWith(`.${entry.host}`));
}
