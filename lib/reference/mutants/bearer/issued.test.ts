import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bearing, decoded, seen, withBearer } from '../../bearer/ask.test.helper.ts'
import { issued } from './issued.ts'

type Members = Readonly<Record<string, unknown>>

/** What the token of a server says, and whether the server takes it. */
const tokenOf = (mutant?: string): Promise<{ header: Members; claims: Members; taken: string }> =>
  withBearer(mutant === undefined ? {} : { mutant }, async (server) => {
    const [header, claims] = server.token.split('.')
    const row = { send: () => bearing(server.token), plain: '', mutated: '' }
    return { header: decoded(header), claims: decoded(claims), taken: await seen(server, row) }
  })

const names = (members: Members): readonly string[] => Object.keys(members).sort()

/** The names that the conforming issuer writes and another does not. */
const lacks = async (mutant: string): Promise<readonly string[]> => {
  const [plain, other] = [await tokenOf(), await tokenOf(mutant)]
  assert.equal(other.taken, '200', mutant)
  const all = ({ header, claims }: typeof plain): readonly string[] => [
    ...names(header),
    ...names(claims),
  ]
  return all(plain).filter((name) => !all(other).includes(name))
}

const shown: Readonly<Record<string, () => Promise<void>>> = {
  'jwt-issued-for-ever': async () => assert.deepEqual(await lacks('jwt-issued-for-ever'), ['exp']),
  'jwt-issued-without-scope': async () =>
    assert.deepEqual(await lacks('jwt-issued-without-scope'), ['scope']),
  'jwt-issued-for-nobody': async () =>
    assert.deepEqual(await lacks('jwt-issued-for-nobody'), ['aud']),
  'jwt-issued-untyped': async () => assert.deepEqual(await lacks('jwt-issued-untyped'), ['typ']),
  'jwt-issued-for-a-day': async () => {
    const { claims, taken } = await tokenOf('jwt-issued-for-a-day')
    assert.deepEqual([Number(claims.exp) - Number(claims.iat), taken], [86_400, '200'])
  },
  'jwt-issued-odd-subject': async () => {
    const { claims, taken } = await tokenOf('jwt-issued-odd-subject')
    assert.deepEqual([claims.sub, taken], ['42:demo', '200'])
  },
  'jwt-issued-unsecured': async () => {
    const mutant = 'jwt-issued-unsecured'
    const { header, taken } = await tokenOf(mutant)
    assert.deepEqual([header, taken], [{ alg: 'none', typ: 'JWT' }, '200'])
    await withBearer({ mutant }, async (server) => {
      // Nobody else's text is known, however like it is.
      const changed = server.token.replace(/[^.]*\.$/, (payload) => `e30${payload}`)
      const row = { send: () => bearing(changed), plain: '', mutated: '' }
      assert.equal(await seen(server, row), '401')
    })
  },
}

test('each issuer has a token that shows what it does', () => {
  assert.deepEqual(names(shown), issued.map(({ id }) => id).sort())
})

for (const [id, show] of Object.entries(shown)) test(`${id} differs in its tokens`, show)
