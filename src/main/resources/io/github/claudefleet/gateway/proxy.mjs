// An agent's proxy server: the library's, with our decisions.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createByteBudget, createHttpProxyServer, isResolvedAddressDenied } from './library.mjs';
import { isForbiddenAddress, lookupFor } from './address.mjs';
import { judgeCredential } from './credential.mjs';
import { isApi, judgeApiRequest, judgeRequest, judgeTunnel } from './decision.mjs';
import { judgeModel } from './guards.mjs';
import { canonicalHost } from './host.mjs';
import { isBehindParent, parentProxy } from './upstream.mjs';

const HEADER = 'X-Claude-Fleet';
const MAX_HEAD = 64 << 10;

/** Of one agent, so that it can't take all from the others. Each tunnel costs some 150 kB. */
const MAX_CONNECTIONS = 256;

/** Of all agents together. */
const budget = createByteBudget(48 << 20);

/**
 * Creates the server on which one agent calls. `state` has what may change meanwhile: `policy` (of the whole file),
 * `agent` (this one, as the policy has it), `credentialFile`, `counter` and `usage`.
 */
export function createAgentServer(state, authority) {
  const context = new AsyncLocalStorage();
  const server = createHttpProxyServer({
    mitmCA: authority,
    filter: (port, host, socket, _command, explain) => explain === undefined || openTunnel(state, context.getStore(), port, host, socket),
    filterRequest: (request, info) => judge(state, request, info),
    onFilterRequestDenied: denied => countLibraryRefusal(state, denied),
    lookupFor: port => (context.getStore()?.behindParent ? undefined : countingLookup(state, port)),
    parentProxy,
    denyHeader: HEADER,
    get stripResponseHeaders() {
      return context.getStore()?.api ? ['set-cookie', 'set-cookie2'] : undefined;
    },
    refuseOpaqueTunnels: true,
    requireHostMatch: true,
    requestTargetAsSpelled: true,
    // A credential is set there only for an API that the pom names with http://.
    plaintextHeaderSet: true,
    requireAsciiHost: true,
    foldHopByHop: true,
    maxHeaderSize: MAX_HEAD,
    maxTerminatedTunnels: MAX_CONNECTIONS,
    // Fifty handshakes at once took more than 20 s on a busy machine. Slow ones hold up only their own agent.
    tlsHandshakeTimeoutMs: 60_000,
    tunnelTimeouts: { firstRequestMs: 60_000, keepAliveMs: 30_000, stalledMs: 900_000 },
    byteBudget: budget,
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.headersTimeout = 60_000;
  server.requestTimeout = 0;
  inContext(server, context);
  return server;
}

/** Runs each of the library's handlers with a store of its own, in which its callbacks can find the tunnel's host. */
function inContext(server, context) {
  for (const event of ['connect', 'request']) {
    const handlers = server.listeners(event);
    server.removeAllListeners(event);
    server.on(event, (...args) => context.run({}, () => handlers.forEach(handler => handler.apply(server, args))));
  }
}

async function openTunnel({ policy, agent, usage }, store, port, requestedHost, socket) {
  const refusal = judgeTunnel(agent, policy.api, requestedHost, port, isForbiddenAddress);
  if (refusal !== undefined) {
    usage.refused(agent.name, requestedHost, port, refusal.code);
    await answerConnect(socket, refusal);
    return false;
  }
  const host = canonicalHost(requestedHost);
  store.api = isApi(policy.api, host, port);
  store.behindParent = isBehindParent(host);
  return true;
}

/** The library's own answer to a refused CONNECT has a fixed body, and this one tells what to do. */
function answerConnect(socket, { code, reason }) {
  const [phrase] = reason.split('. ', 1);
  const body = `${reason}\n`;
  const head = [
    `HTTP/1.1 403 ${phrase}`, 'Content-Type: text/plain', `${HEADER}: ${code}`, `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close', '', '',
  ];
  return new Promise(resolve => {
    socket.once('close', resolve);
    socket.end(head.join('\r\n') + body, resolve);
  });
}

async function judge(state, request, info) {
  const { agent, policy, usage } = state;
  const { host, port } = info.target;
  const asked = {
    scheme: request.url.startsWith('https:') ? 'https' : 'http',
    tls: info.scheme === 'https',
    method: request.method,
    host,
    port,
    target: info.requestTarget,
    plainApi: policy.api?.plain === true,
  };
  const decision = isApi(policy.api, host, port)
    ? await judgeApi(state, request, asked, info.rawHeaders)
    : judgeRequest(agent, policy.api, asked, isForbiddenAddress);
  if (decision.refusal !== undefined) {
    const { code, status, reason } = decision.refusal;
    usage.refused(agent.name, host, port, code);
    return { action: 'deny', status, reason, mark: code };
  }
  usage.allowed(agent.name, host, port);
  return { action: 'allow', removeHeaders: decision.removeHeaders, setHeaders: decision.setHeaders };
}

async function judgeApi({ agent, policy, credentialFile, counter }, request, asked, rawHeaders) {
  const decision = judgeApiRequest(agent, asked, judgeCredential(policy.credential, credentialFile, rawHeaders));
  if (decision.refusal !== undefined || asked.method !== 'POST') {
    return decision;
  }
  const refusal = await judgeModel(agent, request) ?? (isMessage(asked.target) ? counter.take(agent) : undefined);
  return refusal === undefined ? decision : { refusal };
}

function isMessage(target) {
  return target.split('?', 1)[0] === '/v1/messages';
}

function countingLookup({ agent, policy, usage }, port) {
  const lookup = lookupFor(agent, policy.api, port);
  return (host, options, callback) => lookup(host, options, (error, ...found) => {
    if (error && isResolvedAddressDenied(error)) {
      usage.refused(agent.name, host, port, 'address_not_allowed');
    }
    callback(error, ...found);
  });
}

/** Refusals that the library makes by itself: bytes that are no TLS, names that differ, requests that nobody can read. */
function countLibraryRefusal({ agent, usage }, { method, url, reason }) {
  if (/^(?:claude-fleet |\{"type":"error")/.test(reason)) {
    return;
  }
  const { hostname, port, protocol } = new URL(method === 'CONNECT' ? `https://${url}` : url);
  usage.refused(agent.name, hostname, Number(port) || (protocol === 'http:' ? 80 : 443), libraryCode(reason));
}

function libraryCode(reason) {
  if (/no TLS|cannot inspect/.test(reason)) {
    return 'opaque_tunnel';
  }
  return /does not match|more than one Host|could not be read/.test(reason) ? 'misdirected' : 'bad_request';
}
