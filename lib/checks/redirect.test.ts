import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RedirectWanted } from '../model/case.ts'
import { answered, contextOf } from './context.test.support.ts'
import { redirect } from './redirect.ts'

const leading = (location: string | undefined): boolean | 'unknown' =>
  lead({ to: 'https', host: 'same', elsewhere: true, omits: 'secret' }, location)

// The request was for http://h.test:80/.
const lead = (wanted: RedirectWanted, location: string | undefined): boolean | 'unknown' => {
  const fields = location === undefined ? [] : ([['Location', location]] as const)
  const context = contextOf(answered({ status: 308, fields }), {
    target: new URL('https://h.test/'),
  })
  return redirect(wanted, context).holds
}

const cases: readonly (readonly [RedirectWanted, string, boolean])[] = [
  [{ to: 'https' }, 'https://h.test/', true],
  [{ to: 'https' }, 'HTTPS://other.test:8443/a', true],
  [{ to: 'https' }, 'http://h.test/', false],
  [{ to: 'https' }, '/start', false],
  [{ to: 'https' }, '//h.test/start', false],
  [{ host: 'same' }, 'https://H.TEST:8443/a', true],
  [{ host: 'same' }, 'https://www.h.test/', false],
  [{ host: 'same' }, 'https://h.test@other.test/', false],
  [{ host: 'same' }, '/start', true],
  [{ elsewhere: true }, 'https://h.test/', true],
  [{ elsewhere: true }, 'http://h.test/#top', false],
  [{ elsewhere: true }, '/', false],
  [{ elsewhere: true }, '/a', true],
  [{ omits: 'secret' }, 'https://h.test/?token=other', true],
  [{ omits: 'secret' }, 'https://h.test/?token=%73ecret', false],
]

for (const [wanted, location, holds] of cases) {
  test(`${location} is ${JSON.stringify(wanted)}: ${holds}`, () => {
    assert.equal(lead(wanted, location), holds)
  })
}

test('An answer without a Location leads nowhere, and one that is no URL somewhere unknown', () => {
  assert.equal(leading(undefined), true)
  assert.equal(leading('https://h.test/a'), true)
  assert.equal(leading('http://[h.test/'), 'unknown')
})

test('A shut door leads nowhere', () => {
  const closed = { ...answered({}), ending: 'closed' as const }
  const { answer: _, ...exchange } = closed
  assert.equal(redirect({ to: 'https' }, contextOf(exchange)).holds, 'unknown')
  assert.equal(redirect({ to: 'https' }, contextOf(exchange, { shut: true })).holds, true)
})
