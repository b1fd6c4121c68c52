// The agents' way out: each agent calls on a socket of its own, or with a certificate of its own, and the policy decides
// about each request.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAuthority, prepareHostKey } from './authority.mjs';
import { Certificates } from './certificates.mjs';
import { clean, print, UsageLog } from './log.mjs';
import { PolicyWatch } from './policy-watch.mjs';
import { publishRelay } from './relay.mjs';
import { AgentSockets, UNLISTED } from './sockets.mjs';
import { TlsPort } from './tls-port.mjs';
import { routeThroughParent } from './upstream.mjs';

const VERSION = 1;
const VOLUME = process.env.CLAUDE_FLEET_GATEWAY_VOLUME ?? '/claude-fleet/gateway';
const PRIVATE = process.env.CLAUDE_FLEET_GATEWAY_PRIVATE;

/** Set where agents share no volume with this container. */
const PORT = Number(process.env.CLAUDE_FLEET_GATEWAY_PORT ?? 0);

/** Ends this gateway, which closes every way out; the engine starts it again. Messages can hold what an agent sent. */
function fail(error) {
  const frames = String(error?.stack ?? '').split('\n').filter(line => /^\s+at /.test(line)).slice(0, 5).map(line => line.trim());
  print({ gateway: 'failed', error: clean(error?.code ?? error?.name ?? 'unknown'), frames });
  process.exit(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
process.on('SIGTERM', () => process.exit(0));
process.on('SIGINT', () => process.exit(0));

if (!/^[0-9a-f]{32}$/.test(PRIVATE ?? '')) {
  print({ gateway: 'failed', error: 'CLAUDE_FLEET_GATEWAY_PRIVATE must be 32 hexadecimal digits' });
  process.exit(2);
}

process.umask(0o022);
const privateDirectory = join(VOLUME, 'private', PRIVATE);
rmSync(join(privateDirectory, 'in-force'), { force: true });
// Whoever made the first of them, nobody may list it.
mkdirSync(privateDirectory, { recursive: true, mode: 0o700 });
chmodSync(join(VOLUME, 'private'), UNLISTED);
publishRelay(import.meta.dirname ?? new URL('.', import.meta.url).pathname, VOLUME);
routeThroughParent();
const authority = openAuthority(VOLUME, privateDirectory);
prepareHostKey(authority, privateDirectory).catch(fail);
const sockets = new AgentSockets(join(VOLUME, 'agents'), authority, new UsageLog());
const tlsPort = PORT > 0 ? new TlsPort(PORT, VOLUME, new Certificates(privateDirectory)) : undefined;
await tlsPort?.open(name => sockets.serverOf(name));
let ready = false;
await new PolicyWatch(join(privateDirectory, 'policy.json'), {
  apply: async (policy, digest) => {
    await Promise.all([sockets.apply(policy), tlsPort?.prepare(policy)]);
    writeFileSync(join(privateDirectory, 'in-force'), digest);
    print({ gateway: 'policy', digest });
    if (!ready) {
      ready = true;
      print({ gateway: 'ready', version: VERSION });
    }
  },
  refuse: reason => print({ gateway: 'policy-refused', reason }),
}).run();
