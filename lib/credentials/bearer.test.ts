import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { With } from '../model/case.ts'
import type { Supplied } from '../model/profile.ts'
import { randomFrom } from '../text/random.ts'
import { build } from './build.ts'
import { createKeyring } from './jwt/keyring.ts'
import {
  ec,
  issuedToken,
  noon,
  segmentsOf,
  signatureOf,
  signingWith,
  supplied,
} from './jwt/tokens.test.support.ts'
import { kindsOffered } from './operations.ts'
import { type Credential, type Missing, present } from './present.ts'
import { bytesOfSpans } from './spans.ts'
import { inputOf, targetOf } from './targets.test.support.ts'

const from = (what: With, given: Supplied): Credential | Missing =>
  present(
    {
      target: targetOf({ supplied: given }),
      random: randomFrom('1', 'bearer'),
      keyring: createKeyring(given, '1'),
      moment: noon,
    },
    what,
  )

const credentialOf = (what: With, given: Supplied): Credential => {
  const found = from(what, given)
  return 'missing' in found ? assert.fail(found.missing) : found
}

const valueOfField = ({ placed }: Credential): string =>
  placed.lines.map((line) => bytesOfSpans(line.value)).join('\n')

const tokenIn = (credential: Credential): string => valueOfField(credential).replace(/^Bearer /, '')

const issued = supplied({ bearer: issuedToken, bearers: { other: 'other-token' } })
const signing = supplied({ signingKey: signingWith(ec) })

test('a bearer token is the one given, and one signed here where none was', () => {
  assert.equal(tokenIn(credentialOf({ valid: 'bearer' }, issued)), issuedToken)
  assert.equal(tokenIn(credentialOf({ valid: 'bearer', account: 'other' }, issued)), 'other-token')
  const minted = tokenIn(credentialOf({ valid: 'bearer' }, signing))
  assert.equal(segmentsOf(minted).length, 3)
  const both = { ...issued, ...signing }
  assert.equal(tokenIn(credentialOf({ valid: 'bearer' }, both)), issuedToken)
  assert.notEqual(tokenIn(credentialOf({ valid: 'jwt' }, both)), issuedToken)
  assert.deepEqual(from({ valid: 'bearer', account: 'third' }, issued), {
    missing: 'a bearer token of the account third',
    option: '--account third=TOKEN',
  })
})

test('what is sent is named, its faults told, its parts kept secret', () => {
  const plain = credentialOf({ valid: 'jwt' }, issued)
  assert.equal(plain.say, 'the issued token, by Bearer')
  assert.deepEqual(plain.faults, [])
  assert.equal(plain.login, undefined)
  const signature = segmentsOf(issuedToken)[2]
  assert.deepEqual(plain.secrets, [issuedToken, signature])
  assert.equal(plain.token?.text, issuedToken)
  const minted = credentialOf({ valid: 'jwt', but: { claims: { exp: 0 } } }, signing)
  assert.equal(minted.say, 'a token of the signing key, by Bearer')
  assert.deepEqual(minted.faults, ['the claim exp is 0'])
  const shown = minted.placed.lines.flatMap((line) => line.value)
  assert.deepEqual(shown.at(-1)?.secret, 'token of the signing key: claims changed')
  assert.equal(shown.at(-1)?.fault, true)
  const other = supplied({ bearers: { other: issuedToken } })
  assert.equal(
    credentialOf({ valid: 'jwt', account: 'other' }, other).say,
    'the token of the account other, by Bearer',
  )
  const unsigned = credentialOf({ valid: 'jwt', but: { signature: 'absent' } }, issued)
  assert.equal(unsigned.secrets.length, 1)
  const again = credentialOf({ valid: 'jwt', but: { lookalike: 'base64-of-token' } }, issued)
  const encoded = Buffer.from(issuedToken).toString('base64')
  assert.equal(valueOfField(again), `Bearer ${encoded}`)
  assert.deepEqual(again.secrets, [encoded, issuedToken, signature])
})

