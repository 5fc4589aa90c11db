/** The operation that has a target read its key set, where its profile says that it reads it on request. */
import type { Missing } from '../credentials/credential.ts'
import { operationOf } from '../credentials/operations.ts'
import type { Send, When } from '../model/case.ts'
import type { Operation, Target } from '../model/profile.ts'

const NAME = 'key-refresh'

/** Kinds of credentials that no key set vouches for: a token of the hosted set cannot ask for it. */
const KINDS = ['basic', 'token'] as const

/** How a target is asked to read its key set. */
export interface KeyRefresh {
  readonly kind: (typeof KINDS)[number]
  readonly send: Send
  /** Method and path, for a reader. */
  readonly say: string
}

interface Bound extends Pick<KeyRefresh, 'kind' | 'say'> {
  readonly operation: Operation
}

function boundIn(target: Target): readonly Bound[] {
  const { accepts } = target.profile
  return KINDS.flatMap((kind) => {
    const found = operationOf(target, NAME, kind)
    if (found === undefined || accepts?.includes(kind) === false) return []
    const { operation, url } = found
    return [{ kind, operation, say: `${operation.method} ${url.pathname}` }]
  })
}

function isSupplied({ supplied }: Target, { kind, operation }: Bound): boolean {
  const { accounts, tokens } = supplied
  if (kind === 'token') return Object.keys(tokens).length > 0
  return accounts[operation.account ?? 'default'] !== undefined
}

const OPTIONS: Readonly<Record<KeyRefresh['kind'], string>> = {
  basic: '--user NAME:PASSWORD',
  token: '--scheme WORD=SECRET',
}

function optionFor({ kind, operation: { account = 'default' } }: Bound): string {
  const named = kind === 'basic' && account !== 'default'
  return named ? `--account ${account}=NAME:PASSWORD` : OPTIONS[kind]
}

/** True where the profile says that the target reads its key set when it is asked to, and only then. */
function readsOnRequest({ profile }: Target): boolean {
  return profile.operations[NAME] !== undefined
}

/** How a target comes to read its key set, in the word that lines use. */
export function keysReadBy(target: Target): NonNullable<When['keysRead']> {
  return readsOnRequest(target) ? 'on-request' : 'by-itself'
}

/** How this target is asked, or what that takes; undefined where it reads its keys by itself. */
export function keyRefreshOf(target: Target): KeyRefresh | Missing | undefined {
  if (!readsOnRequest(target)) return undefined
  const bound = boundIn(target)
  const given = bound.find((each) => isSupplied(target, each))
  if (given !== undefined) {
    const { kind, say } = given
    return { kind, say, send: { to: NAME, with: { valid: kind } } }
  }
  const [first] = bound
  return first === undefined
    ? { missing: 'credentials that no key vouches for', option: OPTIONS.basic }
    : { missing: `credentials for ${first.say}`, option: optionFor(first) }
}
