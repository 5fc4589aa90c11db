/** Basic as the frameworks of Node do it, each set up as its manual shows. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { accounts } from './accounts.ts'
import type { Manner } from './judge.ts'
import type { Recipe } from './servers.ts'

const program = fileURLToPath(new URL('node/serve.mjs', import.meta.url))

/** The middlewares that know a single account. */
const single: ReadonlySet<string> = new Set(['koa-basic-auth'])

/** How the run of a middleware differs from that of a server. */
export const mannerOf = (name: string): Required<Pick<Manner, 'accounts'>> => ({
  accounts: single.has(name) ? { default: accounts.default } : accounts,
})

/** A server of the folder `node`, which has a lock file of its own. */
export const recipeOf = (name: string): Recipe => ({
  program: process.execPath,
  package: 'nodejs',
  arguments: (folder) => [program, name, join(folder, 'conf')],
  configuration: (folder, port) =>
    JSON.stringify({
      port,
      accounts: Object.values(mannerOf(name).accounts),
      realm: 'Reference',
      errors: join(folder, 'errors'),
    }),
})
