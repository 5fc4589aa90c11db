import {
  asking,
  type BearerRow,
  bearing,
  type Making,
  minted,
  showBearerDifferences,
} from '../../bearer/ask.test.helper.ts'
import { upsets } from './upsets.ts'

const breaks = (making: Making, plain = '401'): BearerRow => ({
  send: asking(making),
  plain,
  mutated: '500',
})

const text = (token: string, mutated = '500'): BearerRow => ({
  send: () => bearing(token),
  plain: '401',
  mutated,
})

const segment = (json: string): string => Buffer.from(json).toString('base64url')

showBearerDifferences(upsets, {
  'jwt-many-segments-500': text('a.b.c.d'),
  'jwt-many-dots-hang': text('.'.repeat(1000), 'silence'),
  'jwt-large-500': breaks({ claims: { padding: 'a'.repeat(4096) } }, '200'),
  'jwt-very-large-500': breaks({ claims: { padding: 'a'.repeat(300_000) } }, '431'),
  'jwt-segment-empty-500': {
    send: (server) => [
      bearing(minted(server, { token: (whole) => whole.replace(/^[^.]+/, '') })),
      bearing(minted(server, { token: (whole) => whole.replace(/\.[^.]+/, '.') })),
    ],
    plain: '401 401',
    mutated: '500 500',
  },
  'jwt-base64-invalid-500': breaks({ token: (whole) => `${whole}AAA` }),
  'jwt-signature-length-500': breaks({ signature: (bytes) => bytes.subarray(0, 1) }),
  'jwt-header-not-object-500': text(`${segment('null')}.e30.AAAA`),
  'jwt-alg-not-text-500': breaks({ header: { alg: 7 } }),
  'jwt-kid-not-text-500': breaks({ header: { kid: ['a'] } }),
  'jwt-kid-unknown-500': breaks({ header: { kid: 'nobody' } }),
  'jwt-enc-header-500': breaks({ header: { enc: 'A128GCM' } }, '200'),
  'jwt-costly-count-hangs': text(
    `${segment('{"alg":"PBES2-HS256+A128KW","p2c":2147483647}')}.a.b.c.d`,
    'silence',
  ),
  'jwt-claims-null-500': breaks({ claimsText: () => 'null' }),
  'jwt-claims-not-json-500': breaks({ claimsText: () => 'foo' }),
  'jwt-nesting-500': breaks({
    claims: { nested: 1 },
    claimsText: (json) =>
      json.replace('"nested":1', `"nested":${'['.repeat(1000)}${']'.repeat(1000)}`),
  }),
  'jwt-aud-misshapen-500': breaks({ claims: { aud: { 0: 'a' } } }),
  'jwt-iss-not-text-500': breaks({ claims: { iss: {} } }),
  'jwt-exp-not-number-500': breaks({ claims: { exp: '7' } }),
  'jwt-exp-huge-500': breaks({ claims: { exp: 1e308 } }, '200'),
})
