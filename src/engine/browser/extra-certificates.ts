import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Names a file of certificates that Node trusts besides its own ones. https://nodejs.org/api/cli.html#node_extra_ca_certsfile */
const variable = 'NODE_EXTRA_CA_CERTS';

/**
 * The keys of the certificates that Node was told to trust, as Chrome wants them: SHA-256 of the public key's DER, in
 * base64. The browser trusts whom this process trusts.
 */
export async function readExtraKeys(env: Readonly<Record<string, string | undefined>>): Promise<string[]> {
  const path = env[variable];
  // A file that cannot be read is told by Node itself, when it starts.
  const pem = path === undefined || path === '' ? '' : await readFile(path, 'utf8').catch(() => '');
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return certificates.flatMap((certificate) => {
    try {
      const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
      return [createHash('sha256').update(key).digest('base64')];
    } catch {
      return [];
    }
  });
}
