/** Shares the servers to be observed among processes, since one process uses one core. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Observation } from './observe.ts'
import { nameOf, type Order } from './order.ts'

/** How many processes observe at a time. */
export interface Hands {
  readonly usual: number
  /** Servers that read a key set keep a process waiting most of the time. */
  readonly hosted: number
}

/** One more than there are cores: servers that never answer keep a process waiting, not busy. */
const many: Hands = { usual: 3, hosted: 5 }
/** Few enough that no run waits for another: what is to be recorded must not hang on that. */
export const steadily: Hands = { usual: 2, hosted: 3 }
/** As many as there are cores. */
export const few: Hands = { usual: 1, hosted: 1 }
/** One, and nothing beside it. */
export const quiet: Hands = { usual: 0, hosted: 1 }

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
  { usual, hosted }: Hands = many,
): Promise<ReadonlyMap<string, Observation>> => {
  const found = new Map<string, Observation>()
  const share = async (count: number, queue: Order[]): Promise<void> => {
    await Promise.all(
      Array.from({ length: Math.min(count, queue.length) }, () => work(queue, found)),
    )
  }
  const isHosted = (order: Order): boolean => order.hosted !== undefined
  if (usual === 0) await share(hosted, [...orders])
  else {
    // Side by side: those that host leave the cores to the others most of the time.
    await Promise.all([
      share(
        usual,
        orders.filter((order) => !isHosted(order)),
      ),
      share(hosted, orders.filter(isHosted)),
    ])
  }
  return found
}
