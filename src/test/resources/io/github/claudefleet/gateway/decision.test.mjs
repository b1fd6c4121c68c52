// Unit tests of the gateway's decisions. GatewayProgramIT runs them by node within the gateway's image.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

const home = process.env.GATEWAY_HOME ?? '/opt/claude-fleet-gateway';
const { parsePolicy } = await import(`${home}/policy.mjs`);
const { judgeApiRequest, judgeRequest, judgeTunnel } = await import(`${home}/decision.mjs`);
const { CredentialFile, judgeCredential } = await import(`${home}/credential.mjs`);
const { RequestCounter, modelOf } = await import(`${home}/guards.mjs`);
const { UsageLog } = await import(`${home}/log.mjs`);
const { canonicalHost } = await import(`${home}/host.mjs`);
const { isForbiddenAddress, lookupFor } = await import(`${home}/address.mjs`);

const SOCKET = 'a'.repeat(32);
const file = (policy, more = {}) => JSON.stringify({
  version: 1, api: { host: 'api.anthropic.com', port: 443 }, policies: [policy], agents: [{ name: 'tester', socket: SOCKET, policy: 0 }], ...more,
});
const agentOf = policy => parsePolicy(file(policy)).agents.get(SOCKET);
const API = { host: 'api.anthropic.com', port: 443 };
const tunnel = (policy, host, port = 443) => judgeTunnel(agentOf(policy), API, host, port, isForbiddenAddress)?.code;
const allowing = (...allow) => ({ mode: 'allow', allow });
const ask = (policy, method, host, target, more = {}) => judgeRequest(agentOf(policy), API,
  { scheme: 'https', tls: true, method, host, port: 443, target, ...more }, isForbiddenAddress);

test('a host is allowed by its whole name, and on its port', () => {
  const policy = allowing({ host: 'Repo.Example.org' }, { host: 'other.org', port: 8443 });
  assert.equal(tunnel(policy, 'repo.example.org'), undefined);
  assert.equal(tunnel(policy, 'REPO.example.org.'), undefined);
  assert.equal(tunnel(policy, 'repo.example.org', 8443), 'port');
  assert.equal(tunnel(policy, 'other.org', 8443), undefined);
  assert.equal(tunnel(policy, 'other.org'), 'port');
  assert.equal(tunnel(policy, 'x.repo.example.org'), 'not_allowed');
  assert.equal(tunnel(policy, 'repo.example.org.evil.org'), 'not_allowed');
  assert.equal(tunnel(policy, 'xrepo.example.org'), 'not_allowed');
});

test('the stand-in of a rehearsal listens here, and no other name leads here', () => {
  const standIn = { host: 'rehearsal-1', port: 8377, plain: true, standIn: true };
  const found = (api, host, port, options) => {
    let result;
    lookupFor(agentOf(allowing()), api, port)(host, options, (_error, ...rest) => { result = rest; });
    return result;
  };
  assert.deepEqual(found(standIn, 'rehearsal-1', 8377, {}), ['127.0.0.1', 4]);
  assert.deepEqual(found(standIn, 'rehearsal-1', 8377, { all: true }), [[{ address: '127.0.0.1', family: 4 }]]);
  // The names of others are asked for, which takes longer.
  assert.equal(found(standIn, 'rehearsal-1', 80, {}), undefined);
  assert.equal(found(standIn, 'rehearsal-2', 8377, {}), undefined);
  assert.equal(found({ ...standIn, standIn: false }, 'rehearsal-1', 8377, {}), undefined);
});

test('a wildcard covers names below it, not itself and no address', () => {
  const policy = allowing({ host: '*.example.org' });
  assert.equal(tunnel(policy, 'a.example.org'), undefined);
  assert.equal(tunnel(policy, 'a.b.example.org'), undefined);
  assert.equal(tunnel(policy, 'example.org'), 'not_allowed');
  assert.equal(tunnel(policy, 'badexample.org'), 'not_allowed');
  assert.equal(tunnel(policy, '::ffff:1.2.3.4%x.example.org'), 'no_host');
});

