// Servers that let in everybody, nobody, or whoever comes at the right moment.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report, ReportExchange, ReportResult } from '../../lib/model/report.ts'
import { accessWanted, linesOf, sendsOf } from '../../lib/notation/derive.ts'
import { suites } from '../../suites/index.ts'
import {
  granted,
  isAlice,
  refused,
  run,
  runAgainst,
  serve,
  suppliedAlice,
  withVerdict,
} from './servers.ts'

const cases = new Map(suites.flatMap((suite) => suite.cases).map((each) => [each.id, each]))

/** Whether a case wants something refused; the cases of the preflight all do. */
const wantsDenied = (result: ReportResult): boolean => {
  const each = cases.get(result.case)
  if (each === undefined) return true
  return sendsOf(each).some((step) => accessWanted(step.expect ?? []) === 'denied')
}

/** Whether a case sends something that cannot be valid, and nothing that is. */
const sendsOnlyUntrue = (result: ReportResult): boolean => {
  const each = cases.get(result.case)
  if (each === undefined) return true
  const sent = sendsOf(each).map((step) => step.send.with)
  return sent.length > 0 && sent.every((what) => what === 'nothing' || !('valid' in what))
}

/** The exchanges that a case wanted to be refused. */
const unwanted = (report: Report, result: ReportResult): readonly ReportExchange[] => {
  const each = cases.get(result.case)
  const steps = each === undefined ? undefined : sendsOf(each)
  return result.exchanges
    .filter(
      (_n, index) => steps === undefined || accessWanted(steps[index]?.expect ?? []) === 'denied',
    )
    .flatMap((n) => report.exchanges.filter((exchange) => exchange.n === n))
}

/** Those of them that were granted. */
const grants = (report: Report, result: ReportResult): readonly number[] =>
  unwanted(report, result)
    .filter(({ outcome }) => outcome === 'granted')
    .map(({ n }) => n)

/** Refusals that are not the log-in's: of a request nobody reads, or of a known account. */
const otherwise: readonly (number | undefined)[] = [400, 403, 405, 411, 414, 421, 431, 501]

/**
 * Passes beside those that are no wonder: a watch, a request without credentials that was refused,
 * one that was refused for other reasons, and a case that wants valid credentials to be let in,
 * which says nothing about the others.
 */
const unexplained = (report: Report): readonly string[] =>
  withVerdict(report, 'pass')
    .filter((each) => {
      const found = cases.get(each.case)
      if (found === undefined) return each.outcome !== 'denied'
      if (found.watch !== undefined) return false
      const [last] = each.exchanges.slice(-1)
      const told = report.exchanges.find(({ n }) => n === last)
      if (otherwise.includes(told?.answer?.status)) return false
      const mains = sendsOf(found).filter((step) => step.expect !== undefined)
      const wanted = accessWanted(linesOf(found))
      if (mains.every((step) => step.send.with === 'nothing')) return each.outcome !== 'denied'
      if (wanted === 'granted' && found.steps !== undefined) return false
      return each.outcome !== 'granted' || wanted === 'denied'
    })
    .map((each) => each.id)
    .sort()

test('a server that accepts everyone is one critical failure, and its refusals are left unjudged', async () => {
  const { report } = await runAgainst({ mutant: 'accepts-everyone' })
  assert.deepEqual(
    withVerdict(report, 'fail').map(({ id, severity }) => [id, severity]),
    [['stranger-refused-basic', 'critical']],
  )
  assert.equal(report.verdict, 'does-not-conform')
  assert.equal(report.say, 'does not conform: 1 fail of critical severity')
  assert.equal(report.summary.warn + report.summary.note + report.summary.inconclusive, 0)
  const dominated = report.results.filter((each) => each.reason?.code === 'dominated')
  assert.ok(dominated.length > 80, `${dominated.length} dominated`)
  for (const each of dominated) assert.match(each.reason?.say ?? '', /stranger-refused-basic/)
  assert.deepEqual(unexplained(report), [])
})

test('a public URL is one critical failure where credentials were given', async () => {
  const { report } = await runAgainst({ mutant: 'public' })
  assert.deepEqual(
    withVerdict(report, 'fail').map(({ id, severity, outcome }) => [id, severity, outcome]),
    [['anonymous-refused', 'critical', 'granted']],
  )
  assert.equal(report.verdict, 'does-not-conform')
  assert.equal(report.summary.warn + report.summary.note + report.summary.inconclusive, 0)
  assert.ok(report.results.every((each) => each.id !== 'stranger-refused-basic'))
  assert.deepEqual(unexplained(report), [])
  // Nothing passes of all that is about somebody who must not get in.
  for (const each of withVerdict(report, 'pass')) assert.ok(!sendsOnlyUntrue(each), each.id)
})

test('a public URL without credentials is no case for a verdict', async () => {
  const { report } = await runAgainst({ mutant: 'public', anonymous: true })
  assert.equal(report.verdict, 'could-not-judge')
  assert.match(report.say, /^could not judge: This URL is public: it answered 200 without/)
  assert.equal(report.results.length, 0)
})

