// Holds what the suites say of channels against what sslscan says of the same servers, and writes
// the table: node --import tsx test/interop/agreement.ts
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkAll, holdsAll } from '../../lib/checks/index.ts'
import { probeOf } from '../../lib/credentials/probe.ts'
import type { Case } from '../../lib/model/case.ts'
import type { Exchange, Route } from '../../lib/model/exchange.ts'
import { expectationOf } from '../../lib/notation/derive.ts'
import { createTransport } from '../../lib/transport/open.ts'
import type { Transport } from '../../lib/transport/transport.ts'
import { suites } from '../../suites/index.ts'
import { looked, type SecureServer, startSecure } from './https-servers.ts'
import { type Scan, scan } from './sslscan.ts'

/** Where the table is committed. */
export const place: string = fileURLToPath(
  new URL('../../reports/samples/agreement.md', import.meta.url),
)

/** What one case and sslscan say of one server. */
export interface Row {
  readonly server: string
  readonly case: string
  readonly ours: boolean | 'unknown'
  readonly theirs: boolean
}

const none =
  (codes: readonly number[]) =>
  (found: Scan): boolean =>
    !codes.some((code) => found.suites.has(code))

const without =
  (version: string) =>
  (found: Scan): boolean =>
    !found.versions.has(version)

/** What sslscan would have to find for a case to hold; the numbers are those of the RFCs. */
const readings: Readonly<Record<string, (found: Scan) => boolean>> = {
  'tls-ssl2': without('ssl 2'),
  'tls-ssl3': without('ssl 3'),
  'tls-10': without('tls 1.0'),
  'tls-11': without('tls 1.1'),
  'tls-12': (found) => found.versions.has('tls 1.2'),
  'tls-13': (found) => found.versions.has('tls 1.3'),
  'tls-suite-null': none([0x0001, 0x0002, 0x003b, 0xc006, 0xc010]),
  'tls-suite-anonymous': none([0x0034, 0x003a, 0x006c, 0x006d, 0x00a6, 0x00a7, 0xc018, 0xc019]),
  'tls-suite-export': none([0x0003, 0x0006, 0x0008, 0x0009, 0x0014, 0x0015]),
  'tls-suite-rc4': none([0x0004, 0x0005, 0xc007, 0xc011]),
  'tls-suite-3des': none([0x000a, 0x0016, 0xc008, 0xc012]),
  'tls-suite-static-rsa': none([0x002f, 0x0035, 0x003c, 0x003d, 0x009c, 0x009d]),
  'tls-suite-static-dh': none([0x0031, 0x0037, 0x003f, 0x0069, 0xc004, 0xc005, 0xc00e, 0xc00f]),
  'tls-suite-dhe': none([0x0033, 0x0039, 0x0067, 0x006b, 0x009e, 0x009f, 0xccaa]),
  'certificate-in-date': (found) => !found.expired,
  'certificate-for-host': (found) => /\bDNS:localhost\b/.test(found.names),
  'certificate-rsa-key': (found) => found.keyType !== 'RSA' || found.keyBits >= 2048,
  'certificate-hash': (found) => !/sha1|md5/i.test(found.signature),
}

const casesOf = (): readonly Case[] =>
  suites.flatMap(({ cases }) => cases.filter(({ id }) => Object.hasOwn(readings, id)))

const looking = async (transport: Transport, route: Route, each: Case): Promise<Exchange> => {
  const probe = probeOf(each.send?.but ?? {})
  if (probe === undefined) throw new Error(`${each.id} is no probe.`)
  return transport.send({ route: { ...route, probe }, method: 'GET', target: [], fields: [] })
}

const holds = (each: Case, exchange: Exchange): Row['ours'] =>
  holdsAll(
    (each.expect ?? []).flatMap((line) =>
      checkAll(expectationOf(line), {
        exchange,
        outcome: 'denied',
        witness: '',
        accepted: [],
        secrets: [],
        steps: new Map(),
      }),
    ),
  )

const rowsOf = async (name: string, server: SecureServer): Promise<readonly Row[]> => {
  const address = { host: 'localhost', port: server.port, address: '127.0.0.1' }
  const transport = createTransport({ timeoutMs: 5000, ca: server.ca, resolve: [address] })
  const route: Route = { scheme: 'https', host: 'localhost', port: server.port }
  try {
    const theirs = await scan(server.port)
    const rows: Row[] = []
    for (const each of casesOf()) {
      const ours = holds(each, await looking(transport, route, each))
      rows.push({ server: name, case: each.id, ours, theirs: readings[each.id]?.(theirs) ?? false })
    }
    return rows
  } finally {
    await transport.close()
  }
}

/** Looks at every server by both. */
export const compare = async (): Promise<readonly Row[]> => {
  const rows: Row[] = []
  for (const [name, recipe] of Object.entries(looked)) {
    const server = await startSecure(recipe)
    try {
      rows.push(...(await rowsOf(name, server)))
    } finally {
      await server.stop()
    }
  }
  return rows
}

const cell = ({ ours, theirs }: Row): string => {
  if (ours === theirs) return ours ? '✓' : '✗'
  return `**${ours} against ${theirs}**`
}

/** The table as it is committed. */
export const tableOf = (rows: readonly Row[]): string => {
  const servers = [...new Set(rows.map(({ server }) => server))]
  const cases = [...new Set(rows.map((row) => row.case))]
  const lines = cases.map((id) => {
    const cells = servers.map((server) => {
      const row = rows.find((one) => one.case === id && one.server === server)
      return row === undefined ? '' : cell(row)
    })
    return `| \`${id}\` | ${cells.join(' | ')} |`
  })
  const agreed = rows.filter(({ ours, theirs }) => ours === theirs).length
  return `# Agreement with sslscan

The same servers, looked at by this tool and by Debian's sslscan: ✓ both say that the case holds, ✗ both say that it does
not. Written by \`node --import tsx test/interop/agreement.ts\`.

${agreed} of ${rows.length} agree.

| case | ${servers.join(' | ')} |
|---|${servers.map(() => '---|').join('')}
${lines.join('\n')}
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(place, tableOf(await compare()))
}
