import type { CredentialKind, OperationName, Send } from '../model/case.ts'
import type { Answer } from '../model/exchange.ts'
import type { PreflightFinding } from '../model/report.ts'
import { utf8 } from '../credentials/bytes.ts'
import { fieldValue } from '../text/fields.ts'
import { visible } from '../text/visible.ts'
import { pause } from './budget.ts'
import { type Performed, printKey, type RunContext } from './context.ts'
import { retryAfterMs } from './control.ts'
import { featureNames, featuresOf, type Fingerprint, isCrash, isThrottled, learn, outcomeOf, sayWitness } from './fingerprint.ts'
import { perform } from './perform.ts'
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

const RETRIES = 3

function usable(performed: Performed): performed is Performed & { exchange: { answer: Answer } } {
  const { answer } = performed.exchange
  return answer !== undefined && !isThrottled(answer.status) && !isCrash(answer.status)
}

/** Asks until a complete answer comes that can be learned from, three more times at most. */
async function sample(context: RunContext, send: Send, kind: CredentialKind | undefined, attempt: number): Promise<Performed> {
  let performed = await perform(context, { send, kind, label: 'preflight', attempt })
  for (let retry = 1; retry <= RETRIES && !usable(performed); retry += 1) {
    if (context.signal.aborted) break
    if (['dns', 'certificate'].includes(performed.exchange.trouble?.code ?? '')) break
    await pause(Math.min(retryAfterMs(performed) ?? 100 * retry, 5000), context.signal)
    performed = await perform(context, { send, kind, label: 'preflight', attempt })
  }
  return performed
}

function finding(id: string, say: string, more: Partial<PreflightFinding> = {}): PreflightFinding {
  return { id, holds: false, say, blocks: true, ...more }
}

