// A run on a host with several addresses: what is told, and what is not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report, ReportResult } from '../model/report.ts'
import { startReference } from '../reference/start.ts'
import type { Resolve } from '../transport/dial.ts'
import { runConformance } from './run.ts'
import { inputFor } from './servers.test.support.ts'

interface Told {
  readonly result: ReportResult
  readonly report: Report
}

const told = async (mutant: string | undefined, addresses: 'both' | 'one'): Promise<Told> => {
  const reference = await startReference({
    system: 'https',
    ...(mutant === undefined ? {} : { mutant }),
  })
  const { url, ca, secondPort, accounts } = reference
  const at = { host: 'localhost', port: Number(new URL(url).port), address: '127.0.0.1' }
  const resolve: readonly Resolve[] = [at, { ...at, at: secondPort ?? 0 }]
  try {
    const report = await runConformance({
      ...inputFor(
        { url: new URL(url), supplied: { accounts, tokens: {} } },
        { options: { only: ['tls-addresses-alike'] } },
      ),
      transport: {
        ...(ca === undefined ? {} : { ca }),
        resolve: addresses === 'both' ? resolve : [at],
      },
    })
    const [result] = report.results
    return { report, result: result ?? assert.fail('no result') }
  } finally {
    await reference.close()
  }
}

test('Addresses that are alike pass, and are named', async () => {
  const { result, report } = await told(undefined, 'both')
  assert.equal(result.verdict, 'pass')
  const { found } = report.exchanges.find(({ n }) => n === result.exchanges[0]) ?? {}
  assert.match(found ?? '', /^127\.0\.0\.1 takes TLSv1\.3 and TLSv1\.2, .*; 127\.0\.0\.1:\d+ takes/)
})

test('A difference is seen twice before it is told', async () => {
  const { result } = await told('second-speaks-tls-10', 'both')
  assert.deepEqual([result.verdict, result.attempts], ['warn', 2])
  assert.match(
    result.lines[0]?.got ?? '',
    /^TLSv1\.1, TLSv1 at 127\.0\.0\.1:\d+ and not at 127\.0\.0\.1$/,
  )
})

test('Where one address answers, or one was chosen, it is said why nothing is judged', async () => {
  const shut = await told('benign-second-shut', 'both')
  assert.deepEqual([shut.result.verdict, shut.result.reason?.code], ['skip', 'does-not-apply'])
  assert.match(
    shut.result.reason?.say ?? '',
    /and that was not so: of .*127\.0\.0\.1 alone answers/,
  )
  const chosen = await told('second-speaks-tls-10', 'one')
  assert.deepEqual([chosen.result.verdict, chosen.result.reason?.code], ['skip', 'does-not-apply'])
  assert.match(chosen.result.reason?.say ?? '', /that was not so: 127\.0\.0\.1 alone was chosen\.$/)
})
