import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as, basic, basicOf, get, request, shown, withServer } from '../ask.test.helper.ts'
import {
  bearerMutant,
  bearerMutants,
  changeOf,
  httpsChangeOf,
  httpsMutants,
  mutants,
} from './index.ts'

const all = [...mutants, ...bearerMutants, ...httpsMutants]

test('ids are unique kebab words', () => {
  const ids = all.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
  for (const id of ids) assert.match(id, /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/)
})

test('every sentence is one sentence in the present tense', () => {
  for (const { id, does } of all) {
    assert.match(does, /^(?:Never )?[A-Za-z]+s .*[^.]\.$/, id)
    assert.ok(does.length <= 120, id)
  }
})

test('clauses are inventory rows, and only narrow mutants break a level', () => {
  for (const { id, kind, breaks, softened, clauses } of all) {
    for (const clause of clauses) {
      assert.match(
        clause,
        /^(?:rfc\d{4}(?:bis)?#\d+(?:\.\d+)*-|house#)[a-z0-9]+(?:-[a-z0-9]+)*$/,
        id,
      )
    }
    assert.equal(new Set(clauses).size, clauses.length, id)
    assert.equal(breaks !== undefined, kind === 'narrow', id)
    assert.ok(kind !== 'narrow' || clauses.length > 0, id)
    assert.ok(softened === undefined || breaks === 'must', id)
  }
})

test('what a mutant is compared with exists and is another', () => {
  for (const { id, besides } of all) {
    const found = besides === undefined || all.some((other) => other.id === besides)
    assert.ok(found && besides !== id, id)
  }
})

test('the catalogue is data', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(all)), all)
  const found = (id: string, system: string): unknown => {
    if (system === 'https') return httpsChangeOf(id)
    return system === 'generic' ? changeOf(id) : bearerMutant(id)
  }
  assert.ok(all.every(({ system, id }) => found(id, system)))
  assert.equal(changeOf('no-such-mutant'), undefined)
  assert.equal(bearerMutant('no-such-mutant'), undefined)
})

const narrow = mutants.filter(({ kind }) => kind === 'narrow')

/** Granted means that the protected page came, whatever the status. */
const granted = async (mutant: string, ...send: readonly string[]): Promise<string> =>
  withServer(mutant, async (server) => {
    const bodies = await Promise.all(
      send.map((bytes) => shown(server, { send: bytes, see: 'body', plain: '', mutated: '' })),
    )
    return bodies.map((body) => (body.includes('"resource":"protected"') ? 'yes' : 'no')).join(' ')
  })

test('every narrow mutant grants the default account and refuses strangers', async () => {
  const stranger = as(basicOf('Nobody:Nothing-At-All'))
  for (const { id } of narrow) {
    assert.equal(await granted(id, get(), stranger, as(basic())), 'no no yes', id)
  }
})

test('every benign variation answers the default account, strangers and the public page', async () => {
  const send = [as(basic()), get(), request('GET /public HTTP/1.1')]
  for (const { id } of mutants.filter(({ kind }) => kind === 'benign')) {
    const seen = await withServer(id, (server) => shown(server, { send, plain: '', mutated: '' }))
    assert.match(seen, /^(?:103\+)?20[04] (?:103\+)?40[14] (?:103\+)?200$/, id)
  }
})
