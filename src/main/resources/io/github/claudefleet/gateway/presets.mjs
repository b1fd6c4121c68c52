// Hosts that one word allows. Those of package registries are not known here: the image's build recorded them from the
// configuration of npm and apt.
import { readFileSync } from 'node:fs';
import { canonicalHost } from './host.mjs';

const READ = ['GET', 'HEAD'];
const PRESETS = new URL('./presets.json', import.meta.url);

/** Cloning and fetching; pushing has another path. */
const FETCH = /^\/[^/]+\/[^/]+\/git-upload-pack$/;

/** Returns the entries of a preset. Throws an Error if there is no preset of that name. */
export function entriesOfPreset(name) {
  switch (name) {
    case 'npm':
    case 'debian':
      return recorded(name).map(({ host, port }) => entry(host, port, READ));
    case 'github':
      return [
        ...['github.com', 'api.github.com', 'codeload.github.com'].map(host => entry(host, 443, READ)),
        { ...entry('githubusercontent.com', 443, READ), wildcard: true },
        { ...entry('github.com', 443, ['POST']), pathPattern: FETCH },
      ];
    default:
      throw new Error(`there is no preset ${String(name).slice(0, 40)}`);
  }
}

function recorded(name) {
  return JSON.parse(readFileSync(PRESETS, 'utf8'))[name] ?? [];
}

function entry(host, port, methods) {
  return { host: canonicalHost(host), wildcard: false, port, methods, path: undefined };
}
