/** Before anything else: the key set is published, and the target has to read it. */
import type { Approach } from '../host/secure.ts'
import type { Send } from '../model/case.ts'
import type { PreflightFinding } from '../model/report.ts'
import { startListener, startSecond } from './callback.ts'
import type { Performed, RunContext } from './context.ts'
import { sendUntil } from './hosted-step.ts'
import { type Hosting, openHosting } from './hosting.ts'
import type { RunInput } from './input.ts'
import type { KeyRefresh } from './key-refresh.ts'
import type { KeysInput } from './keys-input.ts'
import { perform } from './perform.ts'
import { askToRead, refusedReason } from './reading.ts'
import { restsOnHosted } from './token-life.ts'

/** Seconds that a target may take to use a key that was published. */
const REFRESH = 60

/** The finding on the hosted set. */
export const KEY_SET = 'key-set'

const nothing: Send = { to: 'protected', with: 'nothing' }
const signed: Send = { to: 'protected', with: { valid: 'jwt', key: 'base' } }

function secondsOf({ options, target }: Pick<RunInput, 'options' | 'target'>): number {
  return options.keyRefresh ?? target.profile.limits?.keyRefresh ?? REFRESH
}

function found(
  holds: boolean,
  say: string,
  more: Partial<PreflightFinding> = {},
): PreflightFinding {
  return { id: KEY_SET, holds, say, ...more }
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

/** Nothing else to judge with makes it the end of the run. */
function blocking(context: RunContext): Pick<PreflightFinding, 'blocks'> {
  return context.kinds.every((kind) => restsOnHosted(context, kind)) ? { blocks: true } : {}
}

/** What the target answered when it was asked to read the set, where it is asked. */
function sayAsked({ refresh, asked }: Hosting): string {
  if (refresh === undefined) return ''
  return `, although ${refresh.say} asked for it (${asked?.status ?? 'no answer'})`
}

/** The exchanges in which the target was asked to read the set, and then to take a token of its key. */
function shown({ asked }: Hosting, last?: Performed): { readonly exchanges: readonly number[] } {
  return { exchanges: [asked?.n, last?.exchange.n].filter((each) => each !== undefined) }
}

function whereToRead({ where }: Hosting): string {
  return `Point its JWKS URL at ${where}, see that it can reach this machine`
}

/** What kept a server from a key set that it came for. */
function whyNotFetched({ where }: Hosting, came: readonly Approach[]): string {
  if (came.some(({ agreed }) => agreed))
    return `It asks for another path: its URL has to be ${where}.`
  if (came.every(({ tls }) => !tls)) return `It comes without TLS: its URL has to be ${where}.`
  return 'Have it trust the authority of --jwks-authority where it fetches keys; Node, for one, reads NODE_EXTRA_CA_CERTS when it starts.'
}

function unread(context: RunContext, hosting: Hosting, last: Performed): PreflightFinding {
  const seconds = Math.ceil(hosting.refreshMs / 1000)
  const more = { ...shown(hosting, last), ...blocking(context) }
  const came = hosting.came()
  if (came.length > 0 && hosting.fetches() === 0) {
    const say = `The server has come for the key set (${times(came.length)}) and has not fetched it.`
    const hint = whyNotFetched(hosting, came)
    hosting.unusable = { code: 'not-fetched', say }
    return found(false, say, { hint, ...more })
  }
  if (hosting.watched && hosting.fetches() === 0) {
    const say = `The server has not fetched the key set within ${seconds} s${sayAsked(hosting)}.`
    const hint = `${whereToRead(hosting)}, or give it more time with --key-refresh SECONDS.`
    hosting.unusable = { code: 'not-fetched', say, option: '--key-refresh SECONDS' }
    return found(false, say, { hint, ...more })
  }
  const read = hosting.watched
    ? `fetched the key set (${times(hosting.fetches())})`
    : 'been given a key set'
  const say = `The server has ${read}, but refuses a token that is signed with its key.`
  const hint = `The token is signed with ${hosting.keys.own}: see whether the server takes that, and what --issuer, --audience and --claims have to say.`
  hosting.unusable = { code: 'key-not-taken', say }
  return found(false, say, { hint, ...more })
}

const REFUSED_HINTS: Readonly<Record<number, string>> = {
  401: 'Check --user NAME:PASSWORD.',
  403: 'Give --user NAME:PASSWORD of a user who may ask for it.',
}

/** Nobody is blamed for what follows from a set that the target was not let to read. */
function refused(context: RunContext, hosting: Hosting): PreflightFinding {
  const { say } = refusedReason(hosting)
  const usual = `${whereToRead(hosting)}, and check the path in --target.`
  const hint = REFUSED_HINTS[hosting.refusal ?? 0] ?? usual
  return found(false, say, { hint, ...shown(hosting), ...blocking(context) })
}

async function open(
  context: RunContext,
  input: RunInput,
  refresh: KeyRefresh | undefined,
): Promise<Hosting | undefined> {
  if (input.hosted === undefined) return undefined
  return openHosting({
    keyring: context.keyring,
    at: input.hosted,
    seed: input.options.seed,
    refreshMs: secondsOf(input) * 1000,
    ...(input.listen?.host === undefined ? {} : { host: input.listen.host }),
    refresh,
    listen: (serve, how) => startListener(context, input, serve, how),
    elsewhere: (serve, how) => startSecond(input, serve, how),
  })
}

function notOpened(input: RunInput, error: unknown): PreflightFinding {
  const { message = '' } = error instanceof Error ? error : {}
  const place =
    input.hosted !== undefined && 'file' in input.hosted ? 'written to its file' : 'served'
  return found(false, `The key set cannot be ${place}: ${message}.`, { blocks: true })
}

/**
 * Publishes the key set, has it read where the target has to be asked, and waits until it takes a token
 * of its key; undefined without one.
 */
export async function learnKeySet(
  context: RunContext,
  { input, refresh, finding, remark }: KeysInput<RunInput>,
): Promise<PreflightFinding | undefined> {
  if (finding !== undefined) return finding
  let hosting: Hosting | undefined
  try {
    hosting = await open(context, input, refresh)
  } catch (error) {
    return notOpened(input, error)
  }
  if (hosting === undefined) return undefined
  context.hosting = hosting
  if (input.hosted !== undefined && 'ready' in input.hosted) {
    input.hosted.ready?.(hosting.where, Math.ceil(hosting.refreshMs / 1000))
  }
  const ask = (send: Send): Promise<Performed> =>
    perform(context, { send, kind: 'jwt', label: 'key set', attempt: 1 })
  const closed = await ask(nothing)
  // A target that cannot be asked at all is explained by what follows.
  if (closed.exchange.answer === undefined) return undefined
  await askToRead(context)
  if (hosting.refusal !== undefined) return refused(context, hosting)
  const without = closed.exchange.answer.status
  const isIn = ({ exchange: { answer } }: Performed): boolean => {
    if (answer === undefined || answer.status >= 400) return false
    // Where the status tells nothing apart, what does is learned once the set was read.
    return answer.status !== without || hosting.fetched() || !hosting.watched
  }
  const last = await sendUntil(context, hosting.refreshMs, () => ask(signed), isIn)
  if (hosting.refusal !== undefined) return refused(context, hosting)
  if (!isIn(last)) return unread(context, hosting, last)
  const read = hosting.watched
    ? `has fetched the key set (${times(hosting.fetches())})`
    : 'has read the key set'
  const hint = remark === undefined ? {} : { hint: remark }
  return found(true, `The server ${read} and takes a token of its key.`, hint)
}
