/** Before anything else: the key set is published, and the target has to read it. */
import type { Send } from '../model/case.ts'
import type { PreflightFinding } from '../model/report.ts'
import { startListener, startSecond } from './callback.ts'
import type { Performed, RunContext } from './context.ts'
import { sendUntil } from './hosted-step.ts'
import { type Hosting, openHosting } from './hosting.ts'
import type { RunInput } from './input.ts'
import { perform } from './perform.ts'

/** Seconds that a target may take to use a key that was published. */
const REFRESH = 60

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
  return { id: 'key-set', holds, say, ...more }
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

/** Nothing else to judge with makes it the end of the run. */
function endsRun({ keyring, target }: RunContext): boolean {
  const { supplied } = target
  return keyring.trusted?.kid === keyring.hosted?.kidOf('base') && supplied.bearer === undefined
}

function unread(context: RunContext, hosting: Hosting, last: Performed): PreflightFinding {
  const seconds = Math.ceil(hosting.refreshMs / 1000)
  const blocks = endsRun(context) ? { blocks: true as const } : {}
  const exchanges = [last.exchange.n]
  if (hosting.came() > 0 && hosting.fetches() === 0) {
    const say = `The server has come for the key set (${times(hosting.came())}) and has not fetched it.`
    const hint =
      'Have it trust the authority of --jwks-authority where it fetches keys; Node, for one, reads NODE_EXTRA_CA_CERTS when it starts.'
    hosting.unusable = { code: 'not-fetched', say }
    return found(false, say, { hint, exchanges, ...blocks })
  }
  if (hosting.watched && hosting.fetches() === 0) {
    const say = `The server has not fetched the key set within ${seconds} s.`
    const hint = `Point its JWKS URL at ${hosting.where}, see that it can reach this machine, or give it more time with --key-refresh SECONDS.`
    hosting.unusable = { code: 'not-fetched', say, option: '--key-refresh SECONDS' }
    return found(false, say, { hint, exchanges, ...blocks })
  }
  const read = hosting.watched
    ? `fetched the key set (${times(hosting.fetches())})`
    : 'been given a key set'
  const say = `The server has ${read}, but refuses a token that is signed with its key.`
  const hint = `The token is signed with ${hosting.keys.own}: see whether the server takes that, and what --issuer, --audience and --claims have to say.`
  hosting.unusable = { code: 'key-not-taken', say }
  return found(false, say, { hint, exchanges, ...blocks })
}

async function open(context: RunContext, input: RunInput): Promise<Hosting | undefined> {
  if (input.hosted === undefined) return undefined
  return openHosting({
    keyring: context.keyring,
    at: input.hosted,
    seed: input.options.seed,
    refreshMs: secondsOf(input) * 1000,
    ...(input.listen?.host === undefined ? {} : { host: input.listen.host }),
    listen: (serve, how) => startListener(context, input, serve, how),
    elsewhere: (serve) => startSecond(input, serve),
  })
}

function notOpened(input: RunInput, error: unknown): PreflightFinding {
  const { message = '' } = error instanceof Error ? error : {}
  const place =
    input.hosted !== undefined && 'file' in input.hosted ? 'written to its file' : 'served'
  return found(false, `The key set cannot be ${place}: ${message}.`, { blocks: true })
}

/** Publishes the key set and waits until the target takes a token of its key; undefined without one. */
export async function learnKeySet(
  context: RunContext,
  input: RunInput,
): Promise<PreflightFinding | undefined> {
  let hosting: Hosting | undefined
  try {
    hosting = await open(context, input)
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
  const refused = closed.exchange.answer.status
  const isIn = ({ exchange: { answer } }: Performed): boolean => {
    if (answer === undefined || answer.status >= 400) return false
    // Where the status tells nothing apart, what does is learned once the set was read.
    return answer.status !== refused || hosting.fetched() || !hosting.watched
  }
  const last = await sendUntil(context, hosting.refreshMs, () => ask(signed), isIn)
  if (!isIn(last)) return unread(context, hosting, last)
  const read = hosting.watched
    ? `has fetched the key set (${times(hosting.fetches())})`
    : 'has read the key set'
  return found(true, `The server ${read} and takes a token of its key.`)
}
