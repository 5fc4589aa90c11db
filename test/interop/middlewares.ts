import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Account } from '../../lib/model/profile.ts'
import { accounts } from './accounts.ts'
import { type Holding, holdToRecord } from './hold.ts'
import type { Recipe } from './servers.ts'

const program = fileURLToPath(new URL('node/serve.mjs', import.meta.url))

/** A server of the folder `node`, which has a lock file of its own. */
const recipe = (name: string, known: Readonly<Record<string, Account>>): Recipe => ({
  program: process.execPath,
  package: 'nodejs',
  arguments: (folder) => [program, name, join(folder, 'conf')],
  configuration: (folder, port) =>
    JSON.stringify({
      port,
      accounts: Object.values(known),
      realm: 'Reference',
      errors: join(folder, 'errors'),
    }),
})

/**
 * Node answers 431 and closes with bytes of the request still unread, which resets the connection:
 * whether the answer can still be read is a matter of luck.
 */
const luck: readonly string[] = ['authorization-oversized/64-kib', 'field-oversized/64-kib']

/** Holds a middleware to its record, in two runs with different seeds. */
export const holdMiddleware = (name: string, manner: Pick<Holding, 'accounts'> = {}): void =>
  holdToRecord(name, recipe(name, manner.accounts ?? accounts), {
    ...manner,
    seeds: ['1', '2'],
    skip: luck,
  })
