// Brings the record of a server up to the suites: npx tsx test/interop/propose.ts hono
// Results that are no longer found go, new ones come with an empty reason, which the tests refuse:
// write why the verdict is fair, or mend the case. A connection that was to be closed needs a
// `then` by hand. What is written is laid out by npx biome check --write test/interop.
import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Report, ReportExchange, ReportResult } from '../../lib/model/report.ts'
import type { BareRequest } from './bare.ts'
import { caddy } from './caddy.ts'
import { consumerOf, isConsumer, trusting } from './consumers.ts'
import {
  type Expected,
  expectedOf,
  type NonPass,
  openIn,
  saysNothing,
  skippedIn,
  type Unsaid,
} from './expected.ts'
import { judge, judgeRelayed, type Manner, type Relayed } from './judge.ts'
import { mannerOf, recipeOf } from './middlewares.ts'
import { requestFrom, sentIn, withoutTokens } from './recorded.ts'
import type { Relay } from './relay.ts'
import { apache, freePort, nginx, type Recipe, start } from './servers.ts'
import { makeIssuer } from './tokens.ts'
import { vendorWays } from './vendors.ts'
import { algorithmOf, verifierOf } from './verifiers.ts'

const programs: Readonly<Record<string, Recipe>> = { apache, caddy, nginx }

/** How a server is started and judged. */
const wayOf = async (name: string): Promise<readonly [Recipe, Manner]> => {
  const program = programs[name]
  if (program !== undefined) return [program, {}]
  if (isConsumer(name)) {
    const keySet = trusting(name, await freePort())
    return [consumerOf(name, keySet), { keySet }]
  }
  const vendor = vendorWays[name]
  if (vendor !== undefined) return vendor
  const alg = algorithmOf(name)
  if (alg === undefined) return [recipeOf(name), mannerOf(name)]
  const issuer = await makeIssuer(alg)
  return [verifierOf(name, issuer), { supplied: issuer.supplied }]
}

const fieldOf = ({ answer }: ReportExchange): string => {
  const wanted = answer?.status === 401 ? ['www-authenticate', 'content-type'] : ['content-type']
  const found = [...wanted, 'connection'].flatMap(
    (name) => answer?.fields.filter(([given]) => given.toLowerCase() === name) ?? [],
  )
  return found[0]?.join(': ') ?? ''
}

/** What was sent, as a record writes it; consumers of key sets are sent nothing but tokens. */
const requestIn = (
  relay: Relay | undefined,
  exchange: ReportExchange | undefined,
  { fault }: ReportResult,
): BareRequest & Pick<NonPass, 'fault'> => {
  if (relay === undefined) return { lines: ['Authorization: Bearer {token}'] }
  const bytes = sentIn(exchange, relay)
  const hasToken = withoutTokens(bytes) !== bytes
  const request = requestFrom(withoutTokens(bytes), relay.port)
  return { ...request, ...(hasToken && fault !== undefined ? { fault } : {}) }
}

const entryOf = (
  { report, relay }: Pick<Relayed, 'report'> & Partial<Relayed>,
  { id }: ReportResult,
): NonPass => {
  const result = report.results.find((each) => each.id === id)
  if (result === undefined) throw new Error(`${id} was not judged behind a relay.`)
  const broken = result.lines.filter(({ holds }) => holds !== true)
  const shown = result.exchanges.flatMap(
    (n) => report.exchanges.find((exchange) => exchange.n === n) ?? [],
  )
  const unsteady = result.reason?.code
  const got = shown.findIndex(({ outcome }) =>
    broken.some((line) => outcome === unsteady || line.got === outcome),
  )
  const at = got < 0 ? shown.length - 1 : got
  const exchange = shown[at]
  const answer = exchange?.answer
  const isEmpty = broken.some(({ checks }) => checks.some(({ check }) => check === 'content'))
  return {
    result: result.id,
    verdict: result.verdict,
    clauses: [...new Set(broken.flatMap(({ because }) => because))],
    ...requestIn(relay, exchange, result),
    answer: {
      status: answer === undefined ? '' : `${answer.version} ${answer.status} ${answer.reason}`,
      field: exchange === undefined ? '' : fieldOf(exchange),
      ...(isEmpty ? { content: null } : {}),
    },
    why: '',
    ...(at === shown.length - 1 ? {} : { exchange: at }),
  }
}

const groupsOf = (
  results: readonly ReportResult[],
  known: readonly Unsaid[],
): readonly Unsaid[] => {
  const left = new Map(results.map(({ id, reason }) => [id, reason?.code ?? '']))
  const kept = known.map((group) => {
    const results = group.results.filter((id) => left.get(id) === group.code)
    for (const id of results) left.delete(id)
    return { ...group, results }
  })
  const groups = new Map(kept.map((group) => [group.code, group]))
  for (const [id, code] of left) {
    const group = groups.get(code) ?? { code, results: [], why: '' }
    groups.set(code, { ...group, results: [...group.results, id].sort() })
  }
  const unchanged = kept.filter((group) => groups.get(group.code)?.why !== group.why)
  return [...unchanged, ...groups.values()].filter(({ results }) => results.length > 0)
}

/** Of many kinds of credentials only what is no pass, lest connections be taken for one another. */
const relayedManner = (name: string, report: Report, manner: Manner): Manner => {
  if (!(name in vendorWays)) return manner
  const only = report.results
    .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
    .map(({ id }) => id)
  return { ...manner, only: [...only, 'freesewing-sign-in', 'field-oversized'] }
}

const amend = async (name: string): Promise<void> => {
  const file = fileURLToPath(new URL(`expected/${name}.json`, import.meta.url))
  const known = existsSync(file) ? expectedOf(name) : { nonPasses: [], skips: [] }
  const [recipe, manner] = await wayOf(name)
  const server = await start(recipe)
  try {
    const report = await judge(server, '1', undefined, manner)
    const relayed = isConsumer(name)
      ? { report }
      : await judgeRelayed(server, '1', relayedManner(name, report, manner))
    const nonPasses = report.results
      .filter(({ verdict }) => !saysNothing.has(verdict))
      .map((result) => {
        const old = known.nonPasses.find((entry) => entry.result === result.id)
        const found = entryOf(relayed, result)
        return old?.verdict === result.verdict ? { ...old, clauses: found.clauses } : found
      })
      .sort((one, other) => one.result.localeCompare(other.result))
    const open = groupsOf(openIn(report), known.open ?? [])
    const skips = groupsOf(skippedIn(report), known.skips)
    const expected: Expected = { nonPasses, skips, ...(open.length > 0 ? { open } : {}) }
    writeFileSync(file, `${JSON.stringify(expected, null, 2)}\n`)
    const bare = nonPasses.filter(({ why }) => why === '').map(({ result }) => result)
    console.log(
      `${name}: ${nonPasses.length} entries; without a reason: ${bare.join(', ') || 'none'}`,
    )
  } finally {
    await server.stop()
  }
}

for (const name of process.argv.slice(2)) await amend(name)
process.exit(0)
