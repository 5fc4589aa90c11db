// Every case is proven by a server that breaks what it claims, and servers that are only unusual
// are left alone.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, test } from 'node:test'
import type { Clause, ClauseId } from '../../lib/model/clause.ts'
import type { Verdict } from '../../lib/model/report.ts'
import { undecided } from '../../suites/clauses/undecided.ts'
import { type Collected, conforming, filesOf, orderOf, places } from './collect.ts'
import { confirm, strictly } from './confirm.ts'
import { random, saidOfStandIns, trueOfBenign, unmet, unproven } from './exceptions.ts'
import { nameOf, type Order } from './order.ts'
import { type ProofRecord, recordOf } from './record.ts'
import { proverOf } from './table.ts'
import { decidedBy, type Weighed, worstOf } from './weigh.ts'

/** Why a case says nothing about a conforming server: it has no such answer, or no such key. */
const excused: ReadonlySet<string | undefined> = new Set([
  'nothing-to-watch',
  'not-supplied',
  'does-not-apply',
  'not-taken',
  'user-ignored',
  'connection-not-kept',
])

/** What is known to be said of a stand-in, as verdict and case. */
const knownOf = ({ system, hosted }: Order): ReadonlySet<string> =>
  new Set(
    saidOfStandIns
      .filter((said) => said.systems.some((one) => one === system) && said.hosted === hosted)
      .flatMap(({ verdict, cases }) => cases.map((each) => `${verdict} ${each}`)),
  )

let collected: Collected | undefined

const all = (): Collected => {
  assert.ok(collected, 'The runs did not end.')
  return collected
}

const ofKind = (kind: Weighed['mutant']['kind']): readonly Weighed[] =>
  all().weighed.filter(({ mutant }) => mutant.kind === kind)

/** True for suites that need a token throughout, or the keys that sign them. */
const ofTokens = (suite: string): boolean => /^(?:bearer|jwt|jwks|token)/u.test(suite)

/** True for suites that need a target on https throughout. */
const ofTls = (suite: string): boolean => /^(?:https|tls)/u.test(suite)

/** What a crash or silence is told as, whatever was wanted. */
const endings = new Set(['crashed', 'silent', 'did-not-come-back'])

/** True where nothing but its crashes gives a mutant away. */
const crashes = ({ changes }: Weighed): boolean => {
  const catching = changes.filter((change) => change.catches)
  return (
    catching.length > 0 && catching.every(({ codes }) => codes.some((code) => endings.has(code)))
  )
}

const levels: Readonly<Record<string, Verdict>> = {
  must: 'fail',
  documented: 'fail',
  should: 'warn',
  may: 'note',
}

const expectedOf = (each: Weighed): Verdict | undefined => {
  const { breaks = '', softened } = each.mutant
  return softened || (breaks === 'must' && crashes(each)) ? 'warn' : levels[breaks]
}

const record: ProofRecord = JSON.parse(readFileSync(places.record, 'utf8'))

before(async () => {
  collected = await confirm(record)
})

test('the proof that is committed is the one that the runs give', () => {
  const files = filesOf(all())
  const say = 'Run: node --import tsx test/proof/generate.ts'
  const found = recordOf(all().weighed)
  const told = (of: ProofRecord, id: string) => JSON.stringify(of[id] ?? [])
  const ids = [...new Set([...Object.keys(record), ...Object.keys(found)])]
  const differing = ids.filter((id) => told(found, id) !== told(record, id))
  assert.deepEqual(
    differing.map((id) => `${id}: ${told(found, id)}`),
    differing.map((id) => `${id}: ${told(record, id)}`),
    say,
  )
  assert.deepEqual(Object.keys(found), Object.keys(record), say)
  assert.equal(readFileSync(places.module, 'utf8'), files.module, say)
  assert.equal(readFileSync(places.page, 'utf8'), files.page, say)
})

test('the conforming servers pass every case that can be judged on them', () => {
  for (const order of conforming) {
    const { results, findings } = all().observed(order)
    const name = nameOf(order)
    assert.deepEqual(findings, [], name)
    const others = results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
    const said = others.map(({ verdict, case: of }) => `${verdict} ${of}`)
    assert.deepEqual([...new Set(said)].sort(), [...knownOf(order)].sort(), name)
    const skipped = results.filter(({ verdict }) => verdict === 'skip')
    assert.deepEqual(
      skipped.filter(({ code }) => !excused.has(code)),
      [],
      name,
    )
  }
})

test('the conforming server of passwords is judged by every case that takes no token', () => {
  const { results } = all().observed({ system: 'generic' })
  const skipped = results.filter(
    ({ code, suite }) => code === 'not-supplied' && !ofTokens(suite) && !ofTls(suite),
  )
  assert.deepEqual(skipped, [])
})

test('every case is proven by a narrow mutant, or the exceptions say why none can', () => {
  const open = all().suites.flatMap((suite) =>
    suite.cases
      .filter((each) => proverOf(each, suite, all().weighed) === undefined)
      .map(({ id }) => id),
  )
  assert.deepEqual(open.sort(), Object.keys(unproven).sort())
  for (const [id, why] of Object.entries(unproven)) assert.match(why, /^\S.{30,}\.$/u, id)
})

