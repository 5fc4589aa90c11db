// Brings the record of a server up to the suites: npx tsx test/interop/propose.ts hono
// Results that are no longer found go, new ones come with an empty reason, which the tests refuse:
// write why the verdict is fair, or mend the case. A connection that was to be closed needs a
// `then` by hand. What is written is laid out by npx biome check --write test/interop.
import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Report, ReportExchange, ReportResult } from '../../lib/model/report.ts'
import type { BareRequest } from './bare.ts'
import { caddy } from './caddy.ts'
import { type Expected, expectedOf, type NonPass, skippedIn } from './expected.ts'
import { judge } from './judge.ts'
import { mannerOf, recipeOf } from './middlewares.ts'
import { type Relay, relayTo } from './relay.ts'
import { apache, nginx, type Recipe, start } from './servers.ts'

const programs: Readonly<Record<string, Recipe>> = { apache, caddy, nginx }

/** Lines that every request of the tool has, and those that a record writes elsewhere. */
const usual = /^(?:host|connection|user-agent|accept|cache-control): /i

const requestOf = (bytes: string, port: number): BareRequest => {
  const spelled = bytes
    .replaceAll(`127.0.0.1:${port}`, '{host}')
    .replace(/(.)\1{99,}/g, (run, letter: string) => `{${letter}*${run.length}}`)
  const [head = '', content = ''] = spelled.split(/\r\n\r\n(.*)/s)
  const [first = '', ...fields] = head.split('\r\n')
  const [method = '', target = ''] = first.split(' ')
  const hosts = fields.filter((line) => /^host: /i.test(line)).map((line) => line.slice(6))
  return {
    ...(method === 'GET' ? {} : { method }),
    ...(target === '/protected' ? {} : { target }),
    ...(hosts.join() === '{host}' ? {} : { hosts }),
    lines: fields.filter((line) => !usual.test(line)),
    ...(content === '' ? {} : { content }),
  }
}

const fieldOf = ({ answer }: ReportExchange): string => {
  const wanted = answer?.status === 401 ? ['www-authenticate', 'content-type'] : ['content-type']
  const found = [...wanted, 'connection'].flatMap(
    (name) => answer?.fields.filter(([given]) => given.toLowerCase() === name) ?? [],
  )
  return found[0]?.join(': ') ?? ''
}

const entryOf = (report: Report, result: ReportResult, relay: Relay): NonPass => {
  const broken = result.lines.filter(({ holds }) => holds !== true)
  const shown = result.exchanges.flatMap(
    (n) => report.exchanges.find((exchange) => exchange.n === n) ?? [],
  )
  const got = shown.findIndex(({ outcome }) => broken.some((line) => line.got === outcome))
  const at = got < 0 ? shown.length - 1 : got
  const exchange = shown[at]
  const answer = exchange?.answer
  const isEmpty = broken.some(({ checks }) => checks.some(({ check }) => check === 'content'))
  return {
    result: result.id,
    verdict: result.verdict,
    clauses: [...new Set(broken.flatMap(({ because }) => because))],
    ...requestOf(relay.sent[(exchange?.connection ?? 0) - 1] ?? '', relay.port),
    answer: {
      status: `${answer?.version} ${answer?.status} ${answer?.reason}`,
      field: exchange === undefined ? '' : fieldOf(exchange),
      ...(isEmpty ? { content: null } : {}),
    },
    why: '',
    ...(at === shown.length - 1 ? {} : { exchange: at }),
  }
}

const skipsOf = (report: Report, known: Expected['skips']): Expected['skips'] => {
  const left = new Map(skippedIn(report).map(({ id, reason }) => [id, reason?.code ?? '']))
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

const amend = async (name: string): Promise<void> => {
  const file = fileURLToPath(new URL(`expected/${name}.json`, import.meta.url))
  const known = existsSync(file) ? expectedOf(name) : { nonPasses: [], skips: [] }
  const server = await start(programs[name] ?? recipeOf(name))
  const relay = await relayTo(server.port)
  try {
    const at = `http://127.0.0.1:${relay.port}`
    const manner = name in programs ? {} : mannerOf(name)
    const urls = { url: `${at}/protected`, publicUrl: `${at}/public` }
    const report = await judge(urls, '1', undefined, manner)
    const nonPasses = report.results
      .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
      .map((result) => {
        const old = known.nonPasses.find((entry) => entry.result === result.id)
        const found = entryOf(report, result, relay)
        return old?.verdict === result.verdict ? { ...old, clauses: found.clauses } : found
      })
      .sort((one, other) => one.result.localeCompare(other.result))
    const expected: Expected = { nonPasses, skips: skipsOf(report, known.skips) }
    writeFileSync(file, `${JSON.stringify(expected, null, 2)}\n`)
    const open = nonPasses.filter(({ why }) => why === '').map(({ result }) => result)
    console.log(
      `${name}: ${nonPasses.length} entries; without a reason: ${open.join(', ') || 'none'}`,
    )
  } finally {
    relay.stop()
    await server.stop()
  }
}

for (const name of process.argv.slice(2)) await amend(name)
process.exit(0)
