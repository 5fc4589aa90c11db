/** Shares the servers to be observed among processes, since one process uses one core. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Observation } from './observe.ts'
import { nameOf, type Order } from './order.ts'

/** More than there are cores: servers that read keys or never answer keep a process waiting, not busy. */
const hands = 5

const nextFrom = (worker: ChildProcess): Promise<Observation> =>
  new Promise((resolve, reject) => {
    worker.once('message', (observation) => resolve(observation as Observation))
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`A worker ended by itself (${code}).`)))
  })

const work = async (queue: Order[], found: Map<string, Observation>): Promise<void> => {
  const worker = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  })
  try {
    for (let order = queue.shift(); order !== undefined; order = queue.shift()) {
      const answer = nextFrom(worker)
      worker.send(order)
      found.set(nameOf(order), await answer)
      worker.removeAllListeners()
    }
  } finally {
    worker.removeAllListeners()
    worker.kill()
  }
}

/** What the runs of all orders said, by `nameOf`. */
export const observeAll = async (
  orders: readonly Order[],
): Promise<ReadonlyMap<string, Observation>> => {
  const queue = [...orders]
  const found = new Map<string, Observation>()
  await Promise.all(Array.from({ length: hands }, () => work(queue, found)))
  return found
}
