/** Debian's InfluxDB 1.6, the last of the family that this system brings: Basic, and tokens of a secret. */
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import type { Supplied } from '../../lib/model/profile.ts'
import { accounts } from './accounts.ts'
import type { Recipe } from './servers.ts'

const secret = 'a-shared-secret-of-the-tests'

const quoted = (text: string, quote: string): string =>
  `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`

const ask = async (port: number, statement: string, by: RequestInit['headers']): Promise<void> => {
  const body = new URLSearchParams({ q: statement })
  const init = { method: 'POST', body, ...(by === undefined ? {} : { headers: by }) }
  const answer = await fetch(`http://127.0.0.1:${port}/query`, init)
  const said = await answer.text()
  if (!answer.ok || said.includes('"error"')) throw new Error(`${statement}: ${said}`)
}

const basicOf = ({ user, password }: { user: string; password: string }): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/** The first user is created without credentials, the others by the first. */
const createUsers = async (port: number): Promise<void> => {
  const headers = { Authorization: basicOf(accounts.default) }
  for (const [name, { user, password }] of Object.entries(accounts)) {
    const create = `CREATE USER ${quoted(user, '"')} WITH PASSWORD ${quoted(password, "'")}`
    const isFirst = name === 'default'
    await ask(port, `${create} WITH ALL PRIVILEGES`, isFirst ? undefined : headers)
  }
}

/** An InfluxDB with authentication, of which everything it writes goes to the folder. */
export const influxdb: Recipe = {
  program: '/usr/bin/influxd',
  package: 'influxdb',
  arguments: (folder) => ['-config', join(folder, 'conf')],
  configuration: (folder, port) => `
reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
dir = "${folder}/tmp/meta"
[data]
dir = "${folder}/tmp/data"
wal-dir = "${folder}/tmp/wal"
[http]
enabled = true
bind-address = "127.0.0.1:${port}"
auth-enabled = true
realm = "Reference"
shared-secret = "${secret}"
log-enabled = false
[monitor]
store-enabled = false
[logging]
level = "error"
`,
  ready: createUsers,
}

/** A token as its manual has it: a user's name and an end, signed with the shared secret. */
const tokenOf = (username: string): string => {
  const encoded = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url')
  for (let exp = Math.floor(Date.now() / 1000) + 24 * 3600; ; exp += 1) {
    const input = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ username, exp })}`
    const signature = createHmac('sha256', secret).update(input).digest('base64url')
    // In the other alphabet of Base64 it is another text, so that each run says the same.
    if (/[-_]/.test(signature)) return `${input}.${signature}`
  }
}

/** What is needed to judge it. */
export const influxSupplied = (): Supplied => ({
  accounts,
  tokens: {},
  bearer: tokenOf(accounts.default.user),
})

/** Where it answers a question to those who may ask one. */
export const influxPath = '/query?q=SHOW%20DATABASES'
