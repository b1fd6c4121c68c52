// Does through the gateway what programs and servers do that not every proxy bears, and prints for each what came of it:
// {"did":…,"got":…}. Run with the variables that the plugin gives to agents.
// usage: node client.mjs NAME… | pauses MILLIS
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { promisify } from 'node:util';

const PROXY = { host: '127.0.0.1', port: 3128 };
const HOST = 'allowed.test';
const CA = fs.readFileSync('/claude-fleet/gateway/bundle.pem');
const UPLOAD = Buffer.alloc(20 << 20, 'agent');
/** Longer than the gateway keeps a connection that nobody uses. */
const IDLE_MS = 33_000;
const run = promisify(execFile);

/** Opens a tunnel and TLS in it. */
function secured() {
  return new Promise((resolve, reject) => {
    const socket = net.connect(PROXY).on('error', reject);
    socket.once('data', () => {
      const secure = tls.connect({ socket, servername: HOST, ca: CA });
      secure.once('secureConnect', () => resolve(secure)).once('error', reject);
    });
    socket.write(`CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
  });
}

/** Sends a request on a connection of its own, or on the one of `options`, and returns the answer. */
async function ask(path, { body, ...options } = {}) {
  const secure = options.on ?? await secured();
  return new Promise((resolve, reject) => {
    const request = https.request({ path, maxHeaderSize: 1 << 16, createConnection: () => secure, ...options, headers: { host: HOST, ...options.headers } }, response => {
      const chunks = [];
      response.on('data', chunk => chunks.push(chunk)).on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, phrase: response.statusMessage, headers: response.headers, text: Buffer.concat(chunks).toString('latin1') }));
    });
    request.on('error', reject);
    if (options.headers?.expect === undefined) {
      request.end(body);
    } else {
      request.on('continue', () => request.end(body));
    }
  });
}

const said = answer => `${answer.status} ${answer.text}`;
const echoed = ({ status, text }) => {
  const { bytes, digest } = JSON.parse(text);
  return `${status} ${bytes} bytes, ${digest === createHash('sha256').update(UPLOAD).digest('hex') ? 'unchanged' : 'changed'}`;
};
const git = (...words) => run('git', ['-c', 'user.name=Pat', '-c', 'user.email=pat@example.org', ...words], {
  env: { ...process.env, https_proxy: 'http://127.0.0.1:3128', GIT_SSL_CAINFO: '/claude-fleet/gateway/bundle.pem', GIT_TERMINAL_PROMPT: '0' },
});

/** A stream whose first event comes after a pause. */
async function paused(millis) {
  const begin = Date.now();
  const { text } = await ask(`/stream/1/${millis}`);
  return `${text.match(/^data/gm).length} event after ${Date.now() - begin >= millis ? 'its pause' : 'less'}`;
}

/** An upload that stops in the middle. */
async function halting(millis) {
  const secure = await secured();
  return new Promise((resolve, reject) => {
    const request = https.request({ path: '/echo', method: 'POST', createConnection: () => secure, headers: { host: HOST } }, response => {
      response.setEncoding('utf8').on('data', text => resolve(`${response.statusCode} ${JSON.parse(text).bytes} bytes`));
    });
    request.on('error', reject);
    request.write('a');
    setTimeout(() => request.end('b'), millis);
  });
}

const THINGS = {
  'upload in chunks': async () => echoed(await ask('/echo', { method: 'POST', body: UPLOAD, headers: { 'transfer-encoding': 'chunked' } })),
  'upload that waits for 100': async () => echoed(await ask('/echo', { method: 'PUT', body: UPLOAD, headers: { expect: '100-continue', 'content-length': UPLOAD.length } })),
  'upload that is refused early': async () => said(await ask('/unwanted', { method: 'PUT', body: UPLOAD, headers: { 'content-length': UPLOAD.length } })),
  'headers of 40 kB': async () => { const { status, headers } = await ask('/headers/40000'); return `${status} ${headers['x-large'].length} ${headers.link}`; },
  'early hints': async () => said(await ask('/hints')),
  'compressed answer': async () => (await ask('/gzip')).headers['content-encoding'],
  'not modified': async () => said(await ask('/nothing')),
  'answer without a length': async () => (await ask('/unframed')).text.length,
  'letters that are not ASCII': async () => (await ask('/latin')).headers['content-disposition'],
  'answer that is cut off': async () => ask('/cut').then(said, error => error.code),
  'part of a file': async () => JSON.parse((await ask('/echo', { headers: { range: 'bytes=10-20' } })).text).range,
  'git clone and push of 60 MB': async () => {
    await run('rm', ['-rf', '/tmp/shop']);
    await git('clone', '--quiet', `https://${HOST}/git/shop.git`, '/tmp/shop');
    fs.writeFileSync('/tmp/shop/more', Buffer.concat([fs.readFileSync('/tmp/shop/large').subarray(1, 10 << 20).reverse(), Buffer.from(String(Date.now()))]));
    await git('-C', '/tmp/shop', 'add', '.');
    await git('-C', '/tmp/shop', 'commit', '--quiet', '--message=More');
    await git('-C', '/tmp/shop', 'push', '--quiet');
    const [local, remote] = await Promise.all([git('-C', '/tmp/shop', 'rev-parse', 'HEAD'), git('ls-remote', `https://${HOST}/git/shop.git`, 'HEAD')]);
    return remote.stdout.startsWith(local.stdout.trim()) ? 'pushed' : remote.stdout;
  },
  'connection that was idle': async () => {
    const secure = await secured();
    const closed = new Promise(resolve => secure.once('end', () => resolve('closed in good order')).once('error', error => resolve(error.code)));
    await new Promise(resolve => {
      secure.once('data', resolve);
      secure.write(`GET /x HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
    });
    return Promise.race([closed, new Promise(resolve => setTimeout(() => resolve('open'), IDLE_MS))]);
  },
};

const [first, ...others] = process.argv.slice(2);
const millis = Number(others[0]);
const chosen = first === 'pauses'
  ? { 'stream that pauses': () => paused(millis), 'answer that is late': async () => said(await ask(`/silence/${millis}`)), 'upload that halts': () => halting(millis) }
  : Object.fromEntries([first, ...others].filter(Boolean).map(name => [name, THINGS[name]]));
await Promise.all(Object.entries(first === undefined ? THINGS : chosen).map(async ([did, act]) => {
  const got = await Promise.resolve().then(act).catch(error => `failed: ${error.stderr ?? error.code ?? error.message}`);
  console.log(JSON.stringify({ did, got: String(got) }));
}));
process.exit(0);
