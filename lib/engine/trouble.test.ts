// How a run copes with servers that lock, throttle, crash, fall silent or cannot be judged at all.
import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import type { Line, SendCase, StepsCase, Suite } from '../model/case.ts'
import type { Supplied, Target } from '../model/profile.ts'
import type { Report, ReportResult } from '../model/report.ts'
import { planConformance } from './index.ts'
import {
  type Answering,
  answer,
  granted,
  inputFor,
  isAlice,
  type RunChange,
  refused,
  run,
  serve,
  serveWith,
  suppliedAlice,
} from './servers.test.support.ts'

const because = ['rfc7617#2-service-only-when-validated'] as const
const denied: Line = { must: { access: 'denied' }, because }

const wrong = (id: string, more: Partial<SendCase> = {}): SendCase => ({
  id,
  title: `Refuses ${id}`,
  severity: 'medium',
  send: { to: 'protected', with: { valid: 'basic', but: { password: { append: id } } } },
  expect: [denied],
  harm: 'H.',
  fix: 'F.',
  ...more,
})

type Cases = Suite['cases']

const suiteOf = (...cases: Cases): readonly Suite[] => [
  { id: 'suite', title: 'Suite', about: 'About.', cases },
]

const usual: Answering = (head) => (isAlice(head) ? granted() : refused())

/** True where the password ends in these letters. */
const ends = (head: string, letters: string): boolean => {
  const value = /^authorization: *Basic (\S+)$/im.exec(head)?.[1] ?? ''
  return Buffer.from(value, 'base64').toString('latin1').endsWith(letters)
}

type Judge = (
  answering: Answering,
  suites: readonly Suite[],
  change?: RunChange & { readonly target?: Partial<Target>; readonly supplied?: Supplied },
) => Promise<Report>

const judgeWith =
  (t: Parameters<typeof serve>[0]): Judge =>
  async (answering, suites, change = {}) => {
    const url = await serve(t, answering)
    const { report } = await run(
      { url, supplied: change.supplied ?? suppliedAlice, ...change.target },
      { ...change, suites, options: { only: ['suite'], ...change.options } },
    )
    return report
  }

const resultOf = (report: Report, id: string): ReportResult =>
  report.results.find((each) => each.id === id) ?? assert.fail(`no result ${id}`)

test('a control that is refused for good is a lock, and nothing is rerun into it', async (t) => {
  let count = 0
  let failed = 0
  const report = await judgeWith(t)(
    (head) => {
      count += 1
      failed += isAlice(head) ? 0 : 1
      return failed > 6 ? refused() : usual(head, 0)
    },
    suiteOf(wrong('c1'), wrong('c2'), wrong('c3'), wrong('c4')),
  )
  assert.equal(report.summary.inconclusive, 4)
  for (const each of report.results) assert.equal(each.reason?.code, 'locked')
  assert.match(report.headlines[0]?.say ?? '', /refused now \(401\), after \d+ failed log-ins/)
  assert.equal(count, 6 + 1 + 4 + 2)
})

test('a wait that is longer than anyone would sit through ends the run', async (t) => {
  const since = Date.now()
  let open = true
  const report = await judgeWith(t)(
    (head) => {
      if (ends(head, 'c1')) open = false
      return open ? usual(head, 0) : answer('429 Too Many Requests', ['Retry-After: 3600'])
    },
    suiteOf(wrong('c1')),
  )
  assert.ok(Date.now() - since < 5000)
  assert.equal(resultOf(report, 'c1').reason?.code, 'locked')
  assert.match(resultOf(report, 'c1').reason?.say ?? '', /throttled now \(429\)/)
})

test('a control that nobody can read leaves its cases unjudged', async (t) => {
  let count = 0
  const report = await judgeWith(t)(
    (head) => {
      count += 1
      const odd = answer('200 OK', ['Content-Type: text/html'], '<p>Maintenance</p>')
      return count > 6 && isAlice(head) ? odd : usual(head, 0)
    },
    suiteOf(wrong('c1'), wrong('c2')),
  )
  for (const each of report.results) assert.equal(each.reason?.code, 'control-unclear')
  assert.equal(report.headlines[0]?.count, 2)
})

test('one input without an answer, three times of three, is a warning', async (t) => {
  const report = await judgeWith(t)(
    (head) => (ends(head, 'c1') ? '' : usual(head, 0)),
    suiteOf(wrong('c1', { severity: 'critical' }), wrong('c2')),
  )
  const silent = resultOf(report, 'c1')
  assert.equal(silent.verdict, 'warn')
  assert.equal(silent.severity, 'medium')
  assert.equal(silent.reason?.code, 'silent')
  assert.match(silent.reason?.say ?? '', /^No complete answer came, 3 times in a row/)
  assert.equal(resultOf(report, 'c2').verdict, 'pass')
})