test('every narrow mutant is caught', () => {
  const uncaught = ofKind('narrow').filter((each) => worstOf(each) === undefined)
  assert.deepEqual(uncaught.map(({ mutant }) => mutant.id).sort(), Object.keys(unmet).sort())
  for (const [id, why] of Object.entries(unmet)) assert.match(why, /^\S.{30,}\.$/u, id)
})

test('every narrow mutant is told of as loudly as what it breaks, and no louder', () => {
  const wrong = ofKind('narrow')
    .filter((each) => unmet[each.mutant.id] === undefined && worstOf(each) !== expectedOf(each))
    .map((each) => `${each.mutant.id}: ${worstOf(each)} instead of ${expectedOf(each)}`)
  assert.deepEqual(wrong, [])
})

test('softened mutants fail strictly', () => {
  const softened = ofKind('narrow').filter(({ mutant }) => mutant.softened)
  assert.ok(softened.length > 0)
  for (const { mutant } of softened) {
    const { results } = all().observed(strictly(record, mutant))
    assert.ok(
      results.some(({ verdict }) => verdict === 'fail'),
      mutant.id,
    )
  }
})

test('servers that are unusual and right are blamed for nothing that is untrue', () => {
  const warned: string[] = []
  for (const { mutant } of ofKind('benign')) {
    const { results, findings } = all().observed(orderOf(mutant))
    assert.deepEqual(findings, [], mutant.id)
    for (const { id, case: of, verdict } of results) {
      assert.ok(verdict !== 'fail' && verdict !== 'broken', `${mutant.id}: ${verdict} ${id}`)
      const inherited = knownOf(orderOf(mutant)).has(`${verdict} ${of}`)
      if (verdict === 'warn' && !inherited) warned.push(`${mutant.id} ${of}`)
    }
  }
  const known = trueOfBenign.map(({ mutant, case: of }) => `${mutant} ${of}`)
  assert.deepEqual([...new Set(warned)].sort(), known.sort())
  for (const { whyTrue } of trueOfBenign) assert.match(whyTrue, /^\S.{20,}\.$/u)
})

test('a server that refuses, redirects, breaks or ignores everybody passes nothing', () => {
  for (const mutant of [
    'refuses-everyone',
    'always-500',
    'always-302',
    'hangs',
    'bearer-refuses-everyone',
  ]) {
    const system = mutant.startsWith('bearer') ? 'bearer' : 'generic'
    const { results, findings } = all().observed({ system, mutant })
    assert.deepEqual(results, [], mutant)
    assert.ok(findings.length > 0, mutant)
  }
})

test('a server that throttles, locks, resets or delays is blamed for nothing', () => {
  const moody = [
    'throttles-after-40',
    'locks-after-10',
    'resets-2-percent',
    'resets-10-percent',
    'keep-alive-race',
    'slow-refusals',
    'random-bodies',
  ]
  for (const mutant of moody) {
    const blamed = all()
      .observed({ system: 'generic', mutant })
      .results.filter(({ verdict }) => ['fail', 'warn', 'broken'].includes(verdict))
    assert.deepEqual(blamed, [], mutant)
  }
})

test('one bad node of five is found and said to be one of several', () => {
  const { results } = all().observed({ system: 'generic', mutant: 'bad-node' })
  assert.ok(results.some(({ verdict, code }) => verdict === 'fail' && code === 'intermittent'))
  assert.ok(random.has('bad-node'))
})

const elsewhere: ReadonlySet<string> = new Set(['no'])

const shownIn = (...areas: readonly string[]): readonly Clause[] =>
  all().clauses.filter(({ area, observable }) => areas.includes(area) && !elsewhere.has(observable))

const openOf = (area: readonly Clause[]): readonly ClauseId[] => {
  const found = decidedBy(all().weighed)
  return area.filter(({ id }) => !found.has(id)).map(({ id }) => id)
}

test('every requirement that shows without a key set of ours is decided, or it is said why not', () => {
  const areas = shownIn(
    'core',
    'oauth-bearer',
    'jwt',
    'jwks',
    'oauth-bcp',
    'oauth-metadata',
    'oauth-jwt-at-9068',
    'https',
    'tls',
    'documented',
  )
  const silent = openOf(areas).filter((id) => undecided[id] === undefined)
  assert.deepEqual(silent, [])
  const known: ReadonlySet<string> = new Set(areas.map(({ id }) => id))
  const said = Object.keys(undecided).filter((id) => known.has(id))
  assert.deepEqual([...openOf(areas)].sort(), said.sort())
  for (const [id, why] of Object.entries(undecided)) assert.match(why, /^\S.{30,}\.$/u, id)
})

test('nearly every core requirement is decided', () => {
  const core = shownIn('core')
  assert.ok(openOf(core).length / core.length <= 0.05)
})
