// Servers and networks that fail now and then, get tired, or die.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunEvent } from '../../lib/engine/index.ts'
import type { Report, ReportExchange } from '../../lib/model/report.ts'
import {
  answer,
  differences,
  granted,
  isAlice,
  refused,
  run,
  runAgainst,
  serve,
  suppliedAlice,
  verdictsOf,
  withVerdict,
} from './servers.ts'

const exchangesIn = (events: readonly RunEvent[]): readonly ReportExchange[] =>
  events.flatMap((each) => (each.type === 'exchange' ? [each.exchange] : []))

const hasCredentials = ({ request }: ReportExchange): boolean =>
  /^authorization:/im.test(request.head.map((it) => ('text' in it ? it.text : '')).join(''))

/** A run against the conforming server, to compare with. */
const undisturbed: Promise<Report> = runAgainst().then(({ report }) => report)

test('a lock after ten failures ends the run with all that was sealed before', async () => {
  const { report, events } = await runAgainst({ mutant: 'locks-after-10' })
  assert.equal(report.verdict, 'could-not-judge')
  assert.equal(report.summary.fail + report.summary.warn, 0)
  const locked = report.results.filter((each) => each.reason?.code === 'locked')
  assert.equal(locked.length, report.summary.inconclusive)
  assert.ok(locked.length > 100)
  const [headline, ...others] = report.headlines
  assert.equal(others.length, 0)
  assert.equal(headline?.code, 'locked')
  assert.equal(headline?.count, locked.length)
  assert.match(headline?.say ?? '', new RegExp(`after ${report.failedLogins} failed log-ins`))

  // The tenth refused log-in locks: what comes later is the rest of one bracket and its controls.
  const told = exchangesIn(events)
  const failures = told.filter((each) => each.answer?.status === 401 && hasCredentials(each))
  const lock = failures[9] ?? assert.fail('the server never locked')
  const after = told.length - told.indexOf(lock) - 1
  assert.ok(after <= 12, `${after} requests after the lock`)

  // What was sealed is as good as in any run.
  const plain = verdictsOf(await undisturbed)
  const sealed = withVerdict(report, 'pass').filter((each) => each.attempts === 1)
  assert.ok(sealed.length > 20)
  for (const each of sealed) assert.equal(plain[each.id], 'pass', each.id)
})

test('a server that dies of one input is told which, and the run ends', async () => {
  const since = Date.now()
  const { report } = await runAgainst({ mutant: 'dies-on-invalid-utf8' })
  assert.ok(Date.now() - since < 13_000, `${Date.now() - since} ms`)
  const [culprit, ...others] = withVerdict(report, 'warn')
  assert.equal(others.length, 0)
  assert.match(culprit?.id ?? '', /^authorization-unreadable-refused\/not-utf8$/)
  assert.equal(culprit?.severity, 'high')
  assert.equal(culprit?.reason?.code, 'did-not-come-back')
  assert.equal(report.summary.fail, 0)
  const rest = withVerdict(report, 'inconclusive')
  assert.ok(rest.length > 50)
  for (const each of rest) assert.equal(each.reason?.code, 'did-not-come-back', each.id)
  assert.equal(report.headlines.length, 1)
  assert.equal(report.verdict, 'could-not-judge')
})

test('refusals that are slow change no verdict', async () => {
  const slow = await runAgainst({ mutant: 'slow-refusals', refusalDelay: 4 })
  assert.deepEqual(differences(await undisturbed, slow.report), [])
})

test('a second of delay per refusal is no time-out', async () => {
  const only = ['basic-wrong-password']
  const options = { only }
  const slow = await runAgainst({ mutant: 'slow-refusals', options: { only, timeoutMs: 3000 } })
  const plain = await runAgainst({ options })
  assert.deepEqual(differences(plain.report, slow.report), [])
  assert.equal(slow.report.summary.pass, 1)
})

test('a server that drops every kept connection changes nothing but what needs one', async () => {
  const { report } = await runAgainst({ mutant: 'keep-alive-race' })
  assert.deepEqual(differences(await undisturbed, report), [
    'connection-nothing-then-valid: pass → skip',
    'connection-valid-then-nothing: pass → skip',
    'connection-valid-then-wrong: pass → skip',
  ])
  for (const each of withVerdict(report, 'skip').filter(({ suite }) => suite === 'connection')) {
    assert.equal(each.reason?.code, 'connection-not-kept')
  }
})

for (const [mutant, seed] of [
  ['resets-2-percent', 'd'],
  ['resets-10-percent', 'u'],
] as const) {
  test(`${mutant} changes no verdict`, async () => {
    const { report, events } = await runAgainst({ mutant, serverSeed: seed })
    assert.deepEqual(differences(await undisturbed, report), [])
    assert.ok(exchangesIn(events).some((each) => each.ending === 'silent'))
  })
}