test('a server that refuses everyone is judged in nothing', async () => {
  const { report, events } = await runAgainst({ mutant: 'refuses-everyone' })
  assert.equal(report.verdict, 'could-not-judge')
  assert.deepEqual(report.results, [])
  const blocking = report.preflight.filter((each) => each.blocks)
  assert.equal(blocking.length, 1)
  assert.equal(blocking[0]?.id, 'credential-granted')
  assert.match(blocking[0]?.say ?? '', /valid basic credentials were refused \(401\)/)
  assert.match(blocking[0]?.hint ?? '', /--user/)
  assert.equal(report.requests, 6)
  assert.ok(events.every((each) => each.type !== 'plan'))
})

test('where any credentials get an unknown 200, nothing that wants a refusal passes', async () => {
  const { report } = await runAgainst({ mutant: 'unknown-200' })
  assert.notEqual(report.verdict, 'conforms')
  assert.equal(report.summary.fail, 0, 'nobody was seen to get in')
  const passed = withVerdict(report, 'pass').filter(wantsDenied)
  for (const each of passed) assert.equal(each.outcome, 'denied', each.id)
  // What passes was asked without an Authorization line, or refused by HTTP before any log-in.
  for (const { answer, request } of passed.flatMap((each) => unwanted(report, each))) {
    const written = request.head.map((span) => ('text' in span ? span.text : '…')).join('')
    if (/^authorization:/im.test(written)) assert.notEqual(answer?.status, 401, written)
    assert.ok((answer?.status ?? 0) >= 400, written)
  }
  for (const each of withVerdict(report, 'inconclusive')) {
    assert.equal(each.outcome, 'unclear', each.id)
  }
  const wrong = report.results.find((each) => each.id === 'basic-wrong-password')
  assert.equal(wrong?.verdict, 'inconclusive')
  assert.equal(wrong?.level, 'must')
})

for (const [name, seed] of [
  ['in a case', 'h'],
  ['in the preflight', 'f'],
] as const) {
  test(`one bad node of five, first met ${name}, never conforms and is never passed`, async () => {
    const { report } = await runAgainst({ mutant: 'bad-node', serverSeed: seed })
    assert.notEqual(report.verdict, 'conforms')
    const seen = report.results.filter((each) => {
      const fault = each.lines.some(
        (line) => line.wanted === 'denied' && line.checks.some((check) => check.got === 'granted'),
      )
      return fault && grants(report, each).length > 0
    })
    assert.ok(seen.length > 0)
    for (const each of seen) {
      assert.ok(['fail', 'warn', 'note', 'inconclusive'].includes(each.verdict), each.id)
      if (each.verdict === 'inconclusive') assert.equal(each.reason?.code, 'unstable', each.id)
      if (each.attempts > 2 && each.verdict === 'fail') {
        assert.match(each.reason?.say ?? '', /^Seen in 2 of \d+ tries/, each.id)
      }
    }
    for (const each of withVerdict(report, 'pass').filter(wantsDenied)) {
      assert.deepEqual(grants(report, each), [], each.id)
    }
  })
}

test('a grant that preflight saw is never followed by a pass of the same request', async (outer) => {
  // The second stranger of the preflight and the first anonymous request are let in, then nobody.
  for (const lucky of ['stranger', 'anonymous'] as const) {
    const count = { stranger: 0, anonymous: 0 }
    await outer.test(lucky, async (t) => {
      const url = await serve(t, (head) => {
        const who = /^authorization:/im.test(head) ? 'stranger' : 'anonymous'
        if (isAlice(head)) return granted()
        count[who] += 1
        return who === lucky && count[who] === 1 ? granted() : refused()
      })
      const { report } = await run(
        { url, supplied: suppliedAlice },
        {
          options: {
            only: ['anonymous-refused', 'stranger-refused-basic', 'basic-wrong-password'],
          },
        },
      )
      const id = lucky === 'stranger' ? 'stranger-refused-basic' : 'anonymous-refused'
      const found = report.results.find((each) => each.id === id)
      assert.equal(found?.verdict, 'inconclusive')
      assert.equal(found?.reason?.code, 'unstable')
      assert.equal(found?.severity, 'critical')
      assert.equal(report.verdict, 'could-not-judge')
    })
  }
})

test('a cache that serves grants to everybody is blamed, and not the log-in', async () => {
  const { report } = await runAgainst({ mutant: 'cached-for-everybody' })
  const [only, ...others] = withVerdict(report, 'fail')
  assert.equal(others.length, 0)
  assert.equal(only?.id, 'grant-not-served-to-others')
  assert.equal(only?.severity, 'critical')
  const cited = only?.lines.flatMap((line) => line.because)
  assert.deepEqual(cited, ['rfc9111#3.5-no-shared-reuse-of-authenticated'])
  assert.ok(report.results.every((each) => each.id !== 'anonymous-refused'))
})

test('a cache is caught too where a request for fresh content goes past it', async (t) => {
  let kept: string | undefined
  const url = await serve(t, (head) => {
    const wantsFresh = /^cache-control:.*no-cache/im.test(head)
    if (kept !== undefined && !wantsFresh && !/^authorization:/im.test(head)) return kept
    if (!isAlice(head)) return refused()
    kept = granted(['Age: 3'])
    return granted()
  })
  const { report } = await run(
    { url, supplied: suppliedAlice },
    { options: { only: ['grant-not-served-to-others', 'basic-wrong-password'] } },
  )
  const [only, ...others] = withVerdict(report, 'fail')
  assert.equal(others.length, 0)
  assert.equal(only?.id, 'grant-not-served-to-others')
})
