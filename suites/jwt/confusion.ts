import type { ExampleFault, Suite } from '../../lib/model/case.ts'

/** An HMAC whose secret is a spelling of the public key. */
const withKeyAs = (alg: string, spelling: string): ExampleFault => ({
  header: { alg },
  signature: { alg, key: { publicKeyAs: spelling } },
})

const withoutKid = (fault: ExampleFault): ExampleFault => ({
  ...fault,
  header: { ...fault.header, kid: { $absent: true } },
})

/** JWT: keys that everybody knows, or can guess, used as the secret of an HMAC. */
export const jwtConfusion: Suite = {
  id: 'jwt-confusion',
  title: 'JWT: nobody signs with what everybody knows',
  about:
    'A public key is public, and so are words such as secret. A verifier that lets the header choose an HMAC may use one of them as its secret, and then anyone can sign.',
  cases: [
    {
      id: 'jwt-public-key-as-secret',
      title: 'Refuses an HMAC made with its public key as the secret',
      severity: 'critical',
      about: 'signature',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'pem-spki-hs256': withKeyAs('HS256', 'pem-spki'),
        'pem-spki-trim-hs256': withKeyAs('HS256', 'pem-spki-trim'),
        'pem-spki-crlf-hs256': withKeyAs('HS256', 'pem-spki-crlf'),
        'pem-body-b64-hs256': withKeyAs('HS256', 'pem-body-b64'),
        'der-spki-hs256': withKeyAs('HS256', 'der-spki'),
        'jwk-json-hs256': withKeyAs('HS256', 'jwk-json'),
        'jwk-min-sorted-hs256': withKeyAs('HS256', 'jwk-min-sorted'),
        'pem-pkcs1-hs256': withKeyAs('HS256', 'pem-pkcs1'),
        'pem-pkcs1-trim-hs256': withKeyAs('HS256', 'pem-pkcs1-trim'),
        'der-pkcs1-hs256': withKeyAs('HS256', 'der-pkcs1'),
        'n-b64u-hs256': withKeyAs('HS256', 'n-b64u'),
        'n-bytes-hs256': withKeyAs('HS256', 'n-bytes'),
        'n-hex-hs256': withKeyAs('HS256', 'n-hex'),
        'pem-spki-hs384': withKeyAs('HS384', 'pem-spki'),
        'pem-spki-trim-hs384': withKeyAs('HS384', 'pem-spki-trim'),
        'pem-spki-crlf-hs384': withKeyAs('HS384', 'pem-spki-crlf'),
        'pem-body-b64-hs384': withKeyAs('HS384', 'pem-body-b64'),
        'der-spki-hs384': withKeyAs('HS384', 'der-spki'),
        'jwk-json-hs384': withKeyAs('HS384', 'jwk-json'),
        'jwk-min-sorted-hs384': withKeyAs('HS384', 'jwk-min-sorted'),
        'pem-pkcs1-hs384': withKeyAs('HS384', 'pem-pkcs1'),
        'pem-pkcs1-trim-hs384': withKeyAs('HS384', 'pem-pkcs1-trim'),
        'der-pkcs1-hs384': withKeyAs('HS384', 'der-pkcs1'),
        'n-b64u-hs384': withKeyAs('HS384', 'n-b64u'),
        'n-bytes-hs384': withKeyAs('HS384', 'n-bytes'),
        'n-hex-hs384': withKeyAs('HS384', 'n-hex'),
        'pem-spki-hs512': withKeyAs('HS512', 'pem-spki'),
        'pem-spki-trim-hs512': withKeyAs('HS512', 'pem-spki-trim'),
        'pem-spki-crlf-hs512': withKeyAs('HS512', 'pem-spki-crlf'),
        'pem-body-b64-hs512': withKeyAs('HS512', 'pem-body-b64'),
        'der-spki-hs512': withKeyAs('HS512', 'der-spki'),
        'jwk-json-hs512': withKeyAs('HS512', 'jwk-json'),
        'jwk-min-sorted-hs512': withKeyAs('HS512', 'jwk-min-sorted'),
        'pem-pkcs1-hs512': withKeyAs('HS512', 'pem-pkcs1'),
        'pem-pkcs1-trim-hs512': withKeyAs('HS512', 'pem-pkcs1-trim'),
        'der-pkcs1-hs512': withKeyAs('HS512', 'der-pkcs1'),
        'n-b64u-hs512': withKeyAs('HS512', 'n-b64u'),
        'n-bytes-hs512': withKeyAs('HS512', 'n-bytes'),
        'n-hex-hs512': withKeyAs('HS512', 'n-hex'),
        'point-bytes-hs256': withKeyAs('HS256', 'point-bytes'),
        'point-compressed-hs256': withKeyAs('HS256', 'point-compressed'),
        'point-hex-hs256': withKeyAs('HS256', 'point-hex'),
        'x-b64u-hs256': withKeyAs('HS256', 'x-b64u'),
        'x-bytes-hs256': withKeyAs('HS256', 'x-bytes'),
        'x-hex-hs256': withKeyAs('HS256', 'x-hex'),
        'openssh-hs256': withKeyAs('HS256', 'openssh'),
        'pem-spki-without-kid': withoutKid(withKeyAs('HS256', 'pem-spki')),
        'pem-spki-trim-without-kid': withoutKid(withKeyAs('HS256', 'pem-spki-trim')),
        'der-spki-without-kid': withoutKid(withKeyAs('HS256', 'der-spki')),
        'pem-pkcs1-without-kid': withoutKid(withKeyAs('HS256', 'pem-pkcs1')),
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc8725#3.1-rs-hs-confusion',
            'rfc8725#3.1-one-algorithm-per-key',
            'rfc8725#3.1-algorithm-allow-list',
          ],
        },
      ],
      harm: 'Anyone who has read the public key can write their own token.',
      fix: 'Bind each key to its algorithm: verify(token, key, { algorithms: ["RS256"] }), and never take HS256 where keys are public.',
    },
    {
      id: 'jwt-okp-key-as-secret',
      title: 'Refuses an HMAC made with its public Ed25519 key as the secret',
      severity: 'critical',
      about: 'signature',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        bytes: withKeyAs('HS256', 'okp-x-bytes'),
        base64url: withKeyAs('HS256', 'okp-x-b64u'),
        hex: withKeyAs('HS256', 'okp-x-hex'),
        'without-kid': withoutKid(withKeyAs('HS256', 'okp-x-bytes')),
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc8725#3.1-rs-hs-confusion',
            'rfc8725#3.1-algorithm-allow-list',
            'rfc8037#4-alg-compatible-with-subtype',
          ],
        },
      ],
      harm: 'Anyone who has read the public key can write their own token: its 32 bytes are as good a secret as any.',
      fix: 'Check that the type and curve of a key fit the algorithm before it is used, and never take HS256 where keys are public.',
    },
    {
      id: 'jwt-guessable-secret',
      title: 'Refuses an HMAC made with a secret that anyone could guess',
      severity: 'critical',
      about: 'signature',
      send: { to: 'protected', with: { valid: 'jwt', but: { header: { alg: 'HS256' } } } },
      examples: {
        empty: { signature: { key: { secret: '' } } },
        nul: { signature: { key: { secret: { $bytes: '00' } } } },
        secret: { signature: { key: { secret: 'secret' } } },
        changeme: { signature: { key: { secret: 'changeme' } } },
        undefined: { signature: { key: { secret: 'undefined' } } },
        null: { signature: { key: { secret: 'null' } } },
        'your-256-bit-secret': { signature: { key: { secret: 'your-256-bit-secret' } } },
        kid: { signature: { key: { textOf: 'kid' } } },
        issuer: { signature: { key: { textOf: 'iss' } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc8725#3.5-no-password-as-hmac-key',
            'rfc8725#3.1-algorithm-allow-list',
            'rfc7515#5.2-signature-must-verify',
          ],
        },
      ],
      harm: 'Anyone who guesses the secret can write their own token; a missing setting often ends as the empty one.',
      fix: 'Use a random secret of at least 32 bytes, refuse to start without one, and take no HMAC where keys are public.',
    },
  ],
}
