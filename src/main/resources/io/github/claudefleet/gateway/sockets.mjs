// The agents' sockets: one for each agent of the policy, in a directory whose name only that agent knows.
import { chmodSync, mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CredentialFile } from './credential.mjs';
import { RequestCounter } from './guards.mjs';
import { createAgentServer } from './proxy.mjs';

/** Nobody can list it, and its owner can create in it. */
export const UNLISTED = 0o311;

/** Serves the agents of the policy in force. */
export class AgentSockets {
  #directory;
  #authority;
  #usage;
  #served = new Map();
  #credential;

  constructor(directory, authority, usage) {
    this.#directory = directory;
    this.#authority = authority;
    this.#usage = usage;
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, UNLISTED);
  }

  /** Puts a policy in force: requests under way go on, all later ones are judged by it. Resolves when all sockets are bound. */
  async apply(policy) {
    const credentialFile = this.#credentialFile(policy.credential);
    for (const [socket, served] of this.#served) {
      if (!policy.agents.has(socket)) {
        this.#end(socket, served);
      }
    }
    await Promise.all([...policy.agents.values()].map(agent => this.#serve(agent, policy, credentialFile)));
  }

  /** Returns the server of a socket, or undefined if the policy has no such one, or if too many call there. */
  serverOf(socket) {
    const served = this.#served.get(socket);
    return served !== undefined && served.connections.size < served.server.maxConnections ? served.server : undefined;
  }

  #serve(agent, policy, credentialFile) {
    const current = { agent, policy: { ...policy, api: agent.policy.api ?? policy.api }, credentialFile };
    const served = this.#served.get(agent.socket);
    if (served !== undefined) {
      Object.assign(served.state, current);
      return undefined;
    }
    const state = { ...current, usage: this.#usage, counter: new RequestCounter() };
    const server = createAgentServer(state, this.#authority);
    const connections = new Set();
    server.on('connection', connection => {
      connections.add(connection);
      connection.once('close', () => connections.delete(connection));
    });
    this.#served.set(agent.socket, { state, server, connections });
    const directory = join(this.#directory, agent.socket);
    rmSync(join(directory, 'proxy.sock'), { force: true });
    mkdirSync(directory, { recursive: true, mode: UNLISTED });
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(join(directory, 'proxy.sock'), resolve);
    });
  }

  #end(socket, { server, connections }) {
    this.#served.delete(socket);
    server.close();
    connections.forEach(connection => connection.destroy());
    // Step by step, since it can't be listed.
    const directory = join(this.#directory, socket);
    rmSync(join(directory, 'proxy.sock'), { force: true });
    rmdirSync(directory);
  }

  /** The file's earlier values stay known as long as the policy names the same file. */
  #credentialFile(credential) {
    const key = JSON.stringify([credential.kind, credential.file]);
    if (this.#credential?.key !== key) {
      this.#credential = { key, file: new CredentialFile(credential) };
    }
    return this.#credential.file;
  }
}
