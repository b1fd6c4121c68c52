// Measures what many clients get at once: large answers, and streams of small events. Prints {"megabytesPerSecond":…,
// "delayMillis":…}: the delay is the largest one of an event.
// usage: node throughput.mjs CLIENTS direct ADDRESS | CLIENTS proxied
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';

const [clients, way, address] = process.argv.slice(2);
const HOST = 'allowed.test';
const ANSWERS = 1;

function connected() {
  return new Promise((resolve, reject) => {
    if (way === 'direct') {
      const secure = tls.connect({ host: address, port: 443, servername: HOST, rejectUnauthorized: false }, () => resolve(secure));
      secure.on('error', reject);
      return;
    }
    const socket = net.connect({ host: '127.0.0.1', port: 3128 }).on('error', reject);
    socket.once('data', () => {
      const secure = tls.connect({ socket, servername: HOST, rejectUnauthorized: false }, () => resolve(secure));
      secure.on('error', reject);
    });
    socket.write(`CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
  });
}

async function get(path, onData) {
  const secure = await connected();
  await new Promise((resolve, reject) => {
    https.get({ path, createConnection: () => secure, headers: { host: HOST } }, response => response.on('data', onData).on('end', resolve).on('error', reject)).on('error', reject);
  });
}

const all = act => Promise.all(Array.from({ length: Number(clients) }, act));

let bytes = 0;
const begin = performance.now();
await all(async () => {
  for (let answer = 0; answer < ANSWERS; answer++) {
    await get('/large', data => {
      bytes += data.length;
    });
  }
});
const seconds = (performance.now() - begin) / 1000;

let delay = 0;
await all(() => get('/stream/20/200', data => {
  for (const [, at] of data.toString().matchAll(/"at":(\d+)/g)) {
    delay = Math.max(delay, Date.now() - Number(at));
  }
}));
console.log(JSON.stringify({ megabytesPerSecond: bytes / 1e6 / seconds, delayMillis: delay }));
process.exit(0);
