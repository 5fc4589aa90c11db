/** The tool as its users have it: the built program, its report, and the command that repeats it. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Report, ReportResult } from '../../lib/model/report.ts'
import { type RealServer, start } from './servers.ts'
import { makeIssuer, type TokenIssuer } from './tokens.ts'
import { algorithmOf, verifierOf } from './verifiers.ts'

const program = fileURLToPath(new URL('../../bin/conformance.js', import.meta.url))
const built = fileURLToPath(new URL('../../dist/lib/cli/main.js', import.meta.url))

interface Ended {
  readonly code: number
  readonly out: string
}

/** What a shell ends with; `npx http-auth-conformance` is the program of this tree in it. */
const inShell = (script: string, folder: string, secrets: NodeJS.ProcessEnv): Promise<Ended> => {
  // What the test runner sets for its own children is no part of a user's environment.
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...inherited } = process.env
  const env = { ...inherited, ...secrets, NODE: process.execPath, PROGRAM: program }
  const npx = 'npx() { shift; "$NODE" "$PROGRAM" "$@"; }'
  return new Promise((resolve) =>
    execFile('sh', ['-c', `${npx}\n${script}`], { cwd: folder, env }, (error, out, err) =>
      resolve({
        code: typeof error?.code === 'number' ? error.code : error ? -1 : 0,
        out: out + err,
      }),
    ),
  )
}

const secretsOf = ({ supplied }: TokenIssuer): NodeJS.ProcessEnv => ({
  CONFORMANCE_BEARER: supplied.bearer,
  CONFORMANCE_ACCOUNT_OTHER: supplied.bearers?.other,
})

const wordsFor = ({ url }: RealServer, { trust }: TokenIssuer): string =>
  [
    `npx http-auth-conformance --target ${url}`,
    '--public-key public.pem --signing-key signing.pem',
    `--kid ${trust.kid} --issuer ${trust.issuer} --audience ${trust.audience}`,
  ].join(' ')

/** A server that runs while the tests of a file do, and the tool with all that a tester has. */
export interface Told {
  /** The results of the cases that a pattern selects. */
  readonly judge: (pattern: string) => Promise<Report>
  /** What a shell says to what the report gives to see a result again. */
  readonly again: (result: ReportResult) => Promise<Ended>
}

/** Starts a server for the tests of a file. */
export const tellOf = async (name: string): Promise<Told> => {
  const issuer = await makeIssuer(algorithmOf(name) ?? assert.fail(`${name} takes no tokens.`))
  const folder = mkdtempSync(join(tmpdir(), 'conformance-interop-told-'))
  let server: RealServer | undefined
  before(async () => {
    assert.ok(existsSync(built), 'The tool is not built: npm run build.')
    writeFileSync(join(folder, 'public.pem'), issuer.trust.publicKey)
    writeFileSync(join(folder, 'signing.pem'), issuer.supplied.signingKey.key)
    server = await start(verifierOf(name, issuer))
  })
  after(async () => {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    judge: async (pattern) => {
      assert.ok(server, 'The server did not start.')
      const script = `${wordsFor(server, issuer)} --only '${pattern}' --out report`
      const { out } = await inShell(script, folder, secretsOf(issuer))
      const file = join(folder, 'report', 'report.json')
      assert.ok(existsSync(file), out)
      return JSON.parse(readFileSync(file, 'utf8'))
    },
    again: ({ reproduce }) =>
      inShell(reproduce.curl ?? reproduce.command, folder, secretsOf(issuer)),
  }
}

/** The results of a case fail as critical, and a shell sees the first of them granted once more. */
export const holdGranted = async (
  told: Told,
  report: Report,
  ids: readonly [string, ...string[]],
): Promise<void> => {
  const results = ids.map((id) => report.results.find((each) => each.id === id))
  for (const [at, result] of results.entries()) {
    assert.ok(result, `${ids[at]} was not judged: ${report.say}`)
    const { verdict, severity, outcome } = result
    assert.deepEqual([verdict, severity, outcome], ['fail', 'critical', 'granted'], result.id)
  }
  const [first] = results
  assert.ok(first)
  const { code, out } = await told.again(first)
  assert.match(out, /\b200 OK\b/, out)
  if (first.reproduce.curl !== undefined) return
  assert.equal(code, 1, out)
  assert.match(out, /access granted/, out)
}
