// Asks an OIDC endpoint for an identity token, through a company's proxy if the variables name one. Prints the answer's
// status on the first line and its body after it. Works with Node.js 18, whose fetch knows no proxy.
// Usage: node identity.mjs DIRECTORY   with the files request-url and request-token
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import tls from 'node:tls';

const LIMIT_MS = 15_000;
const directory = process.argv[2];
const url = new URL(readFileSync(join(directory, 'request-url'), 'utf8').trim());
const token = readFileSync(join(directory, 'request-token'), 'utf8').trim();

function variable(name) {
  return process.env[name.toLowerCase()] || process.env[name] || '';
}

/** Returns true if a rule of NO_PROXY names the host: `*`, the host itself, or a domain with or without a dot. */
function isDirect(host) {
  return variable('NO_PROXY').split(/[\s,]+/).filter(rule => rule !== '').some(rule => {
    const name = rule.replace(/:\d+$/, '').replace(/^\*?\./, '');
    return rule === '*' || host === name || host.endsWith(`.${name}`);
  });
}

function proxyOf() {
  const address = variable(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || variable('ALL_PROXY');
  return address === '' || isDirect(url.hostname) ? undefined : new URL(address.includes('://') ? address : `http://${address}`);
}

/** Returns a TLS connection through the proxy's tunnel. */
function tunnel(proxy) {
  const port = url.port || 443;
  const headers = proxy.username === '' ? {} : { 'Proxy-Authorization': `Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}` };
  return new Promise((resolve, reject) => {
    (proxy.protocol === 'https:' ? https : http)
      .request({ host: proxy.hostname, port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80), method: 'CONNECT', path: `${url.hostname}:${port}`, headers })
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) {
          const secured = tls.connect({ socket, servername: url.hostname }, () => resolve(secured)).on('error', reject);
        } else {
          reject(new Error(`the proxy ${proxy.host} answers ${statusCode}`));
        }
      })
      .on('error', reject)
      .end();
  });
}

async function ask() {
  const proxy = proxyOf();
  const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json' };
  const target = { hostname: url.hostname, port: url.port || undefined, path: url.pathname + url.search, headers };
  let protocol = url.protocol === 'https:' ? https : http;
  if (proxy !== undefined && protocol === https) {
    const socket = await tunnel(proxy);
    target.createConnection = () => socket;
    // The connection is secured already.
    protocol = http;
    headers.Host = url.host;
  } else if (proxy !== undefined) {
    Object.assign(target, { hostname: proxy.hostname, port: proxy.port || 80, path: url.href });
    headers.Host = url.host;
  }
  return new Promise((resolve, reject) => {
    protocol.get(target, response => {
      let body = '';
      response.setEncoding('utf8').on('data', part => (body += part)).on('end', () => resolve([response.statusCode, body]));
    }).on('error', reject);
  });
}

setTimeout(() => fail(new Error(`no answer within ${LIMIT_MS / 1000} s`)), LIMIT_MS).unref();

function fail(error) {
  process.stderr.write(`${error.message || error.code || 'unknown'}\n`);
  process.exit(1);
}

ask().then(([status, body]) => process.stdout.write(`${status}\n${body}`), fail);
