import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as, get, request } from '../../ask.test.helper.ts'
import { type BearerRow, bearing, minted, seen, withBearer } from '../../bearer/ask.test.helper.ts'
import { bearerMutants } from '../../start.ts'

/** Good tokens of both subjects, nothing, an opaque stranger and a token with another signature. */
const everybody: BearerRow = {
  send: (server) => [
    bearing(server.token),
    bearing(server.otherToken),
    get(),
    as('Bearer mF_9.B5f-4.1JqM'),
    bearing(
      minted(server, {
        signature: (bytes) => bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte)),
      }),
    ),
    request('GET /public HTTP/1.1'),
    request('GET /jwks.json HTTP/1.1'),
  ],
  plain: '',
  mutated: '',
}

const statuses = (mutant: string): Promise<string> =>
  withBearer({ mutant }, (server) => seen(server, everybody))

test('every narrow mutant grants good tokens and refuses strangers', async () => {
  for (const { id } of bearerMutants.filter(({ kind }) => kind === 'narrow')) {
    assert.match(await statuses(id), /^200 200 401 40[13] 40[13] 200 200$/, id)
  }
})

test('every benign variation does the same', async () => {
  for (const { id } of bearerMutants.filter(({ kind }) => kind === 'benign')) {
    assert.match(await statuses(id), /^200 200 401 40[01] 401 200 200$/, id)
  }
})

test('who needs keys of another kind is compared with a server that has them', () => {
  for (const { id, kind, keys, besides } of bearerMutants) {
    if (kind !== 'narrow' || keys === undefined) continue
    const ground = bearerMutants.find((mutant) => mutant.id === besides)
    assert.deepEqual(ground?.keys, keys, id)
  }
})