test('one input without an answer, once, is the network', async (t) => {
  let lost = false
  const report = await judgeWith(t)(
    (head) => {
      if (!ends(head, 'c1') || lost) return usual(head, 0)
      lost = true
      return ''
    },
    suiteOf(wrong('c1')),
  )
  assert.equal(resultOf(report, 'c1').verdict, 'pass')
})

test('a crash is a warning where it was seen twice, and a failure where that is the point', async (t) => {
  const upright = wrong('c2', { expect: [{ should: { orderly: true }, because }] })
  const report = await judgeWith(t)(
    (head) =>
      ends(head, 'c1') || ends(head, 'c2') ? answer('500 Internal Server Error') : usual(head, 0),
    suiteOf(wrong('c1'), upright),
  )
  assert.equal(resultOf(report, 'c1').verdict, 'warn')
  assert.equal(resultOf(report, 'c1').reason?.code, 'crashed')
  assert.match(resultOf(report, 'c1').reason?.say ?? '', /\(500\)/)
  assert.equal(resultOf(report, 'c2').verdict, 'warn')
})

test('the status of a crash is told, not that of the control after it', async (t) => {
  const { send } = wrong('c1')
  const steps: StepsCase = {
    id: 'c1',
    title: 'Refuses c1',
    severity: 'medium',
    steps: [
      { as: 'bad', send, expect: [denied] },
      { role: 'control', send: { to: 'protected', with: { valid: 'basic' } } },
    ],
    harm: 'H.',
    fix: 'F.',
  }
  const report = await judgeWith(t)(
    (head) => (ends(head, 'c1') ? answer('502 Bad Gateway') : usual(head, 0)),
    suiteOf(steps),
  )
  assert.match(resultOf(report, 'c1').reason?.say ?? '', /each time \(502\)/)
})

test('throttling one input says nothing', async (t) => {
  const report = await judgeWith(t)(
    (head) => (ends(head, 'c1') ? answer('429 Too Many Requests') : usual(head, 0)),
    suiteOf(wrong('c1')),
  )
  assert.equal(resultOf(report, 'c1').verdict, 'inconclusive')
  assert.equal(resultOf(report, 'c1').reason?.code, 'throttled')
})

test('a server that dies of an input is told which one', async (t) => {
  let dead = false
  const report = await judgeWith(t)(
    (head) => {
      if (ends(head, 'c2')) dead = true
      return dead ? '' : usual(head, 0)
    },
    suiteOf(wrong('c1'), wrong('c2'), wrong('c3')),
  )
  assert.equal(resultOf(report, 'c2').verdict, 'warn')
  assert.equal(resultOf(report, 'c2').severity, 'high')
  assert.equal(resultOf(report, 'c2').reason?.code, 'did-not-come-back')
  for (const id of ['c1', 'c3']) {
    assert.equal(resultOf(report, id).verdict, 'inconclusive')
    assert.equal(resultOf(report, id).reason?.code, 'did-not-come-back')
  }
})

test('who lets strangers in is told once, and the like is left unjudged', async (t) => {
  const url = await serve(t, (head) => (/^authorization:/im.test(head) ? granted() : refused()))
  const nothing = wrong('c2', { send: { to: 'protected', with: 'nothing' } })
  const written = wrong('c3', { send: { to: 'protected', with: { authorization: 'Xyzzy a' } } })
  const right = wrong('c4', {
    send: { to: 'protected', with: { valid: 'basic', but: { fieldName: { letters: 'lower' } } } },
    expect: [{ must: { access: 'granted' }, because }],
  })
  const { report } = await run(
    { url, supplied: suppliedAlice },
    { suites: suiteOf(wrong('c1'), nothing, written, right) },
  )
  assert.deepEqual(
    report.results.map(({ id, verdict, reason }) => [id, verdict, reason?.code]),
    [
      ['anonymous-refused', 'pass', undefined],
      ['stranger-refused-basic', 'fail', undefined],
      ['c1', 'skip', 'dominated'],
      ['c3', 'skip', 'dominated'],
      ['c2', 'pass', undefined],
      ['c4', 'pass', undefined],
    ].sort((a, b) => order(report, a[0]) - order(report, b[0])),
  )
})

test('who crashes on one kind of request is judged by the others', async (t) => {
  const anybody = /^authorization:/im
  const upset = answer('500 Internal Server Error')
  const isStranger = (head: string): boolean =>
    anybody.test(head) && !isAlice(head) && !ends(head, 'c1')
  const crashing: readonly [string, Answering][] = [
    ['stranger-refused-basic', (head) => (isStranger(head) ? upset : usual(head, 0))],
    ['anonymous-refused', (head) => (anybody.test(head) ? usual(head, 0) : upset)],
  ]
  for (const [culprit, answering] of crashing) {
    const url = await serve(t, (head) => (ends(head, 'c2') ? granted() : answering(head, 0)))
    const { report } = await run(
      { url, supplied: suppliedAlice },
      { suites: suiteOf(wrong('c1'), wrong('c2')) },
    )
    assert.equal(resultOf(report, culprit).verdict, 'warn')
    assert.equal(resultOf(report, culprit).reason?.code, 'crashed')
    assert.equal(resultOf(report, 'c1').verdict, 'pass')
    assert.equal(resultOf(report, 'c2').verdict, 'fail')
    assert.equal(report.verdict, 'does-not-conform')
  }
})

