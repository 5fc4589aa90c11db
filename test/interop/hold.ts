/** The tests that hold for every real server, whatever its record says. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Report, ReportResult } from '../../lib/model/report.ts'
import { clauses } from '../../suites/clauses/index.ts'
import { ask, requestOf } from './bare.ts'
import {
  type Expected,
  expectedOf,
  type Found,
  foundOf,
  type NonPass,
  openIn,
  saysNothing,
  skippedIn,
  type Unsaid,
} from './expected.ts'
import { judge, type Manner } from './judge.ts'
import { type RealServer, type Recipe, start } from './servers.ts'

/** How a server is judged and how often. */
export interface Holding extends Manner {
  readonly seeds?: readonly string[]
}

const verdictsOf = (report: Report): string[] =>
  report.results.map(({ id, verdict }) => `${verdict} ${id}`).sort()

/** What a report can show of a record: not the bytes sent, nor content that holds a secret. */
const recorded = ({
  result,
  verdict,
  clauses: cited,
  fault,
  exchange,
  answer,
}: NonPass): Found => ({
  result,
  verdict,
  clauses: cited,
  ...(fault === undefined ? {} : { fault }),
  ...(exchange === undefined ? {} : { exchange }),
  answer: { status: answer.status, field: answer.field },
})

/** What comes back by a bare socket holds what the record says of it. */
export const holdAnswer = async (port: number, entry: NonPass): Promise<void> => {
  const { result, answer } = entry
  const again = requestOf(port, { lines: [] })
  const came =
    answer.then === undefined
      ? await ask(port, requestOf(port, entry))
      : await ask(port, requestOf(port, entry, 'keep-alive'), again)
  const [head = '', ...content] = came.split('\r\n\r\n')
  const [status, ...fields] = head.split('\r\n')
  assert.equal(status, answer.status, result)
  assert.ok(fields.includes(answer.field), `${result}: no ${answer.field} in ${head}`)
  const text = content.join('\r\n\r\n')
  if (answer.content === null) assert.equal(text, '', result)
  else assert.ok(text.includes(answer.content ?? ''), result)
  assert.ok(text.includes(answer.then ?? ''), `${result}: no second answer in ${came}`)
}

/** The server that is held to its record, while its tests run. */
export interface Held {
  readonly expected: Expected
  readonly running: () => RealServer
  readonly first: () => Report
}

const unsaid = (groups: readonly Unsaid[]): string[] =>
  groups.flatMap(({ code, results }) => results.map((id) => `${code} ${id}`)).sort()

const codesOf = (results: readonly ReportResult[]): string[] =>
  results.map(({ id, reason }) => `${reason?.code} ${id}`).sort()

/** What is told of a server in several runs, compared with its record. */
export const holdRuns = (
  name: string,
  seeds: readonly string[],
  run: (seed: string) => Promise<Report>,
): Omit<Held, 'running'> => {
  const expected = expectedOf(name)
  const { open = [] } = expected
  const reports: Report[] = []
  const first = (): Report => {
    const [report] = reports
    assert.ok(report, 'There was no run.')
    return report
  }

  before(async () => {
    for (const seed of seeds) reports.push(await run(seed))
  })

  if (seeds.length > 1)
    test(`${name}: ${seeds.length} runs with as many seeds give the same verdicts`, () => {
      for (const report of reports) assert.deepEqual(verdictsOf(report), verdictsOf(first()))
    })

  test(`${name}: only what the record says fails or is left open`, () => {
    const fails = expected.nonPasses.filter(({ verdict }) => verdict === 'fail').length
    for (const report of reports) {
      assert.equal(report.verdict, fails === 0 ? 'conforms' : 'does-not-conform', report.say)
      assert.equal(report.summary.fail, fails)
      assert.deepEqual(codesOf(openIn(report)), unsaid(open))
      assert.equal(report.summary.broken, 0)
    }
  })

  test(`${name}: what is no pass is exactly what the record says`, () => {
    const found = first()
      .results.filter(({ verdict }) => !saysNothing.has(verdict))
      .map((result) =>
        foundOf(
          first(),
          result,
          expected.nonPasses.find((each) => each.result === result.id),
        ),
      )
      .sort((one, other) => one.result.localeCompare(other.result))
    const wanted = expected.nonPasses.map(recorded)
    assert.deepEqual(found, wanted)
  })

  test(`${name}: what could not be looked at is exactly what the record says`, () => {
    assert.deepEqual(codesOf(skippedIn(first())), unsaid(expected.skips))
  })

  test(`${name}: every entry of the record has its clauses and its reason`, () => {
    const known = new Set<string>(clauses.map(({ id }) => id))
    for (const { result, clauses: cited, why } of expected.nonPasses) {
      assert.ok(cited.length > 0 && cited.every((id) => known.has(id)), result)
      assert.match(why, /^\S.{20,}\.$/u, result)
    }
    for (const { results, why } of open) assert.match(why, /^\S.{20,}\.$/u, results.join())
  })

  return { expected, first }
}

