// Decides about a tunnel and about a request. Pure: it reads nothing, keeps nothing and calls nobody.
import { canonicalHost, entryNames } from './host.mjs';

/** Requests of the CLI to the model's API; no others pass (its Files API, for one, stores what it is sent). */
const API_REQUESTS = [
  ['POST', '/v1/messages'],
  ['POST', '/v1/messages/count_tokens'],
  ['GET', '/api/claude_code/settings'],
  ['GET', '/api/claude_code/policy_limits'],
  ['GET', '/api/hello'],
  ['HEAD', '/api/hello'],
];

/** By these, some servers take another path, method or host than the request names. */
const OVERRIDES = [
  'forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-prefix', 'x-forwarded-proto',
  'x-forwarded-server', 'x-host', 'x-original-host', 'x-original-url', 'x-rewrite-url', 'x-http-method',
  'x-http-method-override', 'x-method-override', 'destination',
];

export const CREDENTIAL_HEADERS = ['authorization', 'x-api-key', 'cookie', 'proxy-authorization'];

/** Returns true if host and port are the API's. */
export function isApi(api, host, port) {
  return api !== undefined && host === api.host && port === api.port;
}

/**
 * Decides whether an agent may open a tunnel to host and port. `isForbiddenAddress` tells of a literal address whether
 * it is loopback, link-local, metadata or the gateway's own.
 *
 * Returns `undefined` if it may, else the refusal: `{ code, reason }`.
 */
export function judgeTunnel(agent, api, requestedHost, port, isForbiddenAddress) {
  const host = canonicalHost(requestedHost);
  if (host === undefined) {
    return refusal(agent, 'no_host', 'that', 'this is no host name');
  }
  return isApi(api, host, port) ? undefined : judgeHost(agent, api, host, port, isForbiddenAddress);
}

function judgeHost(agent, api, host, port, isForbiddenAddress) {
  const { mode, entries } = agent.policy;
  const place = authority(host, port);
  if (api !== undefined && host === api.host) {
    return refusal(agent, 'not_allowed', place, `only port ${api.port} of the model's API is allowed`);
  }
  if (mode === 'none') {
    return refusal(agent, 'not_allowed', place, 'with <egress><mode>none</mode> only the model\'s API is allowed');
  }
  if (mode === 'audit') {
    return isForbiddenAddress(host)
      ? refusal(agent, 'address_not_allowed', place, 'this address is never allowed by <mode>audit</mode>')
      : undefined;
  }
  const named = entries.filter(entry => entryNames(entry, host));
  if (named.some(entry => entry.port === port)) {
    return undefined;
  }
  const allow = `To allow it: <allow>${port === 443 ? bracketed(host) : place}</allow>`;
  return named.length > 0
    ? refusal(agent, 'port', place, `only port ${ports(named)} of it is in <egress><allow>. ${allow}`)
    : refusal(agent, 'not_allowed', place, `not in <egress><allow>. ${allow}`);
}

/**
 * Decides about a request to a host that is not the API. `request` has `scheme` (`http` or `https`), `tls` (whether TLS
 * was ended here), `method`, `host`, `port` and `target` (path and query as spelled).
 *
 * Returns `{ refusal }` or `{ removeHeaders }`.
 */
export function judgeRequest(agent, api, request, isForbiddenAddress) {
  const refused = judgeTunnel(agent, api, request.host, request.port, isForbiddenAddress) ?? judgeScheme(agent, api, request);
  if (refused !== undefined) {
    return { refusal: refused };
  }
  const { host, port, method, target } = request;
  const entries = agent.policy.entries.filter(entry => entry.port === port && entryNames(entry, host));
  if (agent.policy.mode === 'audit' || entries.some(entry => entry.methods === undefined && entry.path === undefined && entry.pathPattern === undefined)) {
    return { removeHeaders: [] };
  }
  const path = pathOf(target);
  if (entries.some(entry => allowsMethod(entry, method) && allowsPath(entry, path))) {
    return { removeHeaders: OVERRIDES };
  }
  const place = `${method} ${authority(host, port)}${path.slice(0, 200)}`;
  const limits = entries.map(entry => `${entry.methods?.join('|') ?? 'any method'} ${entry.path ?? '/'}`).join(', ');
  return { refusal: refusal(agent, 'request', place, `<egress><allow> permits of it only ${limits}`) };
}

function judgeScheme(agent, api, { scheme, tls, host, port }) {
  if (tls) {
    return undefined;
  }
  const place = authority(host, port);
  if (scheme !== 'http') {
    return refusal(agent, 'no_tls', place, 'ask for https by CONNECT, not in clear text');
  }
  return port === 443 || isApi(api, host, port)
    ? refusal(agent, 'no_tls', place, 'this port is for https; clear text is not allowed')
    : undefined;
}

/**
 * Decides about a request to the API, in which `credential` has the verdict about what it carries:
 * `{ refused }`, `{ unavailable }` or `{ set: [name, value] | undefined }`.
 *
 * Returns `{ refusal }` or `{ removeHeaders, setHeaders }`. A refusal has the form of the API's own errors, which the
 * CLI shows.
 */
export function judgeApiRequest(agent, request, credential) {
  const path = pathOf(request.target);
  if (!request.tls && !request.plainApi) {
    return { refusal: apiRefusal(agent, 'no_tls', 403, 'the model\'s API is reached by https only') };
  }
  if (!API_REQUESTS.some(([method, exact]) => method === request.method && exact === path)) {
    const place = `${request.method} ${path.slice(0, 200)}`;
    return { refusal: apiRefusal(agent, 'api_request', 403, `${place}: agents may only send prompts to the model's API`) };
  }
  if (credential.refused !== undefined) {
    return { refusal: apiRefusal(agent, 'credential', 403, credential.refused) };
  }
  if (credential.unavailable !== undefined) {
    return { refusal: apiRefusal(agent, 'no_credential', 503, credential.unavailable) };
  }
  return {
    removeHeaders: [...CREDENTIAL_HEADERS, ...OVERRIDES],
    setHeaders: credential.set === undefined ? [] : [credential.set],
  };
}

/** A refusal of a request to the API, which the CLI shows as the API's own error. */
export function apiRefusal(agent, code, status, message, type = 'permission_error') {
  const error = { type: 'error', error: { type, message: `claude-fleet refused agent ${agent.name}: ${message}` } };
  return { code, status, reason: JSON.stringify(error) };
}

function refusal(agent, code, place, why) {
  return { code, status: 403, reason: `claude-fleet refused ${place} for agent ${agent.name}: ${why}` };
}

function allowsMethod(entry, method) {
  return entry.methods === undefined || entry.methods.includes(method);
}

/** A prefix counts only for a path that every server reads alike. */
function allowsPath(entry, path) {
  if (entry.path === undefined && entry.pathPattern === undefined) {
    return true;
  }
  return !isAmbiguous(path) && (entry.pathPattern?.test(path) ?? path.startsWith(entry.path));
}

function isAmbiguous(path) {
  return /\/\/|\\|;|%(?:2e|2f|5c|25|00|3b)|[^\x21-\x7e]/i.test(path) || path.split('/').some(part => part === '.' || part === '..');
}

function pathOf(target) {
  return target.split('?', 1)[0];
}

function ports(entries) {
  return [...new Set(entries.map(entry => entry.port))].join(', ');
}

function bracketed(host) {
  return host.includes(':') ? `[${host}]` : host;
}

function authority(host, port) {
  return `${bracketed(host)}:${port}`;
}
