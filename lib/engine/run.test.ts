// How a run goes, as the server sees it: which requests come in which order, and what follows.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { clauses } from '../../suites/clauses/index.ts'
import type { Case, Line, SendCase, Severity, StepsCase, Suite } from '../model/case.ts'
import type { Report, ReportResult } from '../model/report.ts'
import { runConformance } from './run.ts'
import {
  answer,
  granted,
  inputFor,
  isAlice,
  type RunChange,
  refused,
  run,
  serve,
  suppliedAlice,
} from './servers.test.support.ts'

const because = ['rfc7617#2-service-only-when-validated'] as const
const denied: Line = { must: { access: 'denied' }, because }
const words = { harm: 'H.', fix: 'F.' }

/** A case that sends a wrong password, told from others by its last letters. */
const wrong = (id: string, more: Partial<SendCase> = {}): SendCase => ({
  id,
  title: `Refuses ${id}`,
  severity: 'medium',
  send: { to: 'protected', with: { valid: 'basic', but: { password: { append: id } } } },
  expect: [denied],
  ...words,
  ...more,
})

const suiteOf = (...cases: readonly Case[]): readonly Suite[] => {
  const [first, ...others] = cases
  return [
    {
      id: 'suite',
      title: 'Suite',
      about: 'About.',
      cases: [first ?? assert.fail('a suite has cases'), ...others],
    },
  ]
}

interface Told {
  readonly head: string
  /** The end of the password that a case appended, or what else was sent. */
  readonly who: string
  /** How often this very thing was asked before. */
  readonly times: number
}

const whoIs = (head: string): string => {
  if (isAlice(head)) return 'V'
  const value = /^authorization: *Basic (\S+)$/im.exec(head)?.[1]
  if (value === undefined) return /^authorization:/im.test(head) ? '?' : 'N'
  const pair = Buffer.from(value, 'base64').toString('latin1')
  return /^Alice:Open-Sesame-42(.+)$/.exec(pair)?.[1] ?? 'S'
}

interface Watched {
  readonly report: Report
  /** What came after the six requests of the preflight. */
  readonly trail: string
  readonly heads: readonly string[]
  readonly result: (id: string) => ReportResult
}

/** Runs a suite without the cases of the preflight, and keeps the trail of what came in. */
const runSuite = async (
  t: TestContext,
  suites: readonly Suite[],
  answering: (told: Told) => string | undefined = () => undefined,
  change: RunChange = {},
): Promise<Watched> => {
  const trail: string[] = []
  const heads: string[] = []
  const url = await serve(t, (head) => {
    const who = whoIs(head)
    const times = trail.filter((each) => each === who).length
    trail.push(who)
    heads.push(head)
    const special = trail.length > 6 ? answering({ head, who, times }) : undefined
    return special ?? (who === 'V' ? granted() : refused())
  })
  const ids = ['suite', ...(change.options?.only ?? [])]
  const { report } = await run(
    { url, supplied: suppliedAlice },
    { ...change, suites, options: { ...change.options, only: ids } },
  )
  assert.equal(trail.slice(0, 6).join(' '), 'N S V V S N')
  return {
    report,
    trail: trail.slice(6).join(' '),
    heads: heads.slice(6),
    result: (id) => report.results.find((each) => each.id === id) ?? assert.fail(id),
  }
}

const named = (from: number, to: number, more: Partial<SendCase> = {}): SendCase[] =>
  Array.from({ length: to - from + 1 }, (_, at) => wrong(`-c${from + at}`.slice(1), more))

test('up to eight cases run between two controls, and the closing one opens the next', async (t) => {
  const { trail, report } = await runSuite(t, suiteOf(...named(1, 10)))
  assert.equal(trail, 'V c1 c2 c3 c4 c5 c6 c7 c8 V c9 c10 V')
  assert.equal(report.summary.pass, 10)
  assert.equal(report.verdict, 'conforms')
  assert.equal(report.failedLogins, 12)
  assert.equal(report.requests, 19)
})

test('the most severe cases come first', async (t) => {
  const severities: readonly Severity[] = ['low', 'critical', 'medium', 'high']
  const cases = severities.map((severity, at) => wrong(`c${at}`, { severity }))
  const { trail } = await runSuite(t, suiteOf(...cases))
  assert.equal(trail, 'V c1 c3 c2 c0 V')
})