test('an address is an address in every form', () => {
  const policy = allowing({ host: '10.1.2.3' });
  assert.equal(tunnel(policy, '10.1.2.3'), undefined);
  assert.equal(tunnel(policy, '0x0a010203'), undefined);
  assert.equal(tunnel(policy, '[::ffff:10.1.2.3]'), undefined);
  assert.equal(tunnel(policy, '10.1.2.4'), 'not_allowed');
});

test('the refusal says what to do', () => {
  assert.equal(judgeTunnel(agentOf(allowing()), API, 'evil.org', 443, isForbiddenAddress).reason,
    'claude-fleet refused evil.org:443 for agent tester: not in <egress><allow>. To allow it: <allow>evil.org</allow>');
  assert.match(judgeTunnel(agentOf(allowing()), API, 'evil.org', 8080, isForbiddenAddress).reason, /<allow>evil.org:8080<\/allow>$/);
});

test('audit allows all but addresses that are nobody\'s, and none allows the API alone', () => {
  assert.equal(tunnel({ mode: 'audit' }, 'anything.org', 22), undefined);
  for (const address of ['127.0.0.1', '169.254.169.254', '100.100.100.200', '168.63.129.16', '[::1]', '[fe80::1]', '0.0.0.0', '[fd00:ec2::254]', '2130706433']) {
    assert.equal(tunnel({ mode: 'audit' }, address, 80), 'address_not_allowed', address);
  }
  assert.equal(tunnel({ mode: 'audit' }, '10.0.0.1'), undefined);
  assert.equal(tunnel({ mode: 'none' }, 'anything.org'), 'not_allowed');
  assert.equal(tunnel({ mode: 'none' }, 'api.anthropic.com'), undefined);
  assert.equal(tunnel({ mode: 'audit' }, 'api.anthropic.com', 80), 'not_allowed');
});

test('methods and paths of an entry hold, and a path that servers read in two ways is refused', () => {
  const policy = allowing({ host: 'repo.org', methods: ['GET', 'HEAD'], path: '/maven2/' });
  assert.equal(ask(policy, 'GET', 'repo.org', '/maven2/a/b.jar?x=/../..').refusal, undefined);
  assert.equal(ask(policy, 'PUT', 'repo.org', '/maven2/a').refusal.code, 'request');
  for (const path of ['/', '/maven2', '/Maven2/a', '/maven2/../a', '/maven2/%2e%2e/a', '/maven2/..%2fa', '/maven2//a', '/maven2/a;b', '/maven2/\\a', '/maven2/%00']) {
    assert.equal(ask(policy, 'GET', 'repo.org', path).refusal?.code, 'request', path);
  }
  assert.ok(ask(policy, 'GET', 'repo.org', '/maven2/').removeHeaders.includes('x-original-url'));
  assert.deepEqual(ask(allowing({ host: 'repo.org' }), 'DELETE', 'repo.org', '/x/../y').removeHeaders, []);
});

test('clear text only on a port that was allowed and is not that of https', () => {
  const clear = { scheme: 'http', tls: false };
  assert.equal(ask(allowing({ host: 'repo.org' }), 'GET', 'repo.org', '/', { ...clear, port: 80 }).refusal.code, 'port');
  assert.equal(ask(allowing({ host: 'repo.org' }), 'GET', 'repo.org', '/', clear).refusal.code, 'no_tls');
  assert.equal(ask(allowing({ host: 'repo.org', port: 80 }), 'GET', 'repo.org', '/', { ...clear, port: 80 }).refusal, undefined);
  assert.equal(ask(allowing({ host: 'repo.org', port: 8081 }), 'GET', 'repo.org', '/', { ...clear, port: 8081 }).refusal, undefined);
  assert.equal(ask(allowing({ host: 'repo.org' }), 'GET', 'repo.org', '/', { scheme: 'https', tls: false }).refusal.code, 'no_tls');
});

const credentialFile = value => ({ current: () => value, accepts: other => other === value });
const api = (method, target, credential = {}, tls = true) => judgeApiRequest(agentOf(allowing()), { method, target, tls }, credential);

