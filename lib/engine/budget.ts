import type { Limits } from '../model/profile.ts'

/** Keeps a run from locking an account or flooding a server that is not ours. */
export interface Budget {
  /** True where nothing is limited: the target is on loopback. */
  readonly unlimited: boolean
  /** Requests per second; infinite where none is kept. */
  readonly rate: number
  /** Failed log-ins that may follow one another before a success. */
  readonly inARow: number
  /** True if one more failed log-in of this user fits. */
  readonly allows: (user: string | undefined, count?: number) => boolean
  readonly noteFailure: (user: string | undefined) => void
  /** Resolves when the next request may be sent. */
  readonly turn: (signal: AbortSignal) => Promise<void>
  readonly failures: () => number
  /** The option that widens it, as a sentence. */
  readonly say: string
}

export interface BudgetOptions {
  readonly loopback: boolean
  readonly rate?: number | undefined
  readonly loginBudget?: number | undefined
  readonly limits?: Limits | undefined
  readonly now?: () => number
}

const PER_USER = 10
const PER_ADDRESS_FACTOR = 6
const IN_A_ROW = 3
const RATE = 10

/** Waits unless the run is interrupted first. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms <= 0 || signal.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b)
}

/** What a lenient server would take for the same name, so that no spelling escapes the count. */
export function accountOf(user: string): string {
  return user.replace(/[\0-\x20\x7f]+/g, '').toLowerCase()
}

/** Off loopback: 10 requests a second, 3 failed log-ins in a row, 10 per user, 60 in all. */
export function createBudget(options: BudgetOptions): Budget {
  const { limits } = options
  const perUser =
    options.loginBudget ?? smaller(limits?.loginBudget, options.loopback ? undefined : PER_USER)
  const rate =
    options.rate ?? smaller(limits?.requestsPerSecond, options.loopback ? undefined : RATE)
  const users = new Map<string, number>()
  let all = 0
  let next = 0
  const now = options.now ?? Date.now
  return {
    unlimited: perUser === undefined,
    rate: rate ?? Number.POSITIVE_INFINITY,
    inARow: limits?.failuresInARow ?? (options.loopback ? Number.POSITIVE_INFINITY : IN_A_ROW),
    allows(user, count = 1) {
      if (perUser === undefined) return true
      const own = user === undefined ? 0 : (users.get(accountOf(user)) ?? 0) + count
      return own <= perUser && all + count <= perUser * PER_ADDRESS_FACTOR
    },
    noteFailure(user) {
      all += 1
      if (user === undefined) return
      users.set(accountOf(user), (users.get(accountOf(user)) ?? 0) + 1)
    },
    async turn(signal) {
      if (rate === undefined) return
      const at = Math.max(now(), next)
      next = at + 1000 / rate
      await pause(at - now(), signal)
    },
    failures: () => all,
    say: `at most ${perUser ?? 'any number of'} failed log-ins per user`,
  }
}

/** True for 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
  return (
    bare === 'localhost' ||
    bare.endsWith('.localhost') ||
    bare === '::1' ||
    /^127(\.\d+){3}$/.test(bare)
  )
}
