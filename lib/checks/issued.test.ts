import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IssuedWanted } from '../model/case.ts'
import type { IssuedToken } from './check.ts'
import { answered, contextOf } from './context.test.support.ts'
import { issued, sayIssued } from './issued.ts'

const token = (more: Partial<IssuedToken> = {}): IssuedToken => ({
  header: { alg: 'ES256', typ: 'at+jwt' },
  claims: { iss: 'https://issuer.test/', sub: 'somebody', iat: 1000, exp: 4600 },
  signature: { text: 'c2ln' },
  ...more,
})

const found = (wanted: IssuedWanted, given?: IssuedToken): readonly [unknown, string] => {
  const { holds, got } = issued(
    wanted,
    contextOf(answered({}), given === undefined ? {} : { issued: given }),
  )
  return [holds, got]
}

const typed = (typ: IssuedToken['header'][string]): IssuedToken => token({ header: { typ } })
const claiming = (claims: IssuedToken['claims']): IssuedToken => token({ claims })
const fine = [true, 'a token like that'] as const

test('each member tells a token that is as wanted from one that is not', () => {
  const rows: readonly (readonly [IssuedWanted, IssuedToken, string | undefined])[] = [
    [{ typ: 'present' }, token(), undefined],
    [{ typ: 'present' }, token({ header: {} }), 'no typ'],
    [{ typ: 'present' }, typed(1), 'typ is 1'],
    [{ typ: 'short' }, typed('JWT'), undefined],
    [{ typ: 'short' }, typed('application/jwt'), 'typ is "application/jwt"'],
    [{ typ: { anyOf: ['JWT', 'at+jwt'] } }, typed('AT+JWT'), undefined],
    [{ typ: { anyOf: ['JWT'] } }, token(), 'typ is "at+jwt"'],
    [{ typ: { anyOf: ['JWT'] } }, token({ header: {} }), 'no typ'],
    [{ typ: { noneOf: ['JWT'] } }, token({ header: {} }), undefined],
    [{ typ: { noneOf: ['JWT'] } }, typed('jwt'), 'typ is "jwt"'],
    [{ claims: ['iss', 'exp'] }, token(), undefined],
    [{ claims: ['iss', 'aud', 'jti'] }, token(), 'no aud, no jti'],
    [{ claims: [['scp', 'sub']] }, token(), undefined],
    [{ claims: [['scope', 'scp']] }, token(), 'no scope or scp'],
    [{ claims: ['constructor'] }, token(), 'no constructor'],
    [{ lifetime: 3600 }, token(), undefined],
    [{ lifetime: 3599 }, token(), 'it lives for 3600 seconds'],
    [{ lifetime: 1 }, claiming({ exp: '5' }), 'no exp and iat as numbers'],
    [{ signed: true }, token(), undefined],
    [{ signed: true }, token({ header: { alg: 'None' } }), 'its alg is none'],
    [{ signed: true }, token({ signature: { text: '' } }), 'its signature is empty'],
    [{ uris: ['iss', 'sub', 'aud'] }, token(), undefined],
    [{ uris: ['sub'] }, claiming({ sub: 'user:42' }), undefined],
    [{ uris: ['sub'] }, claiming({ sub: '42:user' }), 'sub has a colon and is no URI'],
    [{ uris: ['aud'] }, claiming({ aud: ['x', 'a b:c'] }), 'aud has a colon and is no URI'],
    [{ uris: ['aud'] }, claiming({ aud: 7 }), undefined],
  ]
  for (const [wanted, given, got] of rows) {
    const say = JSON.stringify([wanted, given])
    assert.deepEqual(found(wanted, given), got === undefined ? fine : [false, got], say)
  }
})

test('without a token of an issuer nothing is known', () => {
  assert.deepEqual(found({ signed: true }), ['unknown', 'no JSON Web Token of an issuer'])
})

test('what is wanted is told in words, and no value of a claim is', () => {
  assert.equal(
    sayIssued({
      typ: { noneOf: ['JWT'] },
      claims: ['aud', ['scope', 'scp']],
      lifetime: 60,
      signed: true,
      uris: ['sub', 'iss'],
    }),
    'another typ than JWT, aud, scope or scp, at most 60 seconds from iat to exp, a signature, a URI wherever sub, iss has a colon',
  )
  assert.equal(sayIssued({ typ: 'present' }), 'a typ')
  assert.equal(sayIssued({ typ: { anyOf: ['a', 'b'] } }), 'the typ a or b')
  const secret = claiming({ sub: '1:geheim', aud: '2:geheim' })
  assert.doesNotMatch(JSON.stringify(found({ uris: ['sub'], claims: ['sub'] }, secret)), /geheim/)
})
