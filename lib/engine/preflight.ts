import { utf8 } from '../credentials/bytes.ts'
import { operationOf } from '../credentials/operations.ts'
import type { CredentialKind, OperationName, Send } from '../model/case.ts'
import type { Answer } from '../model/exchange.ts'
import type { PreflightFinding } from '../model/report.ts'
import {
  finding,
  interrupted,
  nothingTells,
  refusedValid,
  sameForAll,
  unreachable,
} from './blocked.ts'
import { type Performed, printKey, type RunContext } from './context.ts'
import { type Fingerprint, featureNames, featuresOf, learn, outcomeOf } from './fingerprint.ts'
import { answersOf, isUsable, type Samples, sample, takeSamples } from './samples.ts'
import { refusedTokenHint } from './token-life.ts'
import { toldBy } from './told.ts'
import { proposeWitness } from './witness.ts'

/** What preflight found out about one operation with one kind of credential. */
export interface Learned {
  readonly kind: CredentialKind | undefined
  readonly operation: OperationName
  readonly anonymous: readonly Performed[]
  readonly strangers: readonly Performed[]
  readonly valid: readonly Performed[]
  /** Why nothing can be judged here, if so. */
  readonly blocked?: PreflightFinding
  /** Requests that were served though they must not be. */
  readonly served: readonly ('anonymous' | 'stranger' | 'cached')[]
  /** Only errors, throttling and closed doors kept strangers out. */
  readonly refusedByTrouble: boolean
}

function sameFeatures(
  print: Fingerprint,
  answer: Answer,
  witness: Fingerprint['witness'],
): boolean {
  const found = featuresOf(answer, witness)
  return featureNames.every(
    (name) => print.granted?.[name] === undefined || print.granted[name] === found[name],
  )
}

/** Whether a text holds a secret in any spelling, or is a part of one. */
function isSecret(context: RunContext): (text: string) => boolean {
  const { accounts } = context.target.supplied
  const own = Object.values(accounts).flatMap((account) =>
    account === undefined ? [] : [utf8(account.password), utf8(account.user)],
  )
  return (text) =>
    context.recorder.mask(text) !== text ||
    own.some((each) => each.includes(text) || text.includes(each))
}

function servedTo(
  print: Fingerprint,
  list: readonly Performed[],
  context: RunContext,
): Performed[] {
  return list.filter(
    (each) => isUsable(each) && sameFeatures(print, each.exchange.answer, context.options.witness),
  )
}

function allTrouble(list: readonly Performed[]): boolean {
  return list.length > 0 && list.every((each) => !isUsable(each))
}

interface Reading {
  readonly print: Fingerprint
  readonly served: Learned['served']
  readonly blocked?: PreflightFinding
}

/** True where nothing but the answer's wording could part granted from refused. */
function looksPublic(granted: Answer[], open: readonly Performed[], context: RunContext): boolean {
  return proposeWitness(granted, answersOf(open), isSecret(context)) === undefined
}

/** What the profile appended to the URL of the target for these requests. */
function pathOf({ target }: RunContext, { valid }: Samples): string {
  const { send, kind } = valid[0] ?? {}
  return send === undefined ? '' : (operationOf(target, send.to, kind)?.operation.path ?? '')
}

