/** Asks reference servers over bare sockets and shows in what two of them differ. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { accountsFrom, type ReferenceAccount } from './accounts.ts'
import { type Reference, startReference } from './start.ts'

/** The accounts that a server started without a seed has. */
export const demo: ReturnType<typeof accountsFrom> = accountsFrom('reference')

/** Text as the latin1 spelling of its UTF-8 bytes. */
export const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** Base64 of text that stands for bytes. */
export const encode = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('base64')

/** `user:password` as bytes. */
export const userPass = ({ user, password }: ReferenceAccount): string =>
  utf8(`${user}:${password}`)

/** A good Authorization value. */
export const basic = (account: ReferenceAccount = demo.default): string =>
  `Basic ${encode(userPass(account))}`

/** An Authorization value for text that stands for bytes. */
export const basicOf = (bytes: string): string => `Basic ${encode(bytes)}`

/** A request for the protected page with more lines, each given whole. */
export const get = (...lines: readonly string[]): string =>
  request('GET /protected HTTP/1.1', ...lines)

/** A request that closes its connection. */
export const request = (start: string, ...lines: readonly string[]): string =>
  [start, 'Host: localhost', ...lines, 'Connection: close', '', ''].join('\r\n')

/** The protected page asked for with an Authorization value. */
export const as = (value: string): string => get(`Authorization: ${value}`)

/**
 * Sends bytes on a new connection and resolves to all that came back before it closed. `later` is
 * sent when something came back or `pause` milliseconds passed; `end` closes our half at once.
 */
export const ask = async (
  server: Reference,
  bytes: string,
  { later, pause = 600, end = false }: { later?: string; pause?: number; end?: boolean } = {},
): Promise<string> => {
  const url = new URL(server.url)
  const socket = connect({ port: Number(url.port), host: url.hostname, allowHalfOpen: true })
  const before = server.log.length
  let came = ''
  let closed = false
  const silent = (): boolean =>
    came === '' && server.log.slice(before).some(({ status }) => status === 0)
  const over = new Promise<void>((resolve) => {
    socket.on('close', () => {
      closed = true
      resolve()
    })
  })
  socket.on('data', (data: Buffer) => {
    came += data.toString('latin1')
  })
  socket.on('end', () => socket.end())
  socket.on('error', () => undefined)
  socket.write(Buffer.from(bytes, 'latin1'))
  if (end) socket.end()
  if (later !== undefined) {
    for (let waited = 0; came === '' && !closed && waited < pause; waited += 5) await wait(5)
    socket.write(Buffer.from(later, 'latin1'))
  }
  // A server that closes instead of answering has done so two rounds after it said so in its log.
  let rounds = 0
  const watch = setInterval(() => {
    rounds += silent() ? 1 : 0
    if (rounds < 3) return
    came = 'silence'
    socket.destroy()
  }, 5)
  await over
  clearInterval(watch)
  return came
}

/** One request, or several on a connection each, and what is seen of the answers. */
export interface Row {
  readonly send: string | readonly string[]
  /** A field name, `body` or `status`; `status` unless told. */
  readonly see?: string
  readonly later?: string
  /** Close our half of the connection after sending. */
  readonly end?: boolean
  readonly plain: string
  readonly mutated: string
}

const statuses = (text: string): string =>
  text === 'silence' || text === ''
    ? text || 'cut'
    : [...text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => status).join('+')

const fieldOf = (text: string, name: string): string =>
  (text.split('\r\n\r\n')[0] ?? '')
    .split('\r\n')
    .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .map((line) => line.slice(name.length + 1).trim())
    .join(' | ')

const view = (text: string, see: string): string => {
  if (see === 'status') return statuses(text)
  if (see === 'body') return text.slice(text.indexOf('\r\n\r\n') + 4).trim()
  return fieldOf(text, see)
}

/** What a row shows of one server. */
export const shown = async (server: Reference, row: Row): Promise<string> => {
  const seen: string[] = []
  const how = {
    ...(row.later === undefined ? {} : { later: row.later }),
    end: row.end ?? false,
  }
  for (const bytes of [row.send].flat()) {
    seen.push(view(await ask(server, bytes, how), row.see ?? 'status'))
  }
  return seen.join(' ')
}

/** Runs something against a server and closes it whatever happens. */
export const withServer = async <T>(
  mutant: string | undefined,
  use: (server: Reference) => Promise<T>,
): Promise<T> => {
  const server = await startReference({
    system: 'generic',
    refusalDelay: 40,
    ...(mutant === undefined ? {} : { mutant }),
  })
  try {
    return await use(server)
  } finally {
    await server.close()
  }
}

/** One test per mutant: the conforming server shows one thing, the mutant another. */
export const showDifferences = (
  family: readonly { readonly id: string }[],
  rows: Readonly<Record<string, Row>>,
): void => {
  test('has a request for every mutant', () => {
    assert.deepEqual(Object.keys(rows).sort(), family.map(({ id }) => id).sort())
  })
  for (const [id, row] of Object.entries(rows)) {
    test(`${id} differs on the wire`, async () => {
      const plain = await withServer(undefined, (server) => shown(server, row))
      const mutated = await withServer(id, (server) => shown(server, row))
      assert.deepEqual({ plain, mutated }, { plain: row.plain, mutated: row.mutated })
      assert.notEqual(row.plain, row.mutated)
    })
  }
}
