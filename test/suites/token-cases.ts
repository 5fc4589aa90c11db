// Says how many of the listed ways to get a token wrong the suites ask about, and what is left out;
// and how much they can judge with an issued token alone, and with the key that signed it.
// Run: node --import tsx test/suites/token-cases.ts
import { demoTarget } from '../../lib/cli/demo-target.ts'
import { runConformance } from '../../lib/engine/run.ts'
import type { Risk } from '../../lib/model/case.ts'
import type { Supplied } from '../../lib/model/profile.ts'
import type { ReportResult } from '../../lib/model/report.ts'
import { startReference } from '../../lib/reference/start.ts'
import { clauses } from '../../suites/clauses/index.ts'
import { suites } from '../../suites/index.ts'
import { keySetCovers, keySetLeftOut, withKeySet } from '../../suites/jwks/inventory.ts'
import { withKey, withToken } from '../../suites/jwt/inventory.ts'
import { covers, leftOut } from '../../suites/jwt/left-out.ts'

const allow: readonly Risk[] = ['failed-login', 'heavy', 'intrusive']

const noFile = (): never => {
  throw new Error('A built-in target asked for a file.')
}

/** What the suites say of the conforming server where this much of its material is supplied. */
const resultsWith = async (
  given: readonly (keyof Supplied)[],
): Promise<readonly ReportResult[]> => {
  const server = await startReference({ system: 'bearer', refusalDelay: 20 })
  try {
    const target = demoTarget('bearer', server, noFile)
    const own = Object.entries(target.supplied).filter(([name]) =>
      given.includes(name as keyof Supplied),
    )
    const { results } = await runConformance({
      target: { ...target, supplied: { accounts: {}, tokens: {}, ...Object.fromEntries(own) } },
      suites,
      clauses,
      options: {
        timeoutMs: 600,
        runLimitMs: 300_000,
        seed: '7',
        only: [],
        skip: [],
        allow,
        strict: false,
        concurrency: 1,
        maxInconclusive: { percent: 10 },
        command: 'npx http-auth-conformance',
      },
      versions: { tool: '0.0.0', suites: '0', sha256: '' },
      transport: {},
      signal: new AbortController().signal,
    })
    return results
  } finally {
    await server.close()
  }
}

const judged = new Set(['pass', 'fail', 'warn', 'note'])

const countsWith = async (option: string, given: readonly (keyof Supplied)[]): Promise<string> => {
  const results = await resultsWith(given)
  const ofTokens = results.filter(({ suite }) => suite.startsWith('jwt'))
  const count = (list: readonly ReportResult[]): string =>
    `${list.filter(({ verdict }) => judged.has(verdict)).length} of ${list.length}`
  return `judged with ${option}: ${count(results)} results, ${count(ofTokens)} of them on JSON Web Tokens`
}

const covered = new Set([covers, keySetCovers].flatMap((each) => Object.values(each).flat()))
const out: Readonly<Record<string, string>> = { ...leftOut, ...keySetLeftOut }

const tier = (name: string, ids: readonly string[]): string => {
  const asked = ids.filter((id) => covered.has(id))
  const left = ids.flatMap((id) => (out[id] === undefined ? [] : [`  ${id}: ${out[id]}`]))
  const open = ids.filter((id) => !covered.has(id) && out[id] === undefined)
  return [
    `${name}: ${ids.length} listed, ${asked.length} covered, ${left.length} left out`,
    ...left,
    ...open.map((id) => `  ${id}: neither covered nor left out`),
  ].join('\n')
}

console.log(tier('A, with an issued token', withToken))
console.log(tier('B, with a trusted key', withKey))
console.log(tier('C, with a hosted key set', withKeySet))
console.log(await countsWith('--bearer alone', ['bearer']))
console.log(await countsWith('--bearer and --signing-key', ['bearer', 'signingKey']))
