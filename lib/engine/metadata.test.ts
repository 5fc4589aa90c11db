// Runs that look for what a resource says of itself: where it is asked for, and where never.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { SendCase, Suite } from '../model/case.ts'
import type { ReportResult } from '../model/report.ts'
import { answer, granted, run, serve } from './servers.test.support.ts'

const served: SendCase = {
  id: 'served',
  title: 'Serves it',
  severity: 'low',
  send: { to: 'metadata', with: 'nothing' },
  expect: [
    {
      when: { announced: 'metadata' },
      should: { status: 200, json: { '/resource': 'target' } },
      because: ['rfc9728#3.1-metadata-unauthenticated-get'],
    },
  ],
  harm: 'H.',
  fix: 'F.',
}

const suites: readonly Suite[] = [{ id: 'suite', title: 'S', about: 'A.', cases: [served] }]

const token = 'mF_9.B5f-4.1JqM-and-more'

interface Seen {
  readonly result: ReportResult
  /** What was asked for besides the resource itself. */
  readonly asked: readonly string[]
}

/** What a run says of a server that names its metadata there, and has a document at that path. */
const judged = async (
  t: TestContext,
  announced: (origin: string) => string | undefined,
  path?: string,
): Promise<Seen> => {
  const asked: string[] = []
  const url = await serve(t, (head) => {
    const [, target = ''] = head.split(' ')
    if (target !== '/protected') asked.push(target)
    const origin = `http://${/^host: (.*)\r$/im.exec(head)?.[1]}`
    if (target === path) {
      const body = JSON.stringify({ resource: `${origin}/protected` })
      return answer('200 OK', ['Content-Type: application/json'], body)
    }
    if (target !== '/protected') return answer('404 Not Found', [], 'Nothing.')
    if (head.includes(`Authorization: Bearer ${token}`)) return granted()
    const named = announced(origin)
    const more = named === undefined ? '' : `, resource_metadata="${named}"`
    return answer('401 Unauthorized', [`WWW-Authenticate: Bearer realm="x"${more}`], 'No.')
  })
  const supplied = { accounts: {}, tokens: {}, bearer: token }
  const { report } = await run({ url, supplied }, { suites })
  const result = report.results.find(({ case: id }) => id === 'served')
  assert.ok(result)
  return { result, asked: [...new Set(asked)] }
}

test('metadata is asked for where a challenge says that it is', async (t) => {
  const { result, asked } = await judged(t, (origin) => `${origin}/about.json`, '/about.json')
  assert.deepEqual(asked, ['/about.json'])
  assert.equal(result.verdict, 'pass')
  assert.match(result.reproduce.curl ?? '', /about\.json/)
})

test('metadata that is announced has to be there', async (t) => {
  const { result, asked } = await judged(t, (origin) => `${origin}/about.json`)
  assert.deepEqual(asked, ['/about.json'])
  assert.equal(result.verdict, 'warn')
})

const wellKnown = '/.well-known/oauth-protected-resource/protected'

test('without a word of it, it is looked for at the well-known URL, and need not be there', async (t) => {
  const { result, asked } = await judged(t, () => undefined)
  assert.deepEqual(asked, [wellKnown])
  assert.deepEqual([result.verdict, result.reason?.code], ['skip', 'does-not-apply'])
})

test('no other origin is ever asked, nor what is no URL', async (t) => {
  for (const named of ['https://127.0.0.1/about', 'http://other.test/about', '/about', '']) {
    const { result, asked } = await judged(t, () => named)
    assert.deepEqual(asked, [wellKnown], named)
    assert.equal(result.verdict, 'skip', named)
  }
})

test('a document for everybody is judged where everybody is served', async (t) => {
  const url = await serve(t, (head) => {
    const body = JSON.stringify({ resource: `http://127.0.0.1/protected` })
    return head.startsWith('GET /protected') ? granted() : answer('200 OK', [], body)
  })
  const open: SendCase = { ...served, expect: [{ ...served.expect[0], when: { status: 200 } }] }
  const supplied = { accounts: {}, tokens: {}, bearer: token }
  const { report } = await run(
    { url, supplied },
    {
      suites: [{ id: 'suite', title: 'S', about: 'A.', cases: [open] }],
      profile: { declaresProtected: true },
    },
  )
  assert.equal(report.results.find(({ case: id }) => id === 'served')?.verdict, 'pass')
})