function read(context: RunContext, samples: Samples): Reading {
  const { witness } = context.options
  const granted = answersOf(samples.valid)
  const bare = learn(granted, [], witness)
  const open = servedTo(bare, samples.anonymous, context)
  const letIn = servedTo(bare, samples.strangers, context)
  const status = granted[0]?.status ?? 0
  if (open.length + letIn.length > 0 && (status < 200 || status > 299)) {
    return { print: bare, served: [], blocked: sameForAll(status, pathOf(context, samples)) }
  }
  if (open.length > 0 || letIn.length > 0) {
    const all = [...samples.anonymous, ...samples.strangers]
    const everybody = open.length + letIn.length === all.filter(isUsable).length
    if (everybody && !looksPublic(granted, [...open, ...letIn], context)) {
      return {
        print: bare,
        served: [],
        blocked: nothingTells(granted, answersOf(all), isSecret(context)),
      }
    }
  }
  const closed = [...samples.anonymous, ...samples.strangers].filter(
    (each) => !open.includes(each) && !letIn.includes(each),
  )
  const print = learn(granted, answersOf(closed), witness)
  const first = samples.anonymous[0]
  const cached = open.length > 0 && first !== undefined && !open.includes(first) && isUsable(first)
  const served: Learned['served'][number][] = []
  if (cached) served.push('cached')
  else if (open.length > 0) served.push('anonymous')
  if (letIn.length > 0) served.push('stranger')
  if (served.length === 0 && print.tells.length === 0 && answersOf(closed).length > 0) {
    return { print, served, blocked: nothingTells(granted, answersOf(closed), isSecret(context)) }
  }
  return { print, served }
}

function rejudge(context: RunContext, key: string, samples: Samples): Samples {
  const print = context.prints.get(key)
  if (print === undefined) return samples
  const again = (each: Performed): Performed => ({
    ...each,
    outcome: outcomeOf(print, each.exchange),
  })
  return {
    anonymous: samples.anonymous.map(again),
    strangers: samples.strangers.map(again),
    valid: samples.valid.map(again),
  }
}

/**
 * Learns how granted and refused are told apart on one operation, from six requests. `beside`: a kind
 * that rests on the same credential, for which the same holds.
 */
export async function learnOperation(
  context: RunContext,
  operation: OperationName,
  kind: CredentialKind,
  beside: CredentialKind = kind,
): Promise<Learned> {
  const samples = await takeSamples(context, operation, kind, beside)
  const base = { kind, operation, served: [], refusedByTrouble: false }
  if (context.signal.aborted) return { ...base, ...samples, blocked: interrupted() }
  const [first] = samples.anonymous
  const gone = first && unreachable(context, first)
  if (gone !== undefined) return { ...base, ...samples, blocked: gone }
  const refused = refusedValid(kind, samples, refusedTokenHint(context, kind))
  if (refused !== undefined) return { ...base, ...samples, blocked: refused }
  const reading = read(context, samples)
  context.prints.set(printKey(operation, kind), reading.print)
  context.told.set(printKey(operation, kind), toldBy(samples, context.target.url))
  const judged = rejudge(context, printKey(operation, kind), samples)
  return {
    ...base,
    ...judged,
    served: reading.served,
    refusedByTrouble: allTrouble([...samples.anonymous, ...samples.strangers]),
    ...(reading.blocked === undefined ? {} : { blocked: reading.blocked }),
  }
}

/** Without credentials: two anonymous requests, and a public URL is found out. */
export async function learnAnonymous(context: RunContext): Promise<Learned> {
  const send: Send = { to: 'protected', with: 'nothing' }
  const a1 = await sample(context, send, undefined, 1)
  const base = {
    kind: undefined,
    operation: 'protected',
    strangers: [],
    valid: [],
    served: [],
    refusedByTrouble: false,
  }
  if (context.signal.aborted) return { ...base, anonymous: [a1], blocked: interrupted() }
  const gone = unreachable(context, a1)
  if (gone !== undefined) return { ...base, anonymous: [a1], blocked: gone }
  const a2 = await sample(context, send, undefined, 2)
  const anonymous = [a1, a2]
  const status = a1.exchange.answer?.status ?? 0
  context.prints.set(
    printKey('protected', undefined),
    learn([], answersOf(anonymous), context.options.witness),
  )
  const told = toldBy({ anonymous, strangers: [] }, context.target.url)
  context.told.set(printKey('protected', undefined), told)
  if (status >= 200 && status < 300) {
    const blocked = finding(
      'protected',
      `This URL is public: it answered ${status} without credentials, and none were given.`,
      {
        hint: 'Give the URL of a protected resource, or --user NAME:PASSWORD to have it judged as one.',
        exchanges: anonymous.map((each) => each.exchange.n),
      },
    )
    return { ...base, anonymous, blocked }
  }
  return { ...base, anonymous }
}
