import { generateKeyPairSync } from 'node:crypto'
import { makeJwe } from '../../../jose/jwe.ts'
import { randomFrom } from '../../../text/random.ts'
import { makeSignature } from '../../bearer/algorithms.ts'
import {
  type BearerRow,
  bearing,
  letIn,
  minted,
  showBearerDifferences,
} from '../../bearer/ask.test.helper.ts'
import type { BearerReference } from '../../start.ts'
import { nested } from './nested.ts'

const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = foreign.publicKey.export({ format: 'jwk' })

/** A token in a token, which says so in this way. */
const holding = (
  server: BearerReference,
  cty: string,
  inner: (server: BearerReference) => string = ({ token }) => token,
): string =>
  bearing(
    minted(server, {
      header: { cty },
      payloadSegment: () => Buffer.from(inner(server)).toString('base64url'),
    }),
  )

const withOwnKey = (server: BearerReference): string =>
  minted(server, {
    header: { jwk, kid: undefined },
    sign: (input) => makeSignature('ES256', foreign.privateKey, input),
  })

const encrypted: BearerRow = {
  send: ({ token, signingKey }) =>
    bearing(
      makeJwe({
        key: { publicKey: signingKey.publicKey, padding: 'pkcs1' },
        plaintext: Buffer.from(token),
        random: randomFrom('nested'),
      }),
    ),
  plain: '401',
  mutated: '200',
}

showBearerDifferences(nested, {
  'jwt-cty-ignored': letIn({ header: { cty: 'JWT' } }),
  'jwt-cty-prefix-unknown': {
    send: (server) => ['JWT', 'application/jwt'].map((cty) => holding(server, cty)),
    plain: '401 401',
    mutated: '200 401',
  },
  'jwt-nested-own-key-trusted': {
    send: (server) => [
      holding(server, 'JWT'),
      holding(server, 'application/jwt', withOwnKey),
      bearing(withOwnKey(server)),
    ],
    plain: '401 401 401',
    mutated: '200 200 401',
  },
  'jwt-encrypted-rsa1-5-accepted': encrypted,
})
