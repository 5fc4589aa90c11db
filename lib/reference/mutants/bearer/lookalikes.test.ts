import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type JweKey, makeJwe } from '../../../jose/jwe.ts'
import { flattenedJws, generalJws, jwsTexts, polyglot } from '../../../jose/lookalikes.ts'
import { randomFrom } from '../../../text/random.ts'
import {
  type BearerRow,
  bearing,
  decoded,
  letIn,
  seen,
  showBearerDifferences,
  withBearer,
} from '../../bearer/ask.test.helper.ts'
import type { BearerReference } from '../../start.ts'
import { lookalikes } from './lookalikes.ts'

const encrypting = (
  text: (token: string) => string,
  key: (server: BearerReference) => JweKey = ({ signingKey }) => ({
    publicKey: signingKey.publicKey,
  }),
): BearerRow => ({
  send: (server) => {
    const plaintext = Buffer.from(text(server.token), 'utf8')
    return bearing(makeJwe({ key: key(server), plaintext, random: randomFrom('lookalikes') }))
  },
  plain: '401',
  mutated: '200',
})

const claimsOf = (token: string): string =>
  Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')

const unsecured = (token: string): string =>
  `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`

showBearerDifferences(lookalikes, {
  'jwt-json-serialization-accepted': {
    send: (server) => {
      const texts = jwsTexts(server.token)
      return [bearing(flattenedJws(texts)), bearing(generalJws(texts))]
    },
    plain: '400 400',
    mutated: '200 200',
  },
  'jwt-polyglot-accepted': {
    send: (server) => {
      const forged = { ...decoded(server.token.split('.')[1]), sub: 'other-user' }
      const header = { text: '{"alg":"none"}' }
      return bearing(polyglot(jwsTexts(server.token), header, { text: JSON.stringify(forged) }))
    },
    plain: '400',
    mutated: '200',
  },
  'jwt-encrypted-claims-trusted': encrypting(claimsOf),
  'jwt-encrypted-unsecured-accepted': encrypting(unsecured),
  'jwt-encrypted-by-zeros-trusted': encrypting(claimsOf, () => ({ known: Buffer.alloc(16) })),
  'jwt-opaque-fails-open': {
    send: () => [bearing('conformance'), bearing('con.form.ance')],
    plain: '401 401',
    mutated: '200 401',
  },
  'jwt-nested-unsecured-accepted': letIn({
    header: { cty: 'JWT' },
    payloadSegment: (text) => Buffer.from(unsecured(`.${text}.`)).toString('base64url'),
  }),
})

test('what is encrypted to an RSA key is opened too, and what does not open is refused', async () => {
  const options = { mutant: 'jwt-encrypted-claims-trusted', keys: ['RS256'] } as const
  const row = encrypting(claimsOf)
  await withBearer(options, async (server) => {
    const good = [row.send(server)].flat().join('')
    const spoilt = good.replace(/.{8}(?=\r\nConnection)/, 'AAAAAAAA')
    const other = good.replace(/Bearer [^.]*/, `Bearer ${Buffer.from('{}').toString('base64url')}`)
    const send = (): string[] => [good, spoilt, other, bearing('a.b.c.d.e')]
    assert.equal(await seen(server, { ...row, send }), '200 401 401 401')
  })
})
