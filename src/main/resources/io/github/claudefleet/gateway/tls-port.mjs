// A port with TLS, for agents that share no volume with the gateway. An agent's certificate says who calls.
import { lookup } from 'node:dns/promises';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { answering } from './places.mjs';

/** The gateway's name in its certificate, which the relay demands. No network resolves it. */
const NAME = 'claude-fleet-gateway';

/** Handshakes at a time, so that whoever reaches the port can't take all memory. */
const MAX_CONNECTIONS = 4096;

/** Port, certificates of those that call there, and places that prove their fence. */
export class TlsPort {
  #port;
  #volume;
  #certificates;

  constructor(port, volume, certificates) {
    this.#port = port;
    this.#volume = volume;
    this.#certificates = certificates;
  }

  /**
   * Listens, and writes down where. The next port is for agents to find closed: their fence names the first one alone.
   *
   * @param serverOf returns the server of an agent's socket, or undefined
   */
  async open(serverOf) {
    const key = await this.#certificates.of(NAME, 'serverAuth');
    const ca = this.#certificates.authority;
    const server = createTlsServer({ key, cert: key, ca, requestCert: true, rejectUnauthorized: true, allowHalfOpen: true, handshakeTimeout: 60_000 });
    server.maxConnections = MAX_CONNECTIONS;
    server.on('secureConnection', socket => this.#admit(socket, serverOf));
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    await listening(server, this.#port);
    await listening(createServer(socket => socket.destroy()), this.#port + 1);
    this.#write('address', `${await address()} ${this.#port}\n`);
  }

  /** Makes what the agents of a policy need, before it is in force. */
  async prepare(policy) {
    const apis = [...policy.agents.values()].map(agent => agent.policy.api ?? policy.api);
    const [places] = await Promise.all([
      answering(apis),
      ...[...policy.agents.keys()].map(socket => this.#certificates.of(socket, 'clientAuth')),
    ]);
    this.#write('closed', [`${await address()} ${this.#port + 1}`, ...places].map(place => `${place}\n`).join(''));
  }

  #admit(socket, serverOf) {
    const server = serverOf(socket.getPeerCertificate().subject?.CN);
    socket.on('error', () => socket.destroy());
    if (server === undefined) {
      socket.destroy();
    } else {
      server.emit('connection', socket);
    }
  }

  #write(name, text) {
    writeFileSync(join(this.#volume, name), text);
  }
}

/** Returns this container's address in its network: a pod's host name leads to it. */
async function address() {
  return (await lookup(hostname())).address;
}

function listening(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
}