test('field faults go around a token as around any credential', () => {
  const lower = credentialOf({ valid: 'jwt', but: { scheme: { letters: 'lower' } } }, issued)
  assert.equal(valueOfField(lower), `bearer ${issuedToken}`)
  const beside = { what: 'stranger', place: 'after' } as const
  const lines = valueOfField(credentialOf({ valid: 'jwt', but: { beside } }, issued)).split('\n')
  assert.equal(lines[0], `Bearer ${issuedToken}`)
  assert.equal(lines.length, 2)
  assert.notEqual(lines[1], lines[0])
  const bearer = credentialOf({ valid: 'bearer', but: { beside } }, issued)
  assert.equal(valueOfField(bearer).split('\n').length, 2)
  const cut = credentialOf({ valid: 'bearer', but: { token: { dropLast: 1 } } }, issued)
  assert.equal(tokenIn(cut), issuedToken.slice(0, -1))
  assert.deepEqual(cut.faults, ['the token without its last character'])
})

test('a stranger of signed tokens is the valid one with a bit of its signature flipped', () => {
  const stranger = credentialOf({ stranger: 'jwt' }, issued)
  const [header, payload] = segmentsOf(issuedToken)
  const token = tokenIn(stranger)
  assert.deepEqual(segmentsOf(token).slice(0, 2), [header, payload])
  assert.notDeepEqual(signatureOf(token), signatureOf(issuedToken))
  assert.equal(stranger.say, 'the issued token: signature flipped, by Bearer')
  assert.equal(stranger.login, undefined)
  // Where there is no such token, any text will do that nobody issued.
  const opaque = credentialOf({ stranger: 'jwt' }, supplied({ bearer: 'abc-def' }))
  assert.match(tokenIn(opaque), /^[A-Za-z0-9]{3}-[A-Za-z0-9]{3}$/)
})

test('a stranger among opaque tokens has the form of the token and none of its letters', () => {
  const text = tokenIn(credentialOf({ stranger: 'bearer' }, issued))
  assert.equal(text.length, issuedToken.length)
  for (const [at, char] of [...issuedToken].entries()) {
    if (/[A-Za-z0-9]/.test(char)) assert.notEqual(text[at], char)
    else assert.equal(text[at], char)
  }
})

test('the kinds follow from what was supplied', () => {
  const kinds = (given: Supplied): readonly string[] => kindsOffered(targetOf({ supplied: given }))
  assert.deepEqual(kinds(supplied({ bearer: 'opaque' })), ['bearer'])
  assert.deepEqual(kinds(supplied({ bearer: issuedToken })), ['bearer', 'jwt'])
  assert.deepEqual(kinds(signing), ['bearer', 'jwt'])
  assert.deepEqual(kinds(supplied({ publicKey: 'x' })), [])
})

test('a key of a hosted set needs one that the server reads', () => {
  assert.deepEqual(from({ valid: 'jwt', key: 'next' }, signing), {
    missing: 'a key set that the server reads',
    option: '--jwks-listen HOST:PORT',
  })
})

test('only a request with a URL of ours has a tag', () => {
  const send = (but: object): Parameters<typeof inputOf>[0] => ({
    to: 'protected',
    with: { valid: 'jwt', but: { signature: 'kept', ...but } },
  })
  const asked: string[] = []
  const callback = (tag: string, alg: string, document: string): string => {
    asked.push(tag)
    return `http://127.0.0.1/${tag}/${alg}/${document}`
  }
  const target = targetOf({ supplied: issued })
  const built = build(
    inputOf(send({ header: { jku: { $callback: 'jwks' }, x5u: { $callback: 'certificates' } } }), {
      target,
      kind: 'jwt',
      callback,
    }),
  )
  assert.ok('request' in built)
  assert.match(built.tag ?? '', /^[a-z0-9]{12}$/)
  assert.deepEqual(asked, [built.tag, built.tag])
  const plain = build(inputOf(send({ claims: { x: 1 } }), { target, kind: 'jwt', callback }))
  assert.ok('request' in plain && plain.tag === undefined)
  const without = build(inputOf(send({ header: { jku: { $callback: 'jwks' } } }), { target }))
  assert.ok('missing' in without)
})
