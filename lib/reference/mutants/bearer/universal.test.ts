import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as, ask, get } from '../../ask.test.helper.ts'
import {
  type BearerRow,
  bearing,
  minted,
  seen,
  showBearerDifferences,
  withBearer,
} from '../../bearer/ask.test.helper.ts'
import { universalBearer } from './universal.ts'

const three: BearerRow['send'] = (server) => [
  get(),
  as('Bearer nonsense'),
  bearing(minted(server, { signature: () => Buffer.alloc(64) })),
  bearing(server.token),
]

const row = (mutated: string): BearerRow => ({ send: three, plain: '401 401 401 200', mutated })

showBearerDifferences(universalBearer, {
  'bearer-accepts-everyone': row('401 200 200 200'),
  'bearer-public': row('200 200 200 200'),
  'bearer-refuses-everyone': row('401 401 401 401'),
  'jwt-signature-unverified': row('401 401 200 200'),
  'bearer-dies-on-null-claims': {
    send: (server) => bearing(minted(server, { claimsText: () => 'null' })),
    plain: '401',
    mutated: 'cut',
  },
})

test('bearer-dies-on-null-claims does not come back', async () => {
  await withBearer({ mutant: 'bearer-dies-on-null-claims' }, async (server) => {
    assert.equal(await seen(server, { ...row(''), send: () => get() }), '401')
    await ask(server, bearing(minted(server, { claimsText: () => 'null' })))
    assert.equal(await ask(server, get()), '')
  })
})
