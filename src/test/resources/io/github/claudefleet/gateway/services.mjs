// Answers of the world's services to requests that are allowed: what servers on the internet do that not every proxy bears.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const LARGE = 5 << 20;
const REPOSITORIES = '/tmp/repositories';

/** By the first part of the path: `(request, response, body, further parts of the path)`. */
const SERVICES = {
  large: (request, response) => response.writeHead(200).end(Buffer.alloc(LARGE, 'x')),
  stream: (request, response, body, [events, pauseMillis]) => stream(response, Number(events), Number(pauseMillis)),
  silence: (request, response, body, [millis]) => setTimeout(() => response.writeHead(200).end('world'), Number(millis)),
  echo: (request, response, body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({
    method: request.method, bytes: body.length, digest: createHash('sha256').update(body).digest('hex'), range: request.headers.range,
  })),
  headers: (request, response, body, [size]) => response.writeHead(200, { 'x-large': 'x'.repeat(Number(size)), link: ['<a>', '<b>'] }).end('world'),
  hints: (request, response) => response.writeEarlyHints({ link: '</a>; rel=preload' }, () => response.writeHead(200).end('world')),
  gzip: (request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('world'.repeat(1000))),
  nothing: (request, response) => response.writeHead(304, { etag: '"1"' }).end(),
  // As old servers do: no length, and the end of the connection is the end of the answer.
  unframed: (request, response) => response.socket.end(`HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n${'world'.repeat(1000)}`),
  // Reason phrase and header that are not in ASCII.
  latin: (request, response) => response.socket.end('HTTP/1.1 200 Sch\xf6n\r\nContent-Disposition: filename="\xfc.jar"\r\nContent-Length: 5\r\n\r\nworld', 'latin1'),
  cut: (request, response) => {
    response.writeHead(200, { 'content-length': 1000 }).write('world');
    setTimeout(() => response.socket.destroy(), 200);
  },
};

/** Returns true if it has such a service. */
export function serves(request) {
  return partsOf(request)[0] in SERVICES;
}

/** Answers a request whose body has been read. */
export function answerService(request, response, body) {
  const [service, ...further] = partsOf(request);
  SERVICES[service](request, response, body, further);
}

/** Answers before it has the body, if it is a service that does, and returns true. */
export function answerEarly(request, response) {
  const [service, ...further] = partsOf(request);
  if (service === 'git') {
    git(request, response, further.join('/')).catch(error => response.destroy(error));
  } else if (service === 'unwanted') {
    response.writeHead(413).end('too large');
    // It reads on, so that the client is not cut off while it reads the answer.
    request.resume();
  } else {
    return false;
  }
  return true;
}

function partsOf(request) {
  return request.url.split('?')[0].split('/').slice(1);
}

/** Sends some events, with a pause before each. */
function stream(response, events, pauseMillis) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let left = events;
  const send = () => {
    response.write(`event: ping\ndata: {"at":${Date.now()}}\n\n`);
    if (--left <= 0) {
      clearInterval(timer);
      response.end();
    }
  };
  const timer = setInterval(send, pauseMillis);
  response.on('close', () => clearInterval(timer));
}

/** Git's own server, on a repository of 60 MB that nothing can compress. */
async function git(request, response, path) {
  repository ??= makeRepository();
  await repository;
  const [, query = ''] = request.url.split('?');
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...process.env, GIT_PROJECT_ROOT: REPOSITORIES, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: `/${path}`, QUERY_STRING: query, REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '', HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? '', REMOTE_USER: 'agent', ...length(request),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  backend.stdin.on('error', () => {});
  request.pipe(backend.stdin);
  let head = Buffer.alloc(0);
  const readHead = chunk => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) {
      return;
    }
    backend.stdout.off('data', readHead);
    const headers = Object.fromEntries(head.subarray(0, end).toString().split('\r\n').map(line => line.split(/: */)));
    response.writeHead(Number((headers.Status ?? '200').split(' ')[0]), headers);
    response.write(head.subarray(end + 4));
    backend.stdout.pipe(response);
  };
  backend.stdout.on('data', readHead);
}

/** A request in chunks has no length, and the backend then reads to the end. */
function length(request) {
  const given = request.headers['content-length'];
  return given === undefined ? {} : { CONTENT_LENGTH: given };
}

/** Made for the first request, and not in one go: other services must answer meanwhile. */
let repository;

async function makeRepository() {
  const work = '/tmp/work';
  mkdirSync(work);
  const run = (...words) => promisify(execFile)('git', words);
  const commit = ['-C', work, '-c', 'user.name=Pat', '-c', 'user.email=pat@example.org', 'commit', '--quiet', '--message=First'];
  await run('-C', work, 'init', '--quiet', '--initial-branch=main');
  writeFileSync(`${work}/large`, noise(60 << 20));
  await run('-C', work, 'add', '.');
  await run(...commit);
  await run('clone', '--quiet', '--bare', work, `${REPOSITORIES}/shop.git`);
  await run('-C', `${REPOSITORIES}/shop.git`, 'config', 'http.receivepack', 'true');
}

/** Bytes that look random, and are the same each time. */
function noise(size) {
  const bytes = Buffer.alloc(size);
  let state = 1;
  for (let at = 0; at < size; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state | 0, at);
  }
  return bytes;
}
