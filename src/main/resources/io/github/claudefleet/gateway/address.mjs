// Addresses that a name may resolve to. The library judges them; this chooses the list of networks to refuse.
import { isIP } from 'node:net';
import { createResolvedAddressGuard } from './library.mjs';
import { entryNames } from './host.mjs';

/** Networks of one's own. A host that is named in full may be in them, a host that a wildcard covers may not. */
const PRIVATE = [
  '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '192.0.0.0/24', '198.18.0.0/15', '240.0.0.0/4', 'fc00::/7', 'fec0::/10',
];

const LOOPBACK = { address: '127.0.0.1', family: 4 };

const named = createResolvedAddressGuard();
const covered = createResolvedAddressGuard({ deniedResolvedAddresses: PRIVATE });

/** Returns true for a literal address that is loopback, link-local, metadata, multicast or the gateway's own. False for a name. */
export function isForbiddenAddress(host) {
  return isIP(host) !== 0 && !named.permits('literal.invalid', host, 443);
}

/** The stand-in of a rehearsal listens in this container. No other name leads here. */
function isStandIn(api, host, port) {
  return api?.standIn === true && host === api.host && port === api.port;
}

/** Returns the lookup for an agent's connection to that port, as net.connect takes it. */
export function lookupFor(agent, api, port) {
  return (host, options, callback) => {
    if (isStandIn(api, host, port)) {
      callback(null, ...(options.all ? [[LOOPBACK]] : [LOOPBACK.address, LOOPBACK.family]));
      return;
    }
    const exact = host === api?.host || agent.policy.mode === 'audit'
      || agent.policy.entries.some(entry => !entry.wildcard && entry.port === port && entryNames(entry, host));
    return (exact ? named : covered).lookupFor(port)(host, options, callback);
  };
}
