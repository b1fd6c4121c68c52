// The policy file: read, checked and made ready to be asked. Pure; an invalid file is an error with the reason.
import { isIP } from 'node:net';
import { canonicalHost } from './host.mjs';
import { entriesOfPreset } from './presets.mjs';

const MODES = ['allow', 'audit', 'none'];
const EXPOSURES = ['agent', 'gateway'];
const KINDS = ['apiKey', 'token', 'login', 'federation', 'none'];

/**
 * Returns the policy of a file's text: `api`, `credential`, and `agents`, each with the policy that is its own.
 * Throws an Error that says which member is wrong. Values other than names are never part of its text.
 */
export function parsePolicy(text) {
  const file = objectOf(parseJson(text), 'the file');
  check(file.version === 1, 'version must be 1');
  const policies = arrayOf(file.policies, 'policies').map((policy, index) => policyOf(policy, `policies[${index}]`));
  return {
    api: file.api === undefined ? undefined : apiOf(file.api),
    credential: credentialOf(file.credential ?? { exposure: 'agent', kind: 'none' }),
    agents: agentsOf(file.agents, policies),
  };
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is no JSON');
  }
}

function apiOf(api) {
  const { host, port, plain, standIn } = objectOf(api, 'api');
  const name = canonicalHost(host);
  check(name !== undefined, 'api.host is no host');
  return { host: name, port: portOf(port, 'api.port'), plain: plain === true, standIn: standIn === true };
}

function credentialOf(credential) {
  const { exposure, kind, file } = objectOf(credential, 'credential');
  check(EXPOSURES.includes(exposure), `credential.exposure must be one of ${EXPOSURES.join(', ')}`);
  check(KINDS.includes(kind), `credential.kind must be one of ${KINDS.join(', ')}`);
  check(kind === 'none' || (typeof file === 'string' && file.startsWith('/')), 'credential.file must be an absolute path');
  return { exposure, kind, file };
}

function policyOf(policy, where) {
  const { mode, api, allow, presets, models, maxRequests } = objectOf(policy, where);
  check(MODES.includes(mode), `${where}.mode must be one of ${MODES.join(', ')}`);
  check(maxRequests === undefined || (Number.isInteger(maxRequests) && maxRequests > 0), `${where}.maxRequests must be a positive number`);
  return {
    mode,
    api: api === undefined ? undefined : apiOf(api),
    entries: mode === 'allow' ? [...listed(allow ?? [], where), ...arrayOf(presets ?? [], `${where}.presets`).flatMap(entriesOfPreset)] : [],
    models: models === undefined ? undefined : namesOf(models, `${where}.models`),
    maxRequests,
  };
}

function listed(allow, where) {
  return arrayOf(allow, `${where}.allow`).map((entry, index) => entryOf(entry, `${where}.allow[${index}]`));
}

function entryOf(entry, where) {
  const { host, port, methods, path } = objectOf(entry, where);
  check(typeof host === 'string', `${where}.host is missing`);
  check(path === undefined || (typeof path === 'string' && path.startsWith('/')), `${where}.path must begin with /`);
  const limits = { methods: methods === undefined ? undefined : namesOf(methods, `${where}.methods`), path };
  if (host === '*') {
    return { host: '', wildcard: true, port: portOf(port, `${where}.port`), ...limits };
  }
  const wildcard = host.startsWith('*.');
  const name = canonicalHost(wildcard ? host.slice(2) : host);
  check(name !== undefined && !(wildcard && isIP(name)), `${where}.host is no host`);
  return {
    host: name,
    wildcard,
    port: portOf(port, `${where}.port`),
    ...limits,
  };
}

function agentsOf(agents, policies) {
  const found = new Map();
  arrayOf(agents, 'agents').forEach((agent, index) => {
    const where = `agents[${index}]`;
    const { name, socket, policy } = objectOf(agent, where);
    check(typeof name === 'string' && name !== '', `${where}.name is missing`);
    check(typeof socket === 'string' && /^[0-9a-f]{32}$/.test(socket), `${where}.socket must be 32 hexadecimal digits`);
    check(!found.has(socket), `${where}.socket is another agent's`);
    check(Number.isInteger(policy) && policies[policy] !== undefined, `${where}.policy is no index of policies`);
    found.set(socket, { name, socket, policy: policies[policy] });
  });
  return found;
}

function portOf(port, where) {
  const number = port ?? 443;
  check(Number.isInteger(number) && number >= 1 && number <= 65535, `${where} must be 1 to 65535`);
  return number;
}

function namesOf(names, where) {
  const found = arrayOf(names, where);
  check(found.length > 0 && found.every(name => typeof name === 'string' && name !== ''), `${where} must be a list of names`);
  return found;
}

function objectOf(value, where) {
  check(typeof value === 'object' && value !== null && !Array.isArray(value), `${where} must be an object`);
  return value;
}

function arrayOf(value, where) {
  check(Array.isArray(value), `${where} must be a list`);
  return value;
}

function check(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}