const order = (report: Report, id: string | undefined): number =>
  report.results.findIndex((each) => each.id === id)

test('the budget of failed log-ins ends what it has no room for', async (t) => {
  const status = { expect: [{ should: { status: 403 }, because }] } as const
  const report = await judgeWith(t)(
    usual,
    suiteOf(wrong('c1', status), wrong('c2', status), wrong('c3')),
    { options: { loginBudget: 2, only: ['suite'] } },
  )
  // Two fit the plan; seeing a break a second time would be a third.
  assert.equal(resultOf(report, 'c3').verdict, 'skip')
  assert.equal(resultOf(report, 'c3').reason?.code, 'login-budget')
  for (const id of ['c1', 'c2']) {
    assert.equal(resultOf(report, id).verdict, 'inconclusive')
    assert.equal(resultOf(report, id).reason?.code, 'login-budget')
    assert.equal(resultOf(report, id).reason?.option, '--login-budget N')
  }
})

test('credentials that are refused or crash the server are findings with a hint', async (t) => {
  const judge = judgeWith(t)
  const one = suiteOf(wrong('c1'))
  const no = await judge(() => refused(), one)
  assert.match(no.say, /valid basic credentials were refused \(401\)/)
  const crash = await judge(
    (head) => (isAlice(head) ? answer('500 Internal Server Error') : refused()),
    one,
  )
  assert.match(crash.say, /valid basic credentials got no answer to learn from \(500\)/)
  const nowhere = await judge(() => answer('404 Not Found'), one)
  assert.match(nowhere.say, /answered as none are \(404\)/)
  assert.match(nowhere.preflight.find((each) => each.blocks)?.hint ?? '', /path in --target/)
  for (const report of [no, crash, nowhere]) {
    assert.equal(report.verdict, 'could-not-judge')
    assert.deepEqual(report.results, [])
  }
})

test('credentials of one kind are judged where those of another are refused', async (t) => {
  const bearer = wrong('c2', { send: { to: 'protected', with: { stranger: 'bearer' } } })
  const report = await judgeWith(t)(usual, suiteOf(wrong('c1'), bearer), {
    supplied: { ...suppliedAlice, bearer: 'a-bearer-token-that-is-refused' },
  })
  assert.equal(resultOf(report, 'c1').verdict, 'pass')
  assert.equal(resultOf(report, 'c2').verdict, 'inconclusive')
  assert.equal(resultOf(report, 'c2').reason?.code, 'credential-refused')
  const finding = report.preflight.find((each) => each.id === 'credential-granted')
  assert.equal(finding?.holds, false)
  assert.equal(finding?.blocks, undefined)
})

test('tokens and bearer tokens are judged like accounts', async (t) => {
  const right = /^authorization: (?:token the-token-secret|bearer the-bearer-secret)\r$/im
  const cases = suiteOf(
    wrong('c1', { send: { to: 'protected', with: { valid: 'token', but: { token: 'other' } } } }),
    wrong('c2', {
      send: { to: 'protected', with: { valid: 'bearer', but: { token: { dropLast: 1 } } } },
    }),
  )
  const report = await judgeWith(t)((head) => (right.test(head) ? granted() : refused()), cases, {
    supplied: {
      accounts: {},
      tokens: { Token: 'the-token-secret' },
      bearer: 'the-bearer-secret',
    },
  })
  assert.equal(report.summary.pass, 2)
  assert.deepEqual(report.target.offers, ['token', 'bearer'])
  // Strangers and faults by Token are failed log-ins; a refused bearer token is none.
  assert.equal(report.failedLogins, 3)
})

test('a public URL has to answer, and its cases need no credentials', async (t) => {
  const open = wrong('c1', {
    send: { to: 'public', with: 'nothing' },
    expect: [{ must: { access: 'granted' }, because }],
  })
  const answering: Answering = (head) =>
    head.startsWith('GET /open') ? answer('200 OK', [], 'open') : usual(head, 0)
  const url = await serve(t, answering)
  const judged = async (path: string): Promise<Report> => {
    const publicUrl = new URL(path, url)
    const change = { suites: suiteOf(open), options: { only: ['suite'] } }
    return (await run({ url, publicUrl, supplied: suppliedAlice }, change)).report
  }
  const fine = await judged('/open')
  assert.equal(resultOf(fine, 'c1').verdict, 'pass')
  assert.equal(fine.preflight.find((each) => each.id === 'public-url')?.holds, true)
  const closed = await judged('/closed')
  const finding = closed.preflight.find((each) => each.id === 'public-url')
  assert.equal(finding?.holds, false)
  assert.match(finding?.say ?? '', /does not answer without credentials \(401\)/)
  assert.notEqual(resultOf(closed, 'c1').verdict, 'pass')
})