test('a true silence is told from resets on the same way', async (t) => {
  // One request in seven is lost, and one input is never answered.
  let count = 0
  const url = await serve(t, (head) => {
    count += 1
    const password = Buffer.from(/ Basic (\S+)/.exec(head)?.[1] ?? '', 'base64').toString('latin1')
    if (password.endsWith(':')) return ''
    if (count > 8 && count % 7 === 0) return ''
    return isAlice(head) ? granted() : refused()
  })
  const { report } = await run(
    { url, supplied: suppliedAlice },
    { options: { only: ['basic-wrong-password', 'basic-empty-password', 'basic-extra-colon'] } },
  )
  const verdicts = verdictsOf(report)
  assert.equal(verdicts['basic-wrong-password'], 'pass')
  assert.equal(verdicts['basic-extra-colon/after'], 'pass')
  assert.equal(verdicts['basic-extra-colon/before'], 'pass')
  const silent = report.results.find((each) => each.id === 'basic-empty-password')
  assert.equal(silent?.verdict, 'warn')
  assert.equal(silent?.severity, 'medium')
  assert.equal(silent?.reason?.code, 'silent')
  assert.match(silent?.reason?.say ?? '', /^No complete answer came, 5 times in a row/)
})

test('a server that crashes on one input is warned about where it crashed twice', async (t) => {
  let once = true
  const url = await serve(t, (head) => {
    const pair = Buffer.from(/ Basic (\S+)/.exec(head)?.[1] ?? '', 'base64').toString('latin1')
    if (pair.endsWith(':')) return answer('500 Internal Server Error')
    if (pair.endsWith('x') && once) {
      once = false
      return answer('502 Bad Gateway')
    }
    return isAlice(head) ? granted() : refused()
  })
  const { report } = await run(
    { url, supplied: suppliedAlice },
    { options: { only: ['basic-empty-password', 'basic-password-extended/letter'] } },
  )
  const crashed = report.results.find((each) => each.id === 'basic-empty-password')
  assert.equal(crashed?.verdict, 'warn')
  assert.equal(crashed?.reason?.code, 'crashed')
  assert.equal(crashed?.severity, 'medium')
  assert.equal(verdictsOf(report)['basic-password-extended/letter'], 'pass')
})

test('throttling is waited for, and never held against the server', async () => {
  const { report } = await runAgainst({ mutant: 'throttles-after-40' })
  assert.equal(report.verdict, 'could-not-judge')
  assert.equal(report.summary.fail + report.summary.warn + report.summary.broken, 0)
  assert.ok(report.requests < 60, `${report.requests} requests`)
  assert.equal(report.headlines.length, 1)
  assert.match(report.headlines[0]?.say ?? '', /throttled now \(429\)/)
})

test('a throttle that ends is waited out', async (t) => {
  let until = 0
  let count = 0
  const since = Date.now()
  const url = await serve(t, (head) => {
    count += 1
    if (count === 9) until = Date.now() + 300
    if (Date.now() < until) return answer('429 Too Many Requests', ['Retry-After: 1'])
    return isAlice(head) ? granted() : refused()
  })
  const { report } = await run(
    { url, supplied: suppliedAlice },
    { options: { only: ['basic-wrong-password', 'basic-unknown-user', 'basic-empty-user'] } },
  )
  assert.equal(report.summary.pass, 4)
  assert.equal(report.verdict, 'conforms')
  assert.ok(Date.now() - since >= 1000, 'Retry-After was obeyed')
})

test('answers that are never twice the same are told apart all the same', async () => {
  const { report } = await runAgainst({ mutant: 'random-bodies' })
  assert.deepEqual(differences(await undisturbed, report), [])
})

test('a server that never answers is given up before any credentials are sent', async () => {
  const { report, events } = await runAgainst({ mutant: 'hangs', options: { timeoutMs: 150 } })
  assert.equal(report.verdict, 'could-not-judge')
  assert.match(report.say, /could not be asked: No whole answer within 150 ms/)
  assert.ok(report.requests <= 4)
  assert.deepEqual(exchangesIn(events).filter(hasCredentials), [])
})

for (const mutant of ['always-500', 'always-302']) {
  test(`${mutant} is a finding of the preflight and nothing else`, async () => {
    const { report } = await runAgainst({ mutant })
    assert.equal(report.verdict, 'could-not-judge')
    assert.equal(report.results.length, 0)
    assert.equal(report.preflight.filter((each) => each.blocks).length, 1)
  })
}
