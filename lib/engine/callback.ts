import { randomBytes } from 'node:crypto'
import type { Callbacks } from '../checks/index.ts'
import type { Built } from '../credentials/build.ts'
import { kindsOffered } from '../credentials/operations.ts'
import { serveForeign } from '../host/foreign.ts'
import { type HostDocument, type Listener, type ListenerManner, listen } from '../host/listener.ts'
import { visible } from '../text/visible.ts'
import { isLoopback, pause } from './budget.ts'
import type { Performed, RunContext } from './context.ts'
import type { RunInput } from './input.ts'

const SECRET_BYTES = 16

/** True where a token of these suites names a URL of our own. */
function callsBack(input: Pick<RunInput, 'suites'>): boolean {
  return JSON.stringify(input.suites).includes('"$callback"')
}

/**
 * True where a listener is of use: only tokens name URLs of ours, and a target elsewhere cannot
 * reach this machine's loopback.
 */
export function wouldListen(input: Pick<RunInput, 'suites' | 'listen' | 'target'>): boolean {
  const reachable = input.listen !== undefined || isLoopback(input.target.url.hostname)
  return reachable && kindsOffered(input.target).includes('jwt') && callsBack(input)
}

// Not from the seed: the path must stay unknown to whoever reads a report.
const newSecret = (): string => randomBytes(SECRET_BYTES).toString('hex')

/** What a path leads to; undefined for nothing. */
export type Serve = (path: string) => HostDocument | undefined

/** Starts the listener, with further documents on it. Rejects where the address cannot be had. */
export async function startListener(
  context: RunContext,
  input: Pick<RunInput, 'listen'>,
  more: Serve = () => undefined,
  how: ListenerManner = {},
): Promise<Listener> {
  let listener: Listener | undefined
  const foreign = serveForeign(context.keyring, (path) => listener?.urlOf(path) ?? '')
  listener = await listen({
    ...input.listen,
    secret: newSecret(),
    serve: (path) => more(path) ?? foreign(path),
    ...how,
  })
  context.listener = listener
  return listener
}

/** Starts a listener at another port beside the first. */
export function startSecond(
  input: Pick<RunInput, 'listen'>,
  serve: Serve,
  how: ListenerManner,
): Promise<Listener> {
  const { host } = input.listen ?? {}
  return listen({ ...(host === undefined ? {} : { host }), ...how, secret: newSecret(), serve })
}

/** Starts the listener where a case may need it; where the address cannot be had there is none. */
export async function openListener(context: RunContext, input: RunInput): Promise<void> {
  if (context.listener !== undefined || !wouldListen(input)) return
  try {
    await startListener(context, input)
  } catch {
    // The cases that need it are skipped and name the option.
  }
}

/**
 * True where a request came that named the listener as the URLs in tokens do. Who reads the key set at
 * another URL may know no way to those: then only a fetch of one of them tells that there is one.
 */
function reachedByOurs({ fetches, origin, urlOf }: Listener, byAnother: boolean): boolean {
  const { host } = new URL(origin)
  const own = new URL(urlOf('')).pathname
  return fetches(byAnother ? own : undefined).some(({ fields }) =>
    fields.some(([name, value]) => name.toLowerCase() === 'host' && value === host),
  )
}

/** What the listener has seen of an exchange that carried a URL of ours. */
export function callbacksOf(
  context: RunContext,
  { built }: Pick<Performed, 'built'>,
): { readonly callbacks?: Callbacks } {
  const { listener, hosting } = context
  const { tag } = built
  if (listener === undefined || tag === undefined) return {}
  const fetched = listener.fetches(`/${tag}/`).map(({ method, target }) => {
    // What stands before the tag is the path that nobody may learn.
    const [, , ...document] = target.slice(target.indexOf(`/${tag}/`) + 1).split('/')
    return `${method} ${visible(document.join('/'), 60)}`
  })
  const scheme = listener.urlOf('').startsWith('https:') ? 'https' : 'http'
  return {
    callbacks: { fetched, reached: reachedByOurs(listener, hosting?.elsewhere === true), scheme },
  }
}

/** Milliseconds that a fetch may come after the answer. */
const LATE = 100

/** Waits for a fetch that follows the answer to an exchange with a URL of ours. */
export async function awaitCallback(context: RunContext, built: Built): Promise<void> {
  const { listener } = context
  if (listener === undefined || built.tag === undefined) return
  if (listener.fetches(`/${built.tag}/`).length === 0) await pause(LATE, context.signal)
}

/** Stands in for a listener where nothing is sent. */
export const unopened: Listener = {
  origin: 'http://127.0.0.1',
  urlOf: (path) => `http://127.0.0.1/${path}`,
  fetches: () => [],
  count: () => 0,
  close: async () => {},
}
