// What must not change what a run says: its seed, the number of workers, the clock of the server.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { mutants } from '../../lib/reference/start.ts'
import {
  differences,
  granted,
  isAlice,
  type Ran,
  refused,
  run,
  runAgainst,
  serve,
  suppliedAlice,
} from './servers.ts'

const narrow = mutants.filter((each) => each.kind === 'narrow' && each.system === 'generic')

/** Ten defects from all over the catalogue. */
const sampled = Array.from(
  { length: 10 },
  (_, index) => narrow[Math.floor((index * narrow.length) / 10)],
).filter((each) => each !== undefined)

test('four workers give the verdicts of one on a server that conforms', async () => {
  const one = await runAgainst({ options: { concurrency: 1 } })
  const four = await runAgainst({ options: { concurrency: 4 } })
  assert.equal(one.report.verdict, 'conforms')
  assert.deepEqual(differences(one.report, four.report), [])
})

for (const { id: mutant, clauses } of sampled) {
  test(`four workers give the verdicts of one on ${mutant}`, async () => {
    const only = ['preflight', 'basic', 'answers', 'authorization-field', ...clauses]
    const one = await runAgainst({ mutant, options: { only, concurrency: 1 } })
    const four = await runAgainst({ mutant, options: { only, concurrency: 4 } })
    assert.deepEqual(differences(one.report, four.report), [])
    assert.equal(four.report.verdict, one.report.verdict)
    const blamed = one.report.results.filter(({ verdict }) =>
      ['fail', 'warn', 'note'].includes(verdict),
    )
    assert.ok(blamed.length > 0, 'the defect was seen')
  })
}

/** All requests of a run as the server read them, its port taken out. */
const bytesOf = async (t: TestContext, seed: string): Promise<readonly string[]> => {
  const seen: string[] = []
  const url = await serve(t, (head) => {
    seen.push(head.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'))
    return isAlice(head) ? granted() : refused()
  })
  await run({ url, supplied: suppliedAlice }, { options: { seed } })
  return seen
}

test('the same seed gives the same bytes, and another seed gives others', async (t) => {
  const [one, two, other] = [await bytesOf(t, '1'), await bytesOf(t, '1'), await bytesOf(t, '2')]
  assert.ok(one.length > 150, `${one.length} requests`)
  assert.deepEqual(two, one)
  assert.notDeepEqual(other, one)
})

test('another seed gives the same verdicts', async () => {
  for (const mutant of [undefined, 'password-any-case']) {
    const against = mutant === undefined ? {} : { mutant }
    const one = await runAgainst({ ...against, options: { seed: '1' } })
    const two = await runAgainst({ ...against, options: { seed: 'two' } })
    assert.deepEqual(differences(one.report, two.report), [])
  }
})

test('the order in which results are told is that of the report', async () => {
  const { report, events } = await runAgainst()
  const told = events.flatMap((each) => (each.type === 'result' ? [each.result.id] : []))
  assert.deepEqual(
    told,
    report.results.map((each) => each.id),
  )
  const last = events.filter((each) => each.type === 'result').at(-1)
  assert.ok(last?.type === 'result' && last.done === last.of)
})

test('a clock that is an hour off is told, and changes no verdict', async (t) => {
  const runWith = async (hours: number): Promise<Ran> => {
    const date = (): Date => new Date(Date.now() + hours * 3_600_000)
    const url = await serve(t, (head) => (isAlice(head) ? granted([], date()) : refused(date())))
    return run({ url, supplied: suppliedAlice })
  }
  const right = await runWith(0)
  for (const [hours, say] of [
    [1, /^The server's clock is (3599|3600|3601) s ahead of ours\.$/],
    [-1, /^The server's clock is (3599|3600|3601) s behind ours\.$/],
  ] as const) {
    const { report } = await runWith(hours)
    const clock = report.preflight.find((each) => each.id === 'clock')
    assert.equal(clock?.holds, false)
    assert.match(clock?.say ?? '', say)
    assert.equal(clock?.blocks, undefined)
    assert.deepEqual(differences(right.report, report), [])
  }
  assert.equal(right.report.preflight.find((each) => each.id === 'clock')?.holds, true)
})
