import { createHmac } from 'node:crypto'
import { type BearerRow, letIn, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import type { BearerReference } from '../../start.ts'
import { secrets } from './secrets.ts'

const hmac = (
  secret: (server: BearerReference) => string | Uint8Array,
  header: object = {},
): BearerRow =>
  letIn({
    header: { alg: 'HS256', ...header },
    sign: (input, server) => createHmac('sha256', secret(server)).update(input).digest(),
  })

const body = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '')

const x = ({ signingKey }: BearerReference): Buffer =>
  Buffer.from(String(signingKey.publicJwk?.x), 'base64url')

showBearerDifferences(secrets, {
  'jwt-hmac-public-pem': hmac(({ publicKeyPem = '' }) => publicKeyPem),
  'jwt-hmac-public-pem-trimmed': hmac(({ publicKeyPem = '' }) => publicKeyPem.trim()),
  'jwt-hmac-public-pem-crlf': hmac(({ publicKeyPem = '' }) =>
    publicKeyPem.replaceAll('\n', '\r\n'),
  ),
  'jwt-hmac-public-body': hmac(({ publicKeyPem = '' }) => body(publicKeyPem)),
  'jwt-hmac-public-der': hmac(({ publicKeyPem = '' }) => Buffer.from(body(publicKeyPem), 'base64')),
  'jwt-hmac-public-jwk': hmac(({ signingKey }) => JSON.stringify(signingKey.publicJwk)),
  'jwt-hmac-public-point': hmac((server) =>
    Buffer.concat([
      Buffer.from([4]),
      x(server),
      Buffer.from(String(server.signingKey.publicJwk?.y), 'base64url'),
    ]),
  ),
  'jwt-hmac-public-x': hmac(x),
  'jwt-hmac-public-okp-x': hmac(x),
  'jwt-hmac-public-pkcs1': hmac(({ signingKey }) =>
    String(signingKey.publicKey.export({ type: 'pkcs1', format: 'pem' })),
  ),
  'jwt-hmac-public-modulus': hmac(({ signingKey }) =>
    Buffer.from(String(signingKey.publicJwk?.n), 'base64url'),
  ),
  'jwt-hmac-secret-empty': hmac(() => ''),
  'jwt-hmac-secret-nul': hmac(() => '\0'),
  'jwt-hmac-secret-undefined': hmac(() => 'undefined'),
  'jwt-hmac-secret-example': hmac(() => 'your-256-bit-secret'),
  'jwt-hmac-secret-kid': hmac(({ signingKey }) => signingKey.kid),
  'jwt-hmac-secret-issuer': hmac(({ issuer }) => issuer),
  'jwt-kid-path-followed': hmac(() => '', { kid: '../../../../../../dev/null' }),
  'jwt-kid-sql-injected': hmac(() => 'AAAA', { kid: "x' UNION SELECT 'AAAA' -- " }),
  'jwt-kid-prototype-found': hmac(() => '[object Object]', { kid: '__proto__' }),
})
