// The address of a rehearsal's stand-in in the fleet: a port of this container's loopback for the gateway, and a socket in
// the volume for what the gateway does not fence in. The stand-in itself runs beside Maven, and talks by this program's
// standard streams: a line of JSON for each request, and one for each reply. Usage: stand-in.mjs PORT SESSION
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Status by which the stand-in knows that a later one has replaced it. */
const REPLACED = 3;

/** A request is one line, and the engine's connection passes on lines of 16 MiB. */
const MAX_BODY = 7 << 20;

/** By these lines the stand-in notices a lost connection. */
const BEAT_MS = 20_000;

const [port, session] = process.argv.slice(2);
const volume = process.env.CLAUDE_FLEET_GATEWAY_VOLUME ?? '/claude-fleet/gateway';
const directory = join(volume, 'private', process.env.CLAUDE_FLEET_GATEWAY_PRIVATE);
const open = join(volume, 'stand-in');
const path = join(directory, 'stand-in.sock');
const ready = join(directory, 'stand-in');
const waiting = new Map();
let last = 0;

const say = line => process.stdout.write(`${JSON.stringify(line)}\n`);

/** Ends a stand-in that is at work. Resolves when its port is free. */
function replaceFormer() {
  return new Promise(resolve => {
    const former = connect(path);
    former.once('error', () => resolve());
    former.once('close', () => resolve());
    former.resume();
  });
}

function listen(server, ...address) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(...address, resolve);
  });
}

async function take(request, response) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > MAX_BODY) {
      response.writeHead(413).end();
      return;
    }
    parts.push(part);
  }
  const id = ++last;
  waiting.set(id, response);
  response.once('close', () => waiting.delete(id));
  say({ id, method: request.method, target: request.url, headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
}

function reply({ id, status, headers, body }) {
  waiting.get(id)?.writeHead(status, headers).end(body);
}

await replaceFormer();
rmSync(path, { force: true });
const control = createServer(() => process.exit(REPLACED));
await listen(control, path);
const serve = (request, response) => take(request, response).catch(() => response.destroy());
await listen(createHttpServer(serve), Number(port), '127.0.0.1');
mkdirSync(open, { recursive: true });
rmSync(join(open, 'http.sock'), { force: true });
await listen(createHttpServer(serve), join(open, 'http.sock'));
// Without the stand-in, nobody would answer.
createInterface({ input: process.stdin }).on('line', line => reply(JSON.parse(line))).once('close', () => process.exit(0));
setInterval(() => say({}), BEAT_MS);
writeFileSync(ready, session);
