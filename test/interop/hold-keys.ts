/** The tests that hold for every server that reads the key set of its issuer, whatever its record says. */

import type { Report } from '../../lib/model/report.ts'
import { consumerOf, trusting } from './consumers.ts'
import { holdRuns } from './hold.ts'
import { judge } from './judge.ts'
import { freePort, start } from './servers.ts'

/** A server that is new in each run has read nothing of another run's keys. */
const runOf =
  (name: string) =>
  async (seed: string): Promise<Report> => {
    const keySet = trusting(name, await freePort())
    const server = await start(consumerOf(name, keySet))
    try {
      return await judge(server, seed, undefined, { keySet })
    } finally {
      await server.stop()
    }
  }

/** Judges a server by what it makes of a key set that the tool hosts. */
export const holdKeysToRecord = (
  name: string,
  seeds: readonly string[] = ['1', '2', '3'],
): void => {
  holdRuns(name, seeds, runOf(name))
}