/** Judges a server of this kind several times and compares what it is told with the record. */
export const holdReports = (
  name: string,
  recipe: Recipe,
  { seeds = ['1', '2', '3', '4', '5'], ...manner }: Holding = {},
): Held => {
  let server: RealServer | undefined
  const running = (): RealServer => {
    assert.ok(server, 'The server did not start.')
    return server
  }
  after(async () => {
    await server?.stop()
  })
  const held = holdRuns(name, seeds, async (seed) => {
    server ??= await start(recipe)
    return judge(server, seed, undefined, manner)
  })
  return { ...held, running }
}

/** Judges a server for Basic, and asks it again by a bare socket for all that its record says. */
export const holdToRecord = (name: string, recipe: Recipe, holding: Holding = {}): void => {
  const { expected, running } = holdReports(name, recipe, holding)

  test(`${name}: a bare socket gets every answer of the record`, async () => {
    for (const entry of expected.nonPasses) await holdAnswer(running().port, entry)
  })

  test(`${name}: a bare socket is granted and refused as any user would expect`, async () => {
    const { port } = running()
    const fair = Buffer.from('DemoUser:Demo-Password-1a2bc').toString('base64')
    const foul = Buffer.from('DemoUser:Demo-Password-1a2bd').toString('base64')
    const by = (text: string): Promise<string> =>
      ask(port, requestOf(port, { lines: [`Authorization: Basic ${text}`] }))
    const granted = await by(fair)
    const refused = await by(foul)
    assert.match(granted, /^HTTP\/1\.1 200 /)
    assert.match(refused, /^HTTP\/1\.1 401 /)
    assert.match(await ask(port, requestOf(port, { lines: [] })), /^HTTP\/1\.1 401 /)
  })
}

/** Kills a server of this kind at the given exchange and looks at whom the report blames. */
export const holdWhenKilled = (name: string, recipe: Recipe, exchange: number): void => {
  test(`${name}: killed after exchange ${exchange}, it is blamed for nothing`, async () => {
    const expected = expectedOf(name)
    const server = await start(recipe)
    const judged = new Map<string, string>()
    let exchanges = 0
    let judgedBefore: ReadonlyMap<string, string> = new Map()
    try {
      const report = await judge(server, '1', (event) => {
        if (event.type === 'result') judged.set(event.result.id, event.result.verdict)
        if (event.type !== 'exchange') return
        exchanges += 1
        if (exchanges !== exchange) return
        judgedBefore = new Map(judged)
        server.kill()
      })
      assert.ok(exchanges > exchange, 'The run went on after the kill.')
      assert.equal(report.verdict, 'could-not-judge')
      const verdicts = new Map(report.results.map(({ id, verdict }) => [id, verdict]))
      for (const [id, verdict] of judgedBefore) assert.equal(verdicts.get(id), verdict, id)
      const allowed = new Set(
        expected.nonPasses.map(({ result, verdict }) => `${verdict} ${result}`),
      )
      const blamed = report.results
        .filter(({ verdict }) => !['pass', 'skip', 'inconclusive'].includes(verdict))
        .map(({ id, verdict }) => `${verdict} ${id}`)
        .filter((each) => !allowed.has(each))
      assert.deepEqual(blamed, [])
      assert.ok(report.headlines.some(({ code }) => code === 'did-not-come-back'))
    } finally {
      await server.stop()
    }
  })
}