test('what does not decide runs again alone, and only that is judged', async (t) => {
  const { trail, result } = await runSuite(t, suiteOf(...named(1, 3)), ({ who, times }) =>
    who === 'c2' && times === 0 ? answer('200 OK', ['Content-Type: text/plain'], 'odd') : undefined,
  )
  assert.equal(trail, 'V c1 c2 c3 V V c2 V')
  assert.equal(result('c2').verdict, 'pass')
  assert.equal(result('c2').attempts, 1)
})

test('what stays unclear is shown as such', async (t) => {
  const { result, report } = await runSuite(t, suiteOf(wrong('c1')), ({ who }) =>
    who === 'c1' ? answer('200 OK', ['Content-Type: text/plain'], 'odd') : undefined,
  )
  assert.equal(result('c1').verdict, 'inconclusive')
  assert.equal(result('c1').reason?.code, 'unclear')
  const shown = report.exchanges.find((each) => each.n === result('c1').exchanges[0])
  assert.equal(shown?.answer?.body, 'odd')
  assert.ok(report.exchanges.some((each) => each.n === result('c1').control))
})

test('a break is seen a second time, past the cache and on its own', async (t) => {
  const { trail, heads, result, report } = await runSuite(
    t,
    suiteOf(wrong('c1'), wrong('c2')),
    ({ who }) => (who === 'c1' ? granted() : undefined),
  )
  assert.equal(trail, 'V c1 c2 V V c1 V')
  assert.doesNotMatch(heads[1] ?? '', /no-cache/)
  assert.match(heads[5] ?? '', /^Cache-Control: no-cache\r$/m)
  assert.equal(result('c1').verdict, 'fail')
  assert.equal(result('c1').attempts, 2)
  assert.equal(result('c1').reason, undefined)
  assert.equal(result('c2').verdict, 'pass')
  assert.equal(report.verdict, 'does-not-conform')
})

for (const [severity, tries] of [
  ['critical', 10],
  ['high', 10],
  ['medium', 4],
  ['low', 4],
] as const) {
  test(`a grant of ${severity} severity that does not repeat is tried ${tries} times`, async (t) => {
    const { result, trail } = await runSuite(
      t,
      suiteOf(wrong('c1', { severity })),
      ({ who, times }) => (who === 'c1' && times === 0 ? granted() : undefined),
    )
    assert.equal(trail.split(' ').filter((who) => who === 'c1').length, 1 + tries)
    assert.equal(result('c1').verdict, 'inconclusive')
    assert.equal(result('c1').reason?.code, 'unstable')
    assert.equal(result('c1').attempts, 1 + tries)
  })
}

test('a grant that repeats after a while is a failure with its ratio', async (t) => {
  const { result } = await runSuite(
    t,
    suiteOf(wrong('c1', { severity: 'high' })),
    ({ who, times }) => (who === 'c1' && (times === 0 || times === 4) ? granted() : undefined),
  )
  assert.equal(result('c1').verdict, 'fail')
  assert.equal(result('c1').reason?.code, 'intermittent')
  assert.match(result('c1').reason?.say ?? '', /^Seen in 2 of 5 tries/)
})

test('a broken form is confirmed by the same line, and a note needs no second look', async (t) => {
  const should = wrong('c1', { expect: [{ should: { status: 403 }, because }] })
  const may = wrong('c2', { expect: [{ may: { status: 403 }, because }] })
  const { trail, result } = await runSuite(t, suiteOf(should, may))
  assert.equal(trail, 'V c1 c2 V V c1 V')
  assert.equal(result('c1').verdict, 'warn')
  assert.equal(result('c2').verdict, 'note')
  assert.equal(result('c2').attempts, 1)
})

test('a form that was broken once is no warning', async (t) => {
  const should = wrong('c1', { expect: [{ should: { challenge: 'any' }, because }] })
  const { result } = await runSuite(t, suiteOf(should), ({ who, times }) =>
    who === 'c1' && times === 0 ? answer('401 Unauthorized') : undefined,
  )
  assert.equal(result('c1').verdict, 'inconclusive')
  assert.equal(result('c1').reason?.code, 'unstable')
})