test('of the API only what the CLI needs', () => {
  for (const [method, target] of [['POST', '/v1/messages?beta=true'], ['POST', '/v1/messages/count_tokens'], ['GET', '/api/claude_code/settings'],
    ['GET', '/api/claude_code/policy_limits'], ['HEAD', '/api/hello']]) {
    assert.equal(api(method, target).refusal, undefined, target);
  }
  for (const [method, target] of [['GET', '/v1/messages'], ['POST', '/v1/files'], ['POST', '/v1/messages/batches'], ['POST', '/v1/messages/../files'], ['POST', '/v1/messages/']]) {
    assert.equal(api(method, target).refusal.code, 'api_request', target);
  }
  assert.equal(api('POST', '/v1/messages', {}, false).refusal.code, 'no_tls');
  assert.equal(JSON.parse(api('POST', '/v1/files').refusal.reason).error.type, 'permission_error');
});

test('the gateway\'s credential takes the place of all others', () => {
  const verdict = judgeCredential({ exposure: 'gateway', kind: 'token' }, credentialFile('real'), ['X-Api-Key', 'foreign']);
  const decision = api('POST', '/v1/messages', verdict);
  assert.deepEqual(decision.setHeaders, [['authorization', 'Bearer real']]);
  assert.ok(['authorization', 'x-api-key', 'cookie', 'proxy-authorization'].every(name => decision.removeHeaders.includes(name)));
  assert.equal(api('POST', '/v1/messages', judgeCredential({ exposure: 'gateway', kind: 'apiKey' }, credentialFile(undefined), [])).refusal.status, 503);
});

test('an agent\'s credential is the fleet\'s or none', () => {
  const judge = (kind, ...lines) => judgeCredential({ exposure: 'agent', kind }, credentialFile('real'), lines);
  assert.deepEqual(judge('apiKey', 'x-api-key', 'real').set, ['x-api-key', 'real']);
  assert.deepEqual(judge('login', 'Authorization', 'bearer  real').set, ['authorization', 'Bearer real']);
  assert.deepEqual(judge('apiKey'), {});
  for (const lines of [['x-api-key', 'other'], ['X_Api_Key', 'other'], ['x.api.key', 'other'], ['authorization', 'Basic real'], ['x-api-key', 'real', 'authorization', 'Bearer other']]) {
    assert.notEqual(judge('apiKey', ...lines).refused, undefined, lines.join(' '));
  }
  assert.notEqual(judge('none', 'x-api-key', 'real').refused, undefined);
});

test('an agent that has not seen the renewed login yet is sent on with it', () => {
  const file = { current: () => 'renewed', accepts: value => ['earlier', 'renewed'].includes(value) };
  const judge = value => judgeCredential({ exposure: 'agent', kind: 'login' }, file, ['Authorization', `Bearer ${value}`]);
  assert.deepEqual(judge('earlier').set, ['authorization', 'Bearer renewed']);
  assert.notEqual(judge('foreign').refused, undefined);
});

test('an access token counts until its end, and the renewed one from then on', () => {
  const name = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'credential-')), 'access-token.json');
  const write = (token, seconds) => {
    const end = Math.floor(Date.now() / 1000) + seconds;
    fs.writeFileSync(`${name}.new`, JSON.stringify({ version: '1.0', type: 'oauth_token', access_token: token, expires_at: end }));
    fs.renameSync(`${name}.new`, name);
  };
  const policy = { exposure: 'gateway', kind: 'federation' };
  const credential = new CredentialFile({ kind: 'federation', file: name });
  assert.match(judgeCredential(policy, credential, []).unavailable, /no credential yet/);
  write('first', 60);
  assert.deepEqual(judgeCredential(policy, credential, ['authorization', 'Bearer placeholder']).set, ['authorization', 'Bearer first']);
  write('second', -1);
  assert.notEqual(judgeCredential(policy, credential, []).unavailable, undefined);
  assert.deepEqual(['first', 'second', 'third'].map(value => credential.accepts(value)), [true, true, false]);
  const exposed = { exposure: 'agent', kind: 'federation' };
  assert.notEqual(judgeCredential(exposed, credential, ['authorization', 'Bearer first']).unavailable, undefined);
  write('third', 60);
  assert.deepEqual(judgeCredential(policy, credential, []).set, ['authorization', 'Bearer third']);
  assert.deepEqual(judgeCredential(exposed, credential, ['authorization', 'Bearer first']).set, ['authorization', 'Bearer third']);
});