function unreachable(context: RunContext, performed: Performed): PreflightFinding | undefined {
  const { trouble, ending, answer } = performed.exchange
  if (answer !== undefined) return undefined
  const hints: Readonly<Record<string, string>> = {
    dns: 'Check the host name in --target.',
    refused: 'Check that the server is running and that the port in --target is right.',
    certificate: 'Give the issuing certificate with --ca FILE, or --insecure to judge everything else.',
    handshake: 'Check that the server speaks TLS on this port, or use http:// in --target.',
    timeout: 'Check that the server answers, or allow more time with --timeout MS.',
    garbage: 'Check that an HTTP server listens on this port (https:// instead of http://?).',
  }
  const say = trouble?.say ?? (ending === 'closed' ? 'The server refused the connection.' : 'The server gave no complete answer.')
  const hint = hints[trouble?.code ?? '']
  return finding('reachable', sentence(`${context.target.url.host} could not be asked: ${say}`), {
    exchanges: [performed.exchange.n],
    ...(hint === undefined ? {} : { hint }),
  })
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function sameFeatures(print: Fingerprint, answer: Answer, witness: Fingerprint['witness']): boolean {
  const found = featuresOf(answer, witness)
  return featureNames.every(
    (name) => print.granted?.[name] === undefined || print.granted[name] === found[name],
  )
}

function answersOf(list: readonly Performed[]): Answer[] {
  return list.flatMap((each) => (usable(each) ? [each.exchange.answer] : []))
}

function secretsOf(context: RunContext): string[] {
  return Object.values(context.target.supplied.accounts).flatMap((account) =>
    account === undefined ? [] : [utf8(account.password), utf8(account.user)],
  )
}

interface Samples {
  readonly anonymous: readonly Performed[]
  readonly strangers: readonly Performed[]
  readonly valid: readonly Performed[]
}

/** The six requests: anonymous, a stranger, valid, valid, the stranger, anonymous. */
async function takeSamples(context: RunContext, operation: OperationName, kind: CredentialKind): Promise<Samples> {
  const nothing: Send = { to: operation, with: 'nothing' }
  const stranger: Send = { to: operation, with: { stranger: kind } }
  const valid: Send = { to: operation, with: { valid: kind } }
  const a1 = await sample(context, nothing, kind, 1)
  if (unreachable(context, a1) !== undefined) {
    // A target that cannot be asked at all must not see the credentials.
    return { anonymous: [a1], strangers: [], valid: [] }
  }
  const s1 = await sample(context, stranger, kind, 1)
  const v1 = await sample(context, valid, kind, 1)
  const v2 = await sample(context, valid, kind, 2)
  const s2 = await sample(context, stranger, kind, 2)
  const a2 = await sample(context, nothing, kind, 2)
  return { anonymous: [a1, a2], strangers: [s1, s2], valid: [v1, v2] }
}

function refusedValid(kind: CredentialKind, samples: Samples): PreflightFinding | undefined {
  const statuses = samples.valid.map((each) => each.exchange.answer?.status)
  const [status] = statuses
  const bad = (each: number | undefined): boolean => each !== undefined && (each === 401 || each === 403 || each === 407)
  const usual = samples.valid.filter(usable)
  if (usual.length === 0) {
    const last = samples.valid.at(-1)
    const got = last?.exchange.answer?.status ?? last?.exchange.trouble?.say ?? 'nothing'
    return finding('credential-granted', `The valid ${kind} credentials got no answer to learn from (${got}).`, {
      hint: 'Check what this URL answers to a request with these credentials.',
    })
  }
  if (!bad(status)) return undefined
  return finding('credential-granted', `The valid ${kind} credentials were refused (${status}), so nothing can be judged.`, {
    hint: optionHints[kind],
    exchanges: samples.valid.map((each) => each.exchange.n),
  })
}

const optionHints: Readonly<Record<CredentialKind, string>> = {
  basic: 'Check --user NAME:PASSWORD and that --target is a URL this account may read; a proxy may also strip the Authorization field.',
  token: 'Check --scheme WORD=SECRET: the scheme word, and that the token is valid for this URL.',
  bearer: 'Check --bearer TOKEN: it may have expired, or be meant for another URL.',
  jwt: 'Check the key, issuer and audience, and that the server trusts this key.',
}

function nothingTells(context: RunContext, granted: Answer[], refused: Answer[]): PreflightFinding {
  const witness = proposeWitness(granted, refused, secretsOf(context))
  return finding('told-apart', 'Granted and refused answers look alike here, so nothing can be judged.', {
    hint:
      witness === undefined
        ? 'Give a URL whose answer differs by credentials, or say how to tell with --witness.'
        : `Say how to tell them apart, for instance: --witness ${JSON.stringify(`text=${visible(witness, 60)}`)}`,
  })
}

function servedTo(print: Fingerprint, list: readonly Performed[], context: RunContext): Performed[] {
  return list.filter(
    (each) => usable(each) && sameFeatures(print, each.exchange.answer, context.options.witness),
  )
}

function allTrouble(list: readonly Performed[]): boolean {
  return list.length > 0 && list.every((each) => !usable(each))
}

function sameForAll(status: number): PreflightFinding {
  return finding('credential-granted', `Valid credentials are answered as none are (${status}), so nothing can be judged.`, {
    hint:
      status === 404
        ? 'Check the path in --target.'
        : 'Check the credentials, and that --target is a URL which answers 2xx to them.',
  })
}

interface Reading {
  readonly print: Fingerprint
  readonly served: Learned['served']
  readonly blocked?: PreflightFinding
}

/** True where nothing but the answer's wording could part granted from refused. */
function looksPublic(granted: Answer[], open: readonly Performed[], context: RunContext): boolean {
  return proposeWitness(granted, answersOf(open), secretsOf(context)) === undefined
}

function read(context: RunContext, samples: Samples): Reading {
  const { witness } = context.options
  const granted = answersOf(samples.valid)
  const bare = learn(granted, [], witness)
  const open = servedTo(bare, samples.anonymous, context)
  const letIn = servedTo(bare, samples.strangers, context)
  const status = granted[0]?.status ?? 0
  if (open.length + letIn.length > 0 && (status < 200 || status > 299)) {
    return { print: bare, served: [], blocked: sameForAll(status) }
  }
  if (open.length > 0 || letIn.length > 0) {
    const all = [...samples.anonymous, ...samples.strangers]
    const everybody = open.length + letIn.length === all.filter(usable).length
    if (everybody && !looksPublic(granted, [...open, ...letIn], context)) {
      return { print: bare, served: [], blocked: nothingTells(context, granted, answersOf(all)) }
    }
  }
  const closed = [...samples.anonymous, ...samples.strangers].filter(
    (each) => !open.includes(each) && !letIn.includes(each),
  )
  const print = learn(granted, answersOf(closed), witness)
  const first = samples.anonymous[0]
  const cached = open.length > 0 && first !== undefined && !open.includes(first) && usable(first)
  const served: Learned['served'][number][] = []
  if (cached) served.push('cached')
  else if (open.length > 0) served.push('anonymous')
  if (letIn.length > 0) served.push('stranger')
  if (served.length === 0 && print.tells.length === 0 && answersOf(closed).length > 0) {
    return { print, served, blocked: nothingTells(context, granted, answersOf(closed)) }
  }
  return { print, served }
}

function rejudge(context: RunContext, key: string, samples: Samples): Samples {
  const print = context.prints.get(key)
  if (print === undefined) return samples
  const again = (each: Performed): Performed => ({ ...each, outcome: outcomeOf(print, each.exchange) })
  return {
    anonymous: samples.anonymous.map(again),
    strangers: samples.strangers.map(again),
    valid: samples.valid.map(again),
  }
}

/** Learns how granted and refused are told apart on one operation, from six requests. */
export async function learnOperation(context: RunContext, operation: OperationName, kind: CredentialKind): Promise<Learned> {
  const samples = await takeSamples(context, operation, kind)
  const base = { kind, operation, served: [], refusedByTrouble: false }
  const [first] = samples.anonymous
  const gone = first && unreachable(context, first)
  if (gone !== undefined) return { ...base, ...samples, blocked: gone }
  const refused = refusedValid(kind, samples)
  if (refused !== undefined) return { ...base, ...samples, blocked: refused }
  const reading = read(context, samples)
  context.prints.set(printKey(operation, kind), reading.print)
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
  const base = { kind: undefined, operation: 'protected', strangers: [], valid: [], served: [], refusedByTrouble: false }
  const gone = unreachable(context, a1)
  if (gone !== undefined) return { ...base, anonymous: [a1], blocked: gone }
  const a2 = await sample(context, send, undefined, 2)
  const anonymous = [a1, a2]
  const status = a1.exchange.answer?.status ?? 0
  context.prints.set(printKey('protected', undefined), learn([], answersOf(anonymous), context.options.witness))
  if (status >= 200 && status < 300) {
    const blocked = finding('protected', `This URL is public: it answered ${status} without credentials, and none were given.`, {
      hint: 'Give the URL of a protected resource, or --user NAME:PASSWORD to have it judged as one.',
      exchanges: anonymous.map((each) => each.exchange.n),
    })
    return { ...base, anonymous, blocked }
  }
  return { ...base, anonymous }
}

/** Learns the public URL, which must serve anonymous requests. */
export async function learnPublic(context: RunContext): Promise<PreflightFinding> {
  const send: Send = { to: 'public', with: 'nothing' }
  const one = await sample(context, send, undefined, 1)
  const two = await sample(context, send, undefined, 2)
  const answers = answersOf([one, two])
  const granted = answers.filter((answer) => answer.status >= 200 && answer.status < 300)
  const learned = learn(granted, [])
  // Nothing was refused here: the status alone tells, whatever else a refusal would look like.
  context.prints.set('public', { ...learned, tells: ['status'] })
  const holds = granted.length === 2
  return {
    id: 'public-url',
    holds,
    say: holds
      ? 'The public URL answers without credentials.'
      : `The URL given with --public does not answer without credentials (${answers[0]?.status ?? 'no answer'}).`,
    exchanges: [one.exchange.n, two.exchange.n],
  }
}

/** What the clock, the chain and the fingerprints look like, as findings that hold or do not. */
export function observations(context: RunContext, learned: readonly Learned[]): PreflightFinding[] {
  const found: PreflightFinding[] = []
  const skew = context.clock.skew()
  if (skew === undefined) {
    found.push({ id: 'clock', holds: 'unknown', say: 'The server sends no Date, so its clock is not known.' })
  } else {
    const fine = Math.abs(skew) <= 60
    found.push({
      id: 'clock',
      holds: fine,
      say: fine
        ? "The server's clock agrees with ours."
        : `The server's clock is ${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} ours.`,
      ...(fine ? {} : { hint: "Times in tokens are computed from the server's clock; set it right all the same." }),
    })
  }
  for (const each of learned) {
    const print = context.prints.get(printKey(each.operation, each.kind))
    if (print?.granted === undefined || each.blocked !== undefined) continue
    found.push({
      id: `told-apart-${each.operation}-${each.kind ?? 'any'}`,
      holds: print.tells.length > 0,
      say: `Granted and refused answers are ${sayWitness(print)}.`,
      exchanges: [...each.valid, ...each.anonymous].map((one) => one.exchange.n),
    })
  }
  return found
}

/** What the chain in front of the target says of itself. */
export function routeFacts(learned: readonly Learned[]): Record<string, string> {
  const facts: Record<string, string> = {}
  const samples = learned.flatMap((each) => [...each.valid, ...each.anonymous])
  for (const { exchange } of samples) {
    for (const name of ['Server', 'Via', 'X-Powered-By']) {
      const value = exchange.answer && fieldValue(exchange.answer.fields, name)
      if (value !== undefined) facts[name] ??= visible(value, 100)
    }
    if (exchange.tls?.issuer !== undefined) facts['TLS issuer'] ??= visible(exchange.tls.issuer, 100)
    if (exchange.tls !== undefined) facts.TLS ??= exchange.tls.version
  }
  return facts
}
