// Places that answer here and that agents must not reach: by them an agent proves its fence.
import { getServers } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';

const LIMIT_MS = 3000;
const DNS = 53;

/** Returns a line `ADDRESS PORT` for each that answers: the cluster's API server, DNS servers and the models' APIs. */
export async function answering(apis) {
  const named = apis.filter(api => api !== undefined && !api.standIn).map(({ host, port }) => ({ host, port }));
  const candidates = [...cluster(), ...nameServers(), ...named];
  const places = await Promise.all([...new Set(candidates.map(one => JSON.stringify(one)))].map(async text => place(JSON.parse(text))));
  return [...new Set(places.filter(one => one !== undefined))].sort();
}

function cluster() {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;
  return host && port ? [{ host, port: Number(port) }] : [];
}

/** The servers with the usual port alone: others have it behind a colon. */
function nameServers() {
  return getServers().filter(server => isIP(server) !== 0).map(host => ({ host, port: DNS }));
}

async function place({ host, port }) {
  try {
    const { address } = await lookup(host);
    return await answers(address, port) ? `${address} ${port}` : undefined;
  } catch {
    return undefined;
  }
}

function answers(host, port) {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: LIMIT_MS });
    const end = result => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
