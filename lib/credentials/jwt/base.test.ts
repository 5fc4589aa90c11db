import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '../../text/random.ts'
import { baseOf, timeAt } from './base.ts'
import { createKeyring } from './keyring.ts'
import {
  audience,
  ec,
  inputOf,
  issued,
  issuedToken,
  issuer,
  noon,
  signing,
  signingWith,
  supplied,
} from './tokens.test.support.ts'

test('a token made here says when it was made, for whom, and until when', () => {
  const { header, claims, made } = baseOf(inputOf(signing))
  assert.equal(made, 'minted')
  assert.deepEqual(header, { alg: 'ES256', kid: 'k1', typ: 'JWT' })
  const { jti, ...others } = claims
  assert.match(String(jti), /^[A-Za-z0-9]{16}$/)
  assert.deepEqual(others, {
    sub: 'conformance',
    iss: issuer,
    aud: audience,
    iat: noon.now - 5,
    exp: noon.now + 600,
  })
})

test('where the server tells no time, times keep an hour from now', () => {
  const moment = { ...noon, exact: false }
  const { claims } = baseOf(inputOf(signing, { moment }))
  assert.deepEqual([claims.iat, claims.exp], [noon.now - 3600, noon.now + 3600])
  assert.equal(timeAt(moment, 0), noon.now)
  assert.equal(timeAt(moment, -30), noon.now - 3600)
  assert.equal(timeAt(moment, 3600), noon.now + 3600)
  assert.equal(timeAt(moment, -86_400), noon.now - 86_400)
  assert.equal(timeAt(noon, -30), noon.now - 30)
})

test('each token of a run has a jti of its own, and the same seed makes the same one', () => {
  const jti = (serial?: number): unknown =>
    baseOf(inputOf(signing, { moment: { ...noon, ...(serial === undefined ? {} : { serial }) } }))
      .claims.jti
  assert.equal(jti(), jti())
  assert.equal(jti(3), `${jti()}-3`)
  assert.notEqual(jti(3), jti(4))
  // A token that would not do is followed by one of other length and with rarer symbols.
  const second = String(baseOf(inputOf(signing), 1).claims.jti)
  assert.match(second, /^[A-Za-z0-9]{17}[>?]+$/)
})

test('what a token claims comes from the operator, else from the issued token', () => {
  const like = createKeyring(
    supplied({ bearer: issuedToken, signingKey: { key: signingWith(ec).key } }),
    '1',
  )
  const copied = baseOf(inputOf(like)).claims
  assert.deepEqual(
    { sub: copied.sub, role: copied.role, iss: copied.iss, aud: copied.aud },
    { sub: 'somebody', role: 'admin', iss: issuer, aud: audience },
  )
  assert.notEqual(copied.jti, issued.issued('default')?.claims.jti)
  const told = createKeyring(
    supplied({
      bearer: issuedToken,
      signingKey: {
        ...signingWith(ec),
        claims: { sub: 'told', exp: 1, iat: 1, nbf: 1, jti: 'fixed', iss: 'other' },
      },
    }),
    '1',
  )
  const { jti, ...claims } = baseOf(inputOf(told)).claims
  assert.notEqual(jti, 'fixed')
  assert.deepEqual(claims, {
    sub: 'told',
    iss: issuer,
    aud: audience,
    iat: noon.now - 5,
    exp: noon.now + 600,
  })
})

test('an issued token is taken as it is, octet for octet', () => {
  const base = baseOf(inputOf(issued))
  const [header, payload, signature] = issuedToken.split('.')
  assert.equal(base.made, 'issued')
  assert.equal(base.headerBytes.toString('base64url'), header)
  assert.equal(base.claimsBytes.toString('base64url'), payload)
  assert.deepEqual(base.signature, { how: 'kept', text: signature })
  assert.equal(base.trusted, undefined)
})

test('the key stands in for the default account only', () => {
  const both = createKeyring(
    supplied({ bearers: { other: issuedToken }, signingKey: signingWith(ec) }),
    '1',
  )
  assert.equal(baseOf(inputOf(both)).made, 'minted')
  assert.equal(baseOf(inputOf(both, { account: 'other' })).made, 'issued')
})

test('names what to supply where there is neither key nor token', () => {
  const empty = createKeyring(supplied(), '1')
  assert.throws(() => baseOf(inputOf(empty)), {
    what: { missing: 'a JSON Web Token', option: '--bearer TOKEN' },
  })
  assert.throws(() => baseOf(inputOf(empty, { account: 'other' })), {
    what: {
      missing: 'a JSON Web Token of the account other',
      option: '--account other=TOKEN',
    },
  })
})

test('what follows in the stream is the same with a key and without', () => {
  const [one, two] = [randomFrom('1'), randomFrom('1')]
  baseOf(inputOf(signing, { random: one }))
  baseOf(inputOf(issued, { random: two }))
  assert.equal(one.text(8), two.text(8))
})