test('a control that is refused is told from a lock by the default account', async (t) => {
  const other: SendCase = wrong('c1', {
    send: {
      to: 'protected',
      with: { valid: 'basic', account: 'colon', but: { password: { append: 'c1' } } },
    },
  })
  const url = await serve(t, (head) => (isAlice(head) ? granted() : refused()))
  const colon = { user: 'Bob', password: 'not:known:here' }
  const { report } = await run(
    { url, supplied: { accounts: { ...suppliedAlice.accounts, colon }, tokens: {} } },
    { suites: suiteOf(other, wrong('c2')), options: { only: ['suite'] } },
  )
  const [c1, c2] = ['c1', 'c2'].map((id) => report.results.find((each) => each.id === id))
  assert.equal(c1?.verdict, 'inconclusive')
  assert.equal(c1?.reason?.code, 'control-refused')
  assert.match(c1?.reason?.say ?? '', /the colon account by Basic/)
  assert.equal(c2?.verdict, 'pass')
  assert.deepEqual(
    report.headlines.map(({ code, count }) => [code, count]),
    [['control-refused', 1]],
  )
})

test('an account that must be granted rests on the word of the operator', async (t) => {
  const must: SendCase = {
    ...wrong('c1'),
    send: { to: 'protected', with: { valid: 'basic', account: 'colon' } },
    expect: [{ must: { access: 'granted' }, because }],
  }
  const url = await serve(t, (head) =>
    isAlice(head) || /Qm9iOmE6Yg==/.test(head) ? granted() : refused(),
  )
  const colon = { user: 'Bob', password: 'a:b' }
  const { report } = await run(
    { url, supplied: { accounts: { ...suppliedAlice.accounts, colon }, tokens: {} } },
    { suites: suiteOf(must), options: { only: ['suite'] } },
  )
  assert.equal(report.results[0]?.verdict, 'pass')
  assert.deepEqual(report.results[0]?.rests, [
    "the operator's word that the account colon is valid",
  ])
})

const pair = (on?: string): StepsCase => ({
  id: 'steps',
  title: 'Does it in steps',
  severity: 'high',
  ...words,
  steps: [
    {
      role: 'control',
      ...(on === undefined ? {} : { on }),
      send: { to: 'protected', with: { valid: 'basic' } },
    },
    {
      as: 'then',
      ...(on === undefined ? {} : { on }),
      send: { to: 'protected', with: { valid: 'basic', but: { password: { append: 'c1' } } } },
      expect: [denied],
    },
  ],
})

test('steps run in order between controls of their own', async (t) => {
  const { trail, result, report } = await runSuite(t, suiteOf(pair(), wrong('c2')))
  assert.equal(trail, 'V V c1 V V c2 V')
  assert.equal(result('steps').verdict, 'pass')
  assert.equal(result('steps').lines[0]?.of, 'then')
  assert.equal(result('steps').exchanges.length, 2)
  assert.equal(report.summary.pass, 2)
})

test('a step that must be granted and is not leaves the case unjudged', async (t) => {
  const { result } = await runSuite(t, suiteOf(pair()), ({ who, times }) =>
    who === 'V' && times >= 2 && times % 3 === 0 ? refused() : undefined,
  )
  assert.equal(result('steps').verdict, 'inconclusive')
})

test('a connection that is not kept is no ground for a verdict', async (t) => {
  const { result } = await runSuite(t, suiteOf(pair('one')))
  assert.equal(result('steps').verdict, 'skip')
  assert.equal(result('steps').reason?.code, 'connection-not-kept')
  assert.equal(result('steps').attempts, 3)
})

const watch: Case = {
  id: 'watch',
  title: 'Sends a challenge with every 401',
  severity: 'medium',
  watch: 'every-exchange',
  expect: [{ when: { status: 401 }, must: { challenge: 'any' }, because }],
  ...words,
}

test('a watch judges every exchange of the run and gives one verdict', async (t) => {
  const fine = await runSuite(t, suiteOf(watch, wrong('c1')))
  assert.equal(fine.result('watch').verdict, 'pass')
  assert.equal(fine.result('watch').attempts, 5)
  const broken = await runSuite(t, suiteOf(watch, ...named(1, 3)), ({ who }) =>
    who.startsWith('c') ? answer('401 Unauthorized') : undefined,
  )
  assert.equal(broken.result('watch').verdict, 'fail')
  assert.match(broken.result('watch').reason?.say ?? '', /^Seen in 3 of 7 answers/)
  assert.equal(broken.result('watch').exchanges.length, 3)
})

test('a deviation that a watch saw once is asked for again', async (t) => {
  const steadily = await runSuite(t, suiteOf(watch, wrong('c1')), ({ who }) =>
    who === 'c1' ? answer('401 Unauthorized') : undefined,
  )
  assert.equal(steadily.result('watch').verdict, 'fail')
  const once = await runSuite(t, suiteOf(watch, wrong('c1')), ({ who, times }) =>
    who === 'c1' && times === 0 ? answer('401 Unauthorized') : undefined,
  )
  assert.equal(once.result('watch').verdict, 'inconclusive')
  assert.equal(once.result('watch').reason?.code, 'unstable')
})

