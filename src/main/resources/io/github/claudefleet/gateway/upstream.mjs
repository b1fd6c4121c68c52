// The company's proxy, if the gateway's own environment names one (HTTPS_PROXY, HTTP_PROXY, NO_PROXY).
import https from 'node:https';
import { connectViaParentProxy, resolveParentProxy, selectParentProxyUrl, shouldBypassParentProxy } from './library.mjs';

/** The proxy as the library takes it, or undefined. */
export const parentProxy = resolveParentProxy();

/** Returns true if connections to a host go through the company's proxy, which then resolves its name. */
export function isBehindParent(host) {
  return parentProxy !== undefined && !shouldBypassParentProxy(parentProxy, host);
}

/**
 * Sends the requests of ended tunnels through the company's proxy. The library does so for clear text alone (its own
 * TODO in tls-terminate-proxy), and its https.Agent is not ours to configure, so the class is told how to connect.
 */
export function routeThroughParent() {
  const url = parentProxy && selectParentProxyUrl(parentProxy, { isHttps: true });
  if (url === undefined) {
    return;
  }
  const direct = https.Agent.prototype.createConnection;
  https.Agent.prototype.createConnection = function createConnection(options, callback) {
    const host = options.servername || options.host;
    if (!isBehindParent(host)) {
      return direct.call(this, options, callback);
    }
    connectViaParentProxy(url, host, options.port).then(
      socket => callback(null, direct.call(this, { ...options, socket })),
      error => callback(error));
    return undefined;
  };
}
