import assert from 'node:assert/strict'
import { createHash, createHmac, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { selfSigned } from '../../../x509/self-signed.ts'
import { ask } from '../../ask.test.helper.ts'
import { makeSignature } from '../../bearer/algorithms.ts'
import {
  type BearerRow,
  bearing,
  letIn,
  type Making,
  minted,
  showBearerDifferences,
  withBearer,
} from '../../bearer/ask.test.helper.ts'
import { keys } from './keys.ts'

const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = foreign.publicKey.export({ format: 'jwk' })
const certificate = selfSigned(foreign.privateKey, { name: 'Nobody' }).toString('base64')

const thumbprint = createHash('sha1').update(Buffer.from(certificate, 'base64')).digest('base64url')

/** Signed by a key that the server does not know. */
const stranger = (header: object, claims: object = {}): Making => ({
  header: { kid: 'foreign', ...header },
  claims: { ...claims },
  sign: (input) => makeSignature('ES256', foreign.privateKey, input),
})

const byKid = (change: (kid: string) => unknown): BearerRow => ({
  send: (server) => bearing(minted(server, { header: { kid: change(server.signingKey.kid) } })),
  plain: '401',
  mutated: '200',
})

const secret = Buffer.from('a secret in the open')

showBearerDifferences(
  keys.filter(({ id }) => !/jku|x5u|discovered|asked/.test(id)),
  {
    'jwt-embedded-jwk-trusted': letIn(stranger({ jwk })),
    'jwt-embedded-secret-trusted': letIn({
      header: { alg: 'HS256', jwk: { kty: 'oct', k: secret.toString('base64url') } },
      sign: (input) => createHmac('sha256', secret).update(input).digest(),
    }),
    'jwt-embedded-certificate-trusted': letIn(stranger({ x5c: [certificate] })),
    'jwt-certificate-thumbprint-trusted': letIn(stranger({ x5c: [certificate], x5t: thumbprint })),
    'jwt-kid-unknown-unverified': letIn(stranger({})),
    'jwt-kid-not-text-accepted': byKid(() => 0),
    'jwt-kid-any-case': byKid((kid) => kid.toUpperCase()),
    'jwt-kid-trimmed': byKid((kid) => `${kid} `),
  },
)

/** What is asked of a server of ours, and what comes of it, by a token that leads there. */
const leading = async (
  mutant: string | undefined,
  making: (base: string) => Making,
): Promise<{ status: string; asked: readonly string[] }> => {
  const asked: string[] = []
  const documents: Readonly<Record<string, (base: string) => string>> = {
    '/jwks.json': () => JSON.stringify({ keys: [{ ...jwk, kid: 'foreign' }] }),
    '/key.crt': () => `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
    '/.well-known/openid-configuration': (base) =>
      JSON.stringify({ issuer: base, jwks_uri: `${base}/jwks.json` }),
  }
  const ours = createServer((request, response) => {
    const { url = '' } = request
    asked.push(url)
    const { port } = ours.address() as AddressInfo
    const document = documents[url]?.(`http://127.0.0.1:${port}`)
    response.writeHead(document === undefined ? 404 : 200).end(document)
  })
  await new Promise<void>((resolve) => ours.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(ours.address() as AddressInfo).port}`
  try {
    const answer = await withBearer(mutant === undefined ? {} : { mutant }, (server) =>
      ask(server, bearing(minted(server, making(base)))),
    )
    return { status: answer.slice(9, 12), asked }
  } finally {
    ours.closeAllConnections()
    ours.close()
  }
}

const leads: Readonly<Record<string, (base: string) => Making>> = {
  jku: (base) => stranger({ jku: `${base}/jwks.json` }),
  x5u: (base) => stranger({ x5u: `${base}/key.crt` }),
  issuer: (base) => stranger({}, { iss: base }),
}

for (const [id, lead, asked, status] of [
  ['jwt-jku-followed', 'jku', ['/jwks.json'], '200'],
  ['jwt-jku-fetched', 'jku', ['/jwks.json'], '401'],
  ['jwt-x5u-followed', 'x5u', ['/key.crt'], '200'],
  ['jwt-x5u-fetched', 'x5u', ['/key.crt'], '401'],
  ['jwt-issuer-asked', 'issuer', ['/.well-known/openid-configuration', '/jwks.json'], '401'],
  ['jwt-issuer-discovered', 'issuer', ['/.well-known/openid-configuration', '/jwks.json'], '200'],
] as const) {
  test(`${id} differs on the wire`, async () => {
    const making = leads[lead] ?? (() => ({}))
    assert.deepEqual(await leading(undefined, making), { status: '401', asked: [] })
    assert.deepEqual(await leading(id, making), { status, asked })
  })
}

test('what leads nowhere is refused by those who follow', async () => {
  for (const url of ['ftp://127.0.0.1/', 'http://127.0.0.1:1/', 7, '']) {
    for (const [id, name] of [
      ['jwt-jku-followed', 'jku'],
      ['jwt-x5u-followed', 'x5u'],
    ] as const) {
      const making = stranger({ [name]: url })
      const answer = await withBearer({ mutant: id }, (server) =>
        ask(server, bearing(minted(server, making))),
      )
      assert.match(answer, /^HTTP\/1.1 401 /)
    }
  }
})