test('a watch that nothing concerned is skipped', async (t) => {
  const never: Case = { ...watch, expect: [{ ...watch.expect[0], when: { status: 418 } }] }
  const { result } = await runSuite(t, suiteOf(never, wrong('c1')))
  assert.equal(result('watch').verdict, 'skip')
  assert.equal(result('watch').reason?.code, 'nothing-to-watch')
})

test('a fault that changes nothing is not sent', async (t) => {
  const none = wrong('c1', {
    send: { to: 'protected', with: { valid: 'basic', but: { password: { onlyFirst: 99 } } } },
  })
  const { result, trail, report } = await runSuite(t, suiteOf(none, wrong('c2')))
  assert.equal(trail, 'V c2 V')
  assert.equal(result('c1').verdict, 'inconclusive')
  assert.equal(result('c1').reason?.code, 'fault-changes-nothing')
  assert.equal(report.verdict, 'conforms')
})

test('what is missing or not allowed is skipped with its option', async (t) => {
  const missing = wrong('c1', {
    send: { to: 'protected', with: { valid: 'basic', account: 'colon' } },
  })
  const heavy = wrong('c2', { risk: ['failed-login', 'heavy'] })
  const bearer = wrong('c3', { send: { to: 'protected', with: { stranger: 'bearer' } } })
  const url = await serve(t, (head) => (isAlice(head) ? granted() : refused()))
  const { report } = await run(
    { url, supplied: suppliedAlice },
    { suites: suiteOf(missing, heavy, bearer), options: { only: ['suite'], allow: [] } },
  )
  assert.deepEqual(
    report.results.map(({ id, verdict, reason }) => [id, verdict, reason?.code, reason?.option]),
    [
      ['c1', 'skip', 'not-supplied', '--account colon=USER:PASSWORD'],
      ['c2', 'skip', 'risk', '--allow heavy'],
      ['c3', 'skip', 'not-supplied', '--bearer TOKEN'],
    ],
  )
  assert.equal(report.verdict, 'could-not-judge')
})

test('without credentials only the form of answers is judged', async (t) => {
  const form: SendCase = {
    ...wrong('c2'),
    send: { to: 'protected', with: 'nothing' },
    expect: [{ must: { status: 401, challenge: 'any' }, because }],
  }
  const access: SendCase = { ...form, id: 'c3', expect: [denied] }
  const url = await serve(t, () => refused())
  const { report } = await run(
    { url, supplied: { accounts: {}, tokens: {} } },
    { suites: suiteOf(wrong('c1'), form, access), options: { maxInconclusive: { count: 9 } } },
  )
  assert.deepEqual(
    report.results.map(({ id, verdict, reason }) => [id, verdict, reason?.code]),
    [
      ['c1', 'skip', 'not-supplied'],
      ['c3', 'skip', 'no-credentials'],
      ['c2', 'pass', undefined],
    ],
  )
  assert.equal(report.scope, 'anonymous')
  assert.match(report.say, /^1 of 3 cases could be judged without credentials/)
})

test('a documented deviation is a note with both rules', async (t) => {
  const deviation = { clause: because[0], source: 'The manual', say: 'Any password will do.' }
  const { result, report } = await runSuite(
    t,
    suiteOf(wrong('c1')),
    ({ who }) => (who === 'c1' ? granted() : undefined),
    { profile: { deviations: [deviation] } },
  )
  assert.equal(result('c1').verdict, 'note')
  assert.deepEqual(result('c1').deviates, { source: 'The manual', say: 'Any password will do.' })
  assert.equal(report.summary.deviations, 1)
})

test('strictly, a softened line fails', async (t) => {
  const soft = wrong('c1', { expect: [{ ...denied, softened: 'Half of the field does so.' }] })
  const open = ({ who }: Told): string | undefined => (who === 'c1' ? granted() : undefined)
  const lax = await runSuite(t, suiteOf(soft), open)
  assert.equal(lax.result('c1').verdict, 'warn')
  const strict = await runSuite(t, suiteOf(soft), open, { options: { strict: true } })
  assert.equal(strict.result('c1').verdict, 'fail')
})

