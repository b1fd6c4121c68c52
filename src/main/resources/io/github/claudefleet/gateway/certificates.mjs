// Certificates of the gateway and its agents, for agents that call by TLS. The gateway's own authority signs them.
import { generateKeyPair, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { forge } from './library.mjs';

const DAY_MS = 86_400_000;

/** Makes certificates once, and keeps each in a file of the private directory with its key and the authority's. */
export class Certificates {
  #directory;
  #authority;

  /** @param privateDirectory directory with the authority's files, which openAuthority has made */
  constructor(privateDirectory) {
    this.#directory = join(privateDirectory, 'certificates');
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    this.#authority = {
      pem: readFileSync(join(privateDirectory, 'ca.pem'), 'utf8'),
      key: readFileSync(join(privateDirectory, 'ca.key'), 'utf8'),
    };
  }

  /** The authority's own certificate. */
  get authority() {
    return this.#authority.pem;
  }

  /**
   * Returns key and certificate of a name, as PEM.
   *
   * @param use `serverAuth` or `clientAuth`: one can't be taken for the other
   */
  async of(name, use) {
    const file = join(this.#directory, `${name}.pem`);
    const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
    // One of a former authority has another.
    if (kept.endsWith(this.#authority.pem)) {
      return kept;
    }
    const pem = await this.#make(name, use);
    writeFileSync(`${file}.new`, pem, { mode: 0o400 });
    renameSync(`${file}.new`, file);
    return pem;
  }

  async #make(name, use) {
    const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const issuer = forge.pki.certificateFromPem(this.#authority.pem);
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
    certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
    certificate.validity.notBefore = new Date(Date.now() - DAY_MS);
    certificate.validity.notAfter = issuer.validity.notAfter;
    certificate.setSubject([{ name: 'commonName', value: name }]);
    certificate.setIssuer(issuer.subject.attributes);
    certificate.setExtensions([
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', [use]: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ]);
    certificate.sign(forge.pki.privateKeyFromPem(this.#authority.key), forge.md.sha256.create());
    return privateKey + forge.pki.certificateToPem(certificate).replace(/\r/g, '') + this.#authority.pem;
  }
}
