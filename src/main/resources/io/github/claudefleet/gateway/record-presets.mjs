// Records, while the image is built, which package registries npm and apt are configured with here.
// usage: node record-presets.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const APT = '/etc/apt';

function placeOf(address) {
  const { hostname, port, protocol } = new URL(address);
  return { host: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) };
}

function unique(places) {
  return [...new Map(places.map(place => [`${place.host}:${place.port}`, place])).values()];
}

function npm() {
  return [placeOf(execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim())];
}

function apt() {
  const lists = join(APT, 'sources.list.d');
  const files = [join(APT, 'sources.list'), ...(existsSync(lists) ? readdirSync(lists).map(name => join(lists, name)) : [])];
  return files.filter(existsSync).flatMap(file =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => !line.trimStart().startsWith('#'))
      .flatMap(line => line.match(/https?:\/\/[^\s\]]+/g) ?? [])
      .map(placeOf));
}

writeFileSync(new URL('./presets.json', import.meta.url), JSON.stringify({ npm: unique(npm()), debian: unique(apt()) }));
