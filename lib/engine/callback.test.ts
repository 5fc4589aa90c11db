// Whether the target can follow the URLs in tokens at all, before it is praised for not doing so.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fetch, Listener } from '../host/listener.ts'
import { callbacksOf } from './callback.ts'
import type { Performed, RunContext } from './context.ts'

const fetchOf = (target: string, host: string): Fetch => ({
  n: 1,
  at: 0,
  method: 'GET',
  target,
  fields: [['host', host]],
  from: '127.0.0.1',
})

const listenerAt = (origin: string, seen: readonly Fetch[]): Listener => ({
  origin,
  urlOf: (path) => `${origin}/secret/${path}`,
  fetches: (containing = '') => seen.filter(({ target }) => target.includes(containing)),
  count: () => seen.length,
  close: async () => {},
})

const reached = (seen: readonly Fetch[], elsewhere: boolean): boolean | undefined => {
  const listener = listenerAt('http://10.0.0.1:8787', seen)
  const context = { listener, hosting: { elsewhere } } as unknown as RunContext
  const built = { tag: 'abc' } as Performed['built']
  return callbacksOf(context, { built }).callbacks?.reached
}

test('a key set that is read where our URLs lead shows that they can be followed', () => {
  assert.equal(reached([], false), false)
  assert.equal(reached([fetchOf('/jwks.json', '10.0.0.1:8787')], false), true)
  assert.equal(reached([fetchOf('/jwks.json', 'keys.example.test')], false), false)
})

test('one that is read at another origin shows nothing of our own', () => {
  assert.equal(reached([fetchOf('/jwks.json', '10.0.0.1:8787')], true), false)
  assert.equal(reached([fetchOf('/secret/tag/ES256/jwks', '10.0.0.1:8787')], true), true)
})