test('an operation that is bound per kind is judged per kind', async (t) => {
  const nothing: SendCase = { ...wrong('c1'), send: { to: 'protected', with: 'nothing' } }
  const url = await serve(t, (head) => (isAlice(head) ? granted() : refused()))
  const { report } = await run(
    { url, supplied: suppliedAlice },
    {
      suites: suiteOf(nothing, wrong('c2')),
      options: { only: ['suite'] },
      profile: { operations: { protected: { by: { basic: { method: 'GET', path: '/by' } } } } },
    },
  )
  assert.deepEqual(
    report.results.map(({ id, verdict }) => [id, verdict]),
    [
      ['c1@basic', 'pass'],
      ['c2', 'pass'],
    ],
  )
  assert.ok(report.exchanges.every((each) => each.request.url.endsWith('/protected/by')))
})

test('errors that keep strangers out are told once, and no refusal rests on them', async (t) => {
  const url = await serve(t, (head) =>
    isAlice(head) ? granted() : answer('500 Internal Server Error'),
  )
  const { report } = await run(
    { url, supplied: suppliedAlice },
    { suites: suiteOf(...named(1, 4)), options: { maxInconclusive: { count: 99 } } },
  )
  const told = report.results.filter((each) => each.suite === 'preflight')
  assert.ok(told.every((each) => each.verdict === 'warn' && each.reason?.code === 'crashed'))
  const rest = report.results.filter((each) => each.suite === 'suite')
  for (const each of rest) {
    assert.equal(each.verdict, 'skip')
    assert.equal(each.reason?.code, 'only-errors')
    assert.doesNotMatch(each.reason?.say ?? '', /served/)
  }
  assert.equal(report.verdict, 'could-not-judge')
  assert.match(report.say, /nothing but errors keeps anybody out/)
})

test('where status tells nothing apart, content does, or a witness is proposed', async (t) => {
  const body = (name: string): string => `<html><p>Hello</p><p>${name}</p></html>`
  const page = (name: string): string => answer('200 OK', ['Content-Type: text/html'], body(name))
  const url = await serve(t, (head) =>
    isAlice(head) ? page('Account overview') : page('Please log in'),
  )
  const { report } = await run({ url, supplied: suppliedAlice }, { suites: suiteOf(wrong('c1')) })
  assert.equal(report.verdict, 'could-not-judge')
  const told = report.preflight.find((each) => each.blocks)
  assert.equal(told?.id, 'told-apart')
  assert.match(told?.hint ?? '', /--witness "text=Account overview"/)
  const again = await run(
    { url, supplied: suppliedAlice },
    { suites: suiteOf(wrong('c1')), options: { witness: { text: 'Account overview' } } },
  )
  assert.equal(again.report.verdict, 'conforms')
  assert.match(again.report.target.witness['protected@basic'] ?? '', /the witness/)
})

test('a doctor looks at the target and judges no case', async (t) => {
  const url = await serve(t, (head) => (isAlice(head) ? granted() : refused()))
  const input = inputFor({ url, supplied: suppliedAlice }, { suites: suiteOf(wrong('c1')) })
  const report = await runConformance({ ...input, doctorOnly: true })
  assert.deepEqual(report.results, [])
  assert.ok(report.preflight.every((each) => each.holds === true))
  assert.equal(report.requests, 6)
})

test('what was tested says what it is', async (t) => {
  const url = await serve(t, (head) =>
    isAlice(head) ? granted(['Server: demo/1', 'Via: 1.1 edge', 'X-Powered-By: hope']) : refused(),
  )
  const { report } = await run(
    { url, supplied: suppliedAlice, fields: [['X-Tenant', 'tenant-secret-1']] },
    { suites: suiteOf(wrong('c1')), options: { only: ['c1'] } },
  )
  assert.deepEqual(report.target.route, {
    Server: 'demo/1',
    Via: '1.1 edge',
    'X-Powered-By': 'hope',
  })
  assert.deepEqual(report.target.offers, ['basic'])
  assert.match(report.target.witness['protected@basic'] ?? '', /^told apart by status/)
  assert.deepEqual(Object.keys(report.clauses), [...because])
  assert.equal(report.clauses[because[0]]?.where, clauses.find((it) => it.id === because[0])?.where)
  assert.ok(!JSON.stringify(report).includes('tenant-secret-1'))
  assert.match(report.results[0]?.reproduce.command ?? '', / --only c1 --seed 7$/)
  assert.match(report.results[0]?.reproduce.curl ?? '', /^curl /)
})
