// The gateway's own certificate authority, kept in the private directory so that a restarted gateway has the same one.
import { generateKeyPair } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createMitmCA, forge, generateCa, validateCaPair } from './library.mjs';

const DAYS = 825;
const MIN_LEFT_MS = 30 * 86_400_000;

/**
 * Returns the authority for the library, and publishes `ca.pem` (its certificate), `bundle.pem` (with the public roots
 * and the company's own) and `wgetrc` (Wget's settings, which name the bundle) in the volume.
 */
export function openAuthority(volume, privateDirectory) {
  const pair = kept(privateDirectory) ?? made(privateDirectory);
  const authority = createMitmCA({ caCertPem: pair.certPem, caKeyPem: pair.keyPem });
  write(join(volume, 'ca.pem'), pair.certPem, 0o644);
  const bundle = join(volume, 'bundle.pem');
  copyFileSync(authority.trustBundlePath, `${bundle}.new`);
  renameSync(`${bundle}.new`, bundle);
  // Wget knows no variable for certificates, only one for a file with settings.
  write(join(volume, 'wgetrc'), `ca_certificate = ${bundle}\n`, 0o644);
  return authority;
}

/**
 * Makes the key of all hosts' certificates before the first of them is needed, without holding up anything else: in
 * the library's own way, the first tunnel would wait for it.
 */
export async function prepareHostKey(authority, privateDirectory) {
  const file = join(privateDirectory, 'host.key');
  const pem = existsSync(file) ? readFileSync(file, 'utf8') : await newKey(file);
  const privateKey = forge.pki.privateKeyFromPem(pem);
  authority.leafKeyPair ??= { privateKey, publicKey: forge.pki.setRsaPublicKey(privateKey.n, privateKey.e) };
}

async function newKey(file) {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  write(file, privateKey, 0o400);
  return privateKey;
}

function kept(directory) {
  const cert = join(directory, 'ca.pem');
  const key = join(directory, 'ca.key');
  if (!existsSync(cert) || !existsSync(key)) {
    return undefined;
  }
  const pair = { certPem: readFileSync(cert, 'utf8'), keyPem: readFileSync(key, 'utf8') };
  const checked = validateCaPair(pair.certPem, pair.keyPem);
  return checked.ok && checked.notAfter.getTime() - Date.now() > MIN_LEFT_MS ? pair : undefined;
}

function made(directory) {
  const pair = generateCa({ cn: 'claude-fleet gateway', validityDays: DAYS });
  write(join(directory, 'ca.key'), pair.keyPem, 0o400);
  write(join(directory, 'ca.pem'), pair.certPem, 0o400);
  return pair;
}

function write(file, text, mode) {
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