test('a renewed login is taken at once, and the earlier one is known for an hour', () => {
  const name = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'credential-')), '.credentials.json');
  const write = accessToken => {
    fs.writeFileSync(`${name}.new`, JSON.stringify({ claudeAiOauth: { accessToken } }));
    fs.renameSync(`${name}.new`, name);
  };
  const credential = new CredentialFile({ kind: 'login', file: name });
  assert.equal(credential.current(), undefined);
  write('first');
  assert.equal(credential.current(), 'first');
  write('second');
  assert.equal(credential.current(), 'second');
  assert.deepEqual(['first', 'second', 'third'].map(value => credential.accepts(value)), [true, true, false]);
  fs.writeFileSync(name, '{');
  assert.equal(credential.current(), 'second');
  const now = Date.now;
  try {
    Date.now = () => now() + 3_700_000;
    assert.deepEqual(['first', 'second'].map(value => credential.accepts(value)), [false, true]);
  } finally {
    Date.now = now;
  }
});

test('a body names one model, however it is written', () => {
  assert.equal(modelOf('{"a":{"model":"x"},"model":"m","b":["model",{"model":"y"}]}'), 'm');
  assert.equal(modelOf('{"mod\\u0065l":"m"}'), 'm');
  assert.equal(modelOf('{"system":"\\"model\\":\\"x\\"","model":"m"}'), 'm');
  for (const body of ['{"model":"m","model":"n"}', '{"model":"m","MODEL":"n"}', '{"model":"m","mod\\u0065l":"n"}', '{"model":1}', '[]', 'null', '{', '']) {
    assert.equal(modelOf(body), undefined, body);
  }
});

test('requests are counted for each agent', () => {
  const agent = agentOf({ mode: 'none', maxRequests: 2 });
  const counter = new RequestCounter();
  assert.deepEqual([counter.take(agent)?.code, counter.take(agent)?.code, counter.take(agent)?.code], [undefined, undefined, 'maxRequests']);
});

test('usage is printed at most once a second, and for a limited number of hosts', () => {
  const lines = [];
  const log = new UsageLog(line => lines.push({ ...line }));
  for (let index = 0; index < 500; index++) {
    log.allowed('tester', 'repo.org', 443);
  }
  assert.equal(lines.length, 1);
  log.flush();
  assert.deepEqual(lines.map(line => line.requests), [1, 500]);
  for (let index = 0; index < 2000; index++) {
    log.refused('tester', `h${index}\n.org`, 443, 'not_allowed');
  }
  log.flush();
  assert.equal(new Set(lines.map(line => line.host)).size, 1001);
  assert.ok(lines.every(line => !/[\n]/.test(line.host)));
});

test('names that are none', () => {
  for (const host of ['', 'a b', 'a\0b', 'a%2eb', 'a/b', 'a@b', 'a..b', 'ａ.org', 'x'.repeat(300), '[::1%eth0]']) {
    assert.equal(canonicalHost(host), undefined, host);
  }
});

test('an invalid policy is refused by name', () => {
  const wrong = {
    'version must be 1': file(allowing(), { version: 2 }),
    'policies[0].mode': file({ mode: 'open' }),
    'policies[0].allow[0].host is no host': file(allowing({ host: 'https://x' })),
    'policies[0].allow[0].port': file(allowing({ host: 'x.org', port: 70000 })),
    'agents[0].policy': file(allowing(), { agents: [{ name: 'a', socket: SOCKET, policy: 3 }] }),
    'agents[0].socket must be': file(allowing(), { agents: [{ name: 'a', socket: '../x', policy: 0 }] }),
    'credential.file': file(allowing(), { credential: { exposure: 'gateway', kind: 'apiKey' } }),
    'it is no JSON': '{',
  };
  for (const [message, text] of Object.entries(wrong)) {
    assert.throws(() => parsePolicy(text), error => error.message.includes(message), message);
  }
});