test('a witness by pointer or status tells what nothing else does', async (t) => {
  const page = (name: string): string =>
    answer('200 OK', ['Content-Type: application/json'], `{"data":${name}}`)
  const url = await serve(t, (head) => page(isAlice(head) ? '{"id":1}' : 'null'))
  for (const witness of [{ pointer: '/data/id' }, { pointer: '/data/id', status: 200 }]) {
    const { report } = await run(
      { url, supplied: suppliedAlice },
      { suites: suiteOf(wrong('c1')), options: { witness, only: ['suite'] } },
    )
    assert.equal(resultOf(report, 'c1').verdict, 'pass')
  }
})

test('a server without a date is judged all the same, its clock unknown', async (t) => {
  const bare = (text: string): string => text.replace(/^Date:.*\r\n/im, '')
  const report = await judgeWith(t)((head) => bare(usual(head, 0) ?? ''), suiteOf(wrong('c1')))
  assert.equal(report.preflight.find((each) => each.id === 'clock')?.holds, 'unknown')
  assert.equal(resultOf(report, 'c1').verdict, 'pass')
})

test('a plan tells what would be done, and sends nothing', async (t) => {
  let count = 0
  const url = await serve(t, (head) => {
    count += 1
    return usual(head, 0)
  })
  const missing = wrong('c2', {
    send: { to: 'protected', with: { valid: 'basic', account: 'colon' } },
  })
  const plan = planConformance(
    inputFor({ url, supplied: suppliedAlice }, { suites: suiteOf(wrong('c1'), missing) }),
  )
  assert.equal(count, 0)
  assert.deepEqual(plan.run, [{ id: 'c1', requests: 1, failedLogins: 1 }])
  assert.deepEqual(plan.left, [
    {
      id: 'c2',
      verdict: 'skip',
      say: 'Needs an account named colon.',
      option: '--account colon=USER:PASSWORD',
    },
  ])
  assert.equal(plan.failedLogins, 4)
  assert.ok(plan.requests >= 8)
})

test('a request that cannot be made again is held against nobody and ends nothing', async (t) => {
  const judge = judgeWith(t)
  const alice = suppliedAlice.accounts.default
  let planned = false
  const supplied: Supplied = {
    tokens: {},
    accounts: {
      ...(alice === undefined ? {} : { default: alice }),
      // As with a signature by chance: possible when it was planned, and not when it was sent.
      get fickle() {
        return planned ? undefined : alice
      },
    },
  }
  const fickle: StepsCase = {
    id: 'fickle',
    title: 'Grants twice',
    severity: 'low',
    steps: [
      { as: 'first', send: { to: 'protected', with: { valid: 'basic' } } },
      {
        send: { to: 'protected', with: { valid: 'basic', account: 'fickle' } },
        expect: [{ must: { access: 'granted' }, because }],
      },
    ],
    harm: 'H.',
    fix: 'F.',
  }
  const report = await judge(usual, suiteOf(fickle, wrong('other')), {
    supplied,
    on: ({ type }) => {
      planned ||= type === 'plan'
    },
  })
  const result = report.results.find(({ id }) => id === 'fickle')
  assert.equal(result?.verdict, 'inconclusive')
  assert.equal(result?.reason?.code, 'not-made')
  assert.equal(report.results.find(({ id }) => id === 'other')?.verdict, 'pass')
})

test('a reset under a large request may have taken the answer along', async (t) => {
  const sockets = new Set<Socket>()
  const url = await serveWith(
    t,
    (head) => {
      if (head.length < 20_000 && !ends(head, 'small')) return usual(head, 0)
      for (const socket of sockets) socket.resetAndDestroy()
      return undefined
    },
    sockets,
  )
  const large = wrong('large', {
    send: { to: 'protected', with: 'nothing', but: { bulk: { bytes: 65_536 } } },
    expect: [{ should: { status: 401 }, because }],
  })
  const { report } = await run(
    { url, supplied: suppliedAlice },
    { suites: suiteOf(large, wrong('small')), options: { only: ['suite'] } },
  )
  assert.equal(resultOf(report, 'large').verdict, 'inconclusive')
  assert.equal(resultOf(report, 'large').reason?.code, 'answer-lost')
  assert.equal(resultOf(report, 'small').verdict, 'warn')
  assert.equal(resultOf(report, 'small').reason?.code, 'silent')
})
