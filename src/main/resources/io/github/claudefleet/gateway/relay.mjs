// The relay for agents' containers, copied from this image into the volume.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Puts `relay/` into the volume unless it has this one already: agents may be running it. */
export function publishRelay(image, volume) {
  const relay = join(volume, 'relay');
  const version = createHash('sha256').update(readFileSync(join(image, 'relay.sh'))).update(readFileSync(join(image, 'relay', 'socat'))).digest('hex');
  const stamp = join(relay, 'version');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) {
    return;
  }
  const fresh = `${relay}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o755 });
  cpSync(join(image, 'relay'), fresh, { recursive: true });
  cpSync(join(image, 'relay.sh'), join(fresh, 'relay.sh'));
  writeFileSync(join(fresh, 'version'), version, { mode: 0o644 });
  if (existsSync(relay)) {
    rmSync(`${relay}.old`, { recursive: true, force: true });
    renameSync(relay, `${relay}.old`);
  }
  renameSync(fresh, relay);
}
