/** Gets a bearer token by a log-in, where the profile says how and the operator gave no token. */
import { build } from '../credentials/build.ts'
import { kindsOffered, operationOf } from '../credentials/operations.ts'
import type { Exchange } from '../model/exchange.ts'
import type { Profile, Target } from '../model/profile.ts'
import type { PreflightFinding } from '../model/report.ts'
import { parseTargetJson } from '../text/json.ts'
import { pointerGet } from '../text/json-pointer.ts'
import { randomFrom } from '../text/random.ts'
import { createTransport } from '../transport/open.ts'
import { hintOnPath, hintOnSilence } from './hints.ts'
import { NAME, type RunInput } from './input.ts'

/** The target with a token of its own, and what is to be said of the log-in. */
export interface SignedIn {
  readonly target: Target
  readonly finding?: PreflightFinding
}

function tokenIn(exchange: Exchange, pointer: string): string | undefined {
  const parsed = exchange.answer && parseTargetJson(exchange.answer.body)
  const found = parsed && pointerGet(parsed.value, pointer)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** The token in the answer to a log-in, which nobody may see. */
export function tokenGiven(
  { signIn: way }: Profile,
  operation: string,
  exchange: Exchange,
): string | undefined {
  return way === undefined || way.operation !== operation ? undefined : tokenIn(exchange, way.token)
}

async function ask(input: RunInput, operation: string): Promise<Exchange | undefined> {
  const { target, options, signal, versions } = input
  const built = build({
    target,
    send: { to: operation, with: { valid: 'basic' } },
    kind: 'basic',
    random: randomFrom(options.seed, 'sign-in', '1'),
    agent: `${NAME}/${versions.tool}`,
  })
  if ('missing' in built) return undefined
  const { timeoutMs } = options
  const transport = createTransport({ ...input.transport, timeoutMs })
  try {
    return await transport.send(built.request, { signal, timeoutMs })
  } finally {
    await transport.close()
  }
}

/** Logs in once; the token stands in for `--bearer` all through the run. */
export async function signIn(input: RunInput): Promise<SignedIn> {
  const { target } = input
  const { signIn: way } = target.profile
  if (way === undefined || target.supplied.bearer !== undefined) return { target }
  let exchange = await ask(input, way.operation)
  // What got no answer is asked once more: a connection that was lost says nothing of the password.
  if (exchange !== undefined && exchange.answer === undefined && !input.signal.aborted) {
    exchange = await ask(input, way.operation)
  }
  if (exchange === undefined) return { target }
  const path = operationOf(target, way.operation, 'basic')?.url.pathname ?? ''
  const bearer = tokenIn(exchange, way.token)
  if (bearer !== undefined) {
    return {
      target: { ...target, supplied: { ...target.supplied, bearer } },
      finding: { id: 'signed-in', holds: true, say: `Signed in at ${path} and was given a token.` },
    }
  }
  const got = exchange.answer?.status ?? exchange.trouble?.say ?? 'no answer'
  const say = `Signing in at ${path} gave no token (${got}), so nothing that needs one can be judged.`
  const hint = hintFor(target, way.operation, exchange)
  const alone = kindsOffered(target).length === 0
  const finding = {
    id: 'signed-in',
    holds: false,
    say,
    ...(hint === undefined ? {} : { hint }),
    ...(alone ? { blocks: true } : {}),
  }
  return { target, finding: finding as PreflightFinding }
}

/** What to look at: the way there, or else who wanted to log in. */
function hintFor(target: Target, operation: string, exchange: Exchange): string | undefined {
  if (exchange.answer === undefined) return hintOnSilence(exchange)
  const path = operationOf(target, operation, 'basic')?.operation.path ?? ''
  if (exchange.answer.status === 404) return hintOnPath(path)
  const account = accountNameOf(target, operation)
  return `Check --account ${account}=NAME:PASSWORD, or give a token with --bearer TOKEN.`
}

function accountNameOf({ profile }: Target, operation: string): string {
  const binding = profile.operations[operation]
  return (binding !== undefined && 'account' in binding ? binding.account : undefined) ?? 'default'
}
