/** Shares the servers to be observed among processes, since one process uses one core. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Observation } from './observe.ts'
import { nameOf, type Order } from './order.ts'

/** One more than there are cores: servers that never answer keep a process waiting, not busy. */
const hands = 3
/** Servers that read a key set keep a process waiting most of the time. */
const handsForHosted = 5

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
  const found = new Map<string, Observation>()
  const share = async (count: number, queue: Order[]): Promise<void> => {
    await Promise.all(
      Array.from({ length: Math.min(count, queue.length) }, () => work(queue, found)),
    )
  }
  // Side by side: those that host leave the cores to the others most of the time.
  await Promise.all([
    share(
      hands,
      orders.filter(({ hosted }) => hosted === undefined),
    ),
    share(
      handsForHosted,
      orders.filter(({ hosted }) => hosted !== undefined),
    ),
  ])
  return found
}
