// The world outside of a fleet: services and a DNS server that write down what they hear. It runs in the gateway's own
// image, whose certificate library makes the certificates. The names that it resolves come as JSON: name to address.
import dgram from 'node:dgram';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import tls from 'node:tls';
import { answerEarly, answerService, serves } from './services.mjs';

const parts = '/opt/claude-fleet-gateway/node_modules/@anthropic-ai/sandbox-runtime/dist/sandbox';
const { createMitmCA } = await import(`${parts}/mitm-ca.js`);
const { secureContextFor } = await import(`${parts}/mitm-leaf.js`);
const given = JSON.parse(process.argv[2]);
const own = Object.values(os.networkInterfaces()).flat().map(({ address }) => address).filter(address => net.isIPv4(address) && !/^127\./.test(address));
const privateAddress = own.find(address => !/^(?:203|100)\./.test(address)) ?? '127.0.0.1';
const names = Object.fromEntries(Object.entries(given).map(([name, address]) => [name, address === 'private' ? privateAddress : address]));
const authority = createMitmCA({});

/** Text of attackers begins so, and goes to the end of the word. */
const MARK = /leak-[a-z0-9-]+/gi;

function hear(text, by) {
  for (const mark of new Set(String(text).match(MARK) ?? [])) {
    console.log(JSON.stringify({ heard: mark.toLowerCase(), by }));
  }
}

/** Answers as the API does, as far as a test needs it, and says which credentials came. */
function answer(request, response) {
  if (answerEarly(request, response)) {
    return;
  }
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('error', () => {});
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    const trailers = JSON.stringify(request.rawTrailers);
    hear(`${request.method} ${request.url}\n${request.rawHeaders.join('\n')}\n${body}\n${trailers}`, `https ${request.headers.host}`);
    console.log(JSON.stringify({
      request: `${request.method} ${request.url.split('?')[0].slice(0, 200)}`,
      host: request.headers.host,
      headers: request.rawHeaders,
    }));
    if (request.url.startsWith('/redirect')) {
      response.writeHead(302, { location: `https://evil.test${request.url.slice('/redirect'.length)}` }).end();
    } else if (serves(request)) {
      answerService(request, response, Buffer.concat(chunks));
    } else {
      response.writeHead(200, { 'content-type': 'text/plain', 'set-cookie': 'session=of-the-service' }).end('world');
    }
  });
}

const web = http.createServer(answer);
web.on('upgrade', (request, socket) => {
  hear(`${request.url} ${request.rawHeaders.join('\n')}`, 'upgrade');
  socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
});
// Like a company's proxy.
web.on('connect', (request, socket) => {
  hear(request.url, 'connect');
  console.log(JSON.stringify({ tunnel: request.url }));
  const upstream = net.connect(443, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
});
web.on('clientError', (error, socket) => {
  hear(error.rawPacket ?? '', 'broken request');
  socket.destroy();
});

/** Listens on a port for anything, and answers HTTP, in clear text or by TLS. */
function listen(port) {
  net.createServer(socket => {
    socket.on('error', () => {});
    socket.once('data', first => {
      socket.pause();
      hear(first.toString('latin1'), `tcp ${port}`);
      socket.unshift(first);
      if (first[0] !== 0x16) {
        web.emit('connection', socket);
        socket.resume();
        return;
      }
      const secure = new tls.TLSSocket(socket, {
        isServer: true,
        secureContext: secureContextFor(authority, privateAddress),
        SNICallback: (name, callback) => callback(null, secureContextFor(authority, name)),
      });
      secure.on('error', () => {});
      secure.on('secure', () => hear(secure.servername ?? '', 'server name'));
      web.emit('connection', secure);
    });
  }).listen(port, '0.0.0.0');
}

/** Returns the question's name, and where it ends. */
function question(message) {
  const labels = [];
  let at = 12;
  while (at < message.length && message[at] > 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]));
    at += 1 + message[at];
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5, type: message.readUInt16BE(at + 1) };
}

function resolve(message) {
  const { name, end, type } = question(message);
  hear(name, 'dns');
  const address = names[name] ?? names[`*.${name.split('.').slice(-2).join('.')}`];
  const head = Buffer.from(message.subarray(0, end));
  head.writeUInt16BE(address === undefined ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(type === 1 && address !== undefined ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  if (type !== 1 || address === undefined) {
    return head;
  }
  return Buffer.concat([head, Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)])]);
}

for (const port of [80, 443, 3129, 8443, 9000]) {
  listen(port);
}
const udp = dgram.createSocket('udp4');
udp.on('message', (message, from) => udp.send(resolve(message), from.port, from.address));
udp.bind(53);
net.createServer(socket => {
  socket.on('error', () => {});
  socket.once('data', message => {
    const reply = resolve(message.subarray(2));
    socket.end(Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 255]), reply]));
  });
}).listen(53);
const quic = dgram.createSocket('udp4');
quic.on('message', message => hear(message.toString('latin1'), 'udp 443'));
quic.bind(443);
process.on('SIGTERM', () => process.exit(0));
console.log(JSON.stringify({ ready: true, address: privateAddress, ca: authority.certPem }));
