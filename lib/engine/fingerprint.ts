import type { Answer, Exchange, Outcome } from '../model/exchange.ts'
import type { Witness } from '../model/profile.ts'
import { fieldValue, fieldValues, locationShape, mediaTypeOf } from '../text/fields.ts'
import { memberNamesOf } from '../text/json.ts'
import { witnessHolds } from './witness.ts'

/** The features in which answers are compared, in the order in which they are preferred. */
export const featureNames = [
  'status',
  'media',
  'location',
  'challenge',
  'members',
  'witness',
] as const
export type FeatureName = (typeof featureNames)[number]
export type Features = Readonly<Record<FeatureName, string>>

/** How granted and refused answers are told apart on one operation. */
export interface Fingerprint {
  /** What all granted answers agree on; undefined where no credential was supplied. */
  readonly granted: Partial<Features> | undefined
  /** Every refusal seen; they need not be alike. */
  readonly refused: readonly Features[]
  /** Stable features whose granted value no refusal has. */
  readonly tells: readonly FeatureName[]
  readonly witness?: Witness
}

const throttling: ReadonlySet<number> = new Set([429, 503, 423, 408, 425])
/** How a gateway or a careful server says that what it depends on is down. */
const unavailable: ReadonlySet<number> = new Set([502, 503, 504])
const crashes: ReadonlySet<number> = new Set([500, 502, 504])
/** What a server says who misses a part of the request, and not a credential. */
const missing: ReadonlySet<number> = new Set([400, 411, 415, 422])
/** Refusals of size, which say nothing where the exchange ought to be granted. */
const oversize: ReadonlySet<number> = new Set([413, 414, 431])

export function isThrottled(status: number): boolean {
  return throttling.has(status)
}

export function isCrash(status: number): boolean {
  return crashes.has(status)
}

/** The comparable features of an answer. */
export function featuresOf(answer: Answer, witness?: Witness): Features {
  return {
    status: String(answer.status),
    media: mediaTypeOf(answer.fields) ?? '',
    location: locationShape(fieldValue(answer.fields, 'Location') ?? ''),
    challenge: fieldValues(answer.fields, 'WWW-Authenticate').length > 0 ? 'yes' : 'no',
    members: memberNamesOf(answer.body)?.join(' ') ?? '',
    witness: witness !== undefined && witnessHolds(witness, answer) ? 'yes' : 'no',
  }
}

/** Learns from granted and refused answers; throttled and incomplete ones must be left out. */
export function learn(
  granted: readonly Answer[],
  refused: readonly Answer[],
  witness?: Witness,
): Fingerprint {
  const yes = granted.map((answer) => featuresOf(answer, witness))
  const no = refused.map((answer) => featuresOf(answer, witness))
  const [first] = yes
  if (first === undefined)
    return { granted: undefined, refused: no, tells: [], ...(witness && { witness }) }
  const stable = featureNames.filter((name) => yes.every((each) => each[name] === first[name]))
  return {
    granted: Object.fromEntries(stable.map((name) => [name, first[name]])),
    refused: no,
    tells: stable.filter(
      (name) =>
        // A witness that granted answers lack would make grants of the refusals that have it.
        (name !== 'witness' || first.witness === 'yes') &&
        no.every((each) => each[name] !== first[name]),
    ),
    ...(witness && { witness }),
  }
}

/** How the two are told apart, in words. */
export function sayWitness(print: Fingerprint): string {
  const words: Readonly<Record<FeatureName, string>> = {
    status: 'status',
    media: 'media type',
    location: 'Location',
    challenge: 'a challenge',
    members: 'JSON member names',
    witness: 'the witness',
  }
  if (print.granted === undefined) return 'nothing granted was seen'
  return print.tells.length === 0
    ? 'nothing tells them apart'
    : `told apart by ${print.tells.map((name) => words[name]).join(', ')}`
}

/** What a reader of an outcome must know about the exchange besides its answer. */
export interface Circumstance {
  /** The case needs this exchange granted: a refusal of size is then no refusal. */
  readonly mustBeGranted?: boolean
  /** The fault is one of route (cleartext, TLS version): a closed door is then a refusal. */
  readonly routeFault?: boolean
  /** No key can be read: a server may call that its own trouble, and refuses all the same. */
  readonly keysBroken?: boolean
  /** It is sent without TLS to where TLS is wanted: a connection that is cut is a refusal too. */
  readonly withoutTls?: boolean
  /** Parts of the request were left out, which the server may refuse it for. */
  readonly incomplete?: boolean
}

/** A door at which nobody said anything in HTTP: shut, or slammed at the first bytes. */
export function isShut({ ending, trouble }: Exchange): boolean {
  return ending === 'closed' || (ending === 'silent' && slammed.has(trouble?.code))
}

const slammed: ReadonlySet<string | undefined> = new Set(['ended', 'reset', 'garbage'])

function sameAsRefusal(
  print: Fingerprint,
  found: Features,
  names: readonly FeatureName[],
): boolean {
  return print.refused.some((each) => names.every((name) => each[name] === found[name]))
}

function matchesGranted(
  print: Fingerprint,
  found: Features,
  names: readonly FeatureName[],
): boolean {
  const { granted } = print
  return (
    granted !== undefined &&
    names.every((name) => granted[name] === undefined || granted[name] === found[name])
  )
}

function byWitness(print: Fingerprint, found: Features, status: number): Outcome | undefined {
  if (print.witness === undefined || !print.tells.includes('witness')) return undefined
  if (found.witness === 'yes') return 'granted'
  if (isRefusal(status) || sameAsRefusal(print, found, ['status', 'media'])) return 'denied'
  return 'unclear'
}

function isRedirect(status: number, { granted }: Fingerprint): boolean {
  return status >= 300 && status < 400 && granted?.status !== String(status)
}

function isRefusal(status: number): boolean {
  return (status >= 400 && status < 500) || status === 501
}

function byStatus(print: Fingerprint, found: Features, method: string): Outcome {
  if (print.granted?.status === found.status) {
    const names: FeatureName[] = method === 'HEAD' ? ['media'] : ['media', 'members']
    return matchesGranted(print, found, names) ? 'granted' : 'unclear'
  }
  const status = Number(found.status)
  if (isRefusal(status)) return 'denied'
  if (status >= 300 && status < 400) {
    return sameAsRefusal(print, found, ['status', 'location']) ? 'denied' : 'redirected'
  }
  if (status >= 200 && status < 300) {
    return sameAsRefusal(print, found, ['status', 'media', 'members']) ? 'denied' : 'unclear'
  }
  return 'unclear'
}

function byShape(print: Fingerprint, found: Features): Outcome {
  const status = Number(found.status)
  if (isRefusal(status) && found.status !== print.granted?.status) return 'denied'
  if (print.tells.length > 0 && matchesGranted(print, found, print.tells)) return 'granted'
  return sameAsRefusal(print, found, print.tells) ? 'denied' : 'unclear'
}

/** A status that says more of the server than of the request. */
function troubleOf(status: number, { keysBroken }: Circumstance): Outcome | undefined {
  if (keysBroken && unavailable.has(status)) return 'denied'
  if (isThrottled(status)) return 'throttled'
  return isCrash(status) ? 'crashed' : undefined
}

/**
 * What an exchange says about access: a pure function of what was learned and what came, so that a
 * journal can be judged again under a changed rule.
 */
export function outcomeOf(
  print: Fingerprint,
  exchange: Exchange,
  circumstance: Circumstance = {},
): Outcome {
  const { answer, ending } = exchange
  if (ending === 'closed') return circumstance.routeFault ? 'denied' : 'closed'
  if (ending === 'unsent') return 'unclear'
  if (answer === undefined) {
    return circumstance.withoutTls && isShut(exchange) ? 'denied' : 'silent'
  }
  // Whoever is sent elsewhere was given nothing; where to is another question.
  if (circumstance.routeFault && isRedirect(answer.status, print)) return 'denied'
  const found = featuresOf(answer, print.witness)
  const isGrantedStatus = print.granted?.status === found.status
  const trouble = isGrantedStatus ? undefined : troubleOf(answer.status, circumstance)
  if (trouble !== undefined) return trouble
  if (circumstance.mustBeGranted && oversize.has(answer.status)) return 'unclear'
  if (circumstance.incomplete && missing.has(answer.status)) return 'unclear'
  const told = byWitness(print, found, answer.status)
  if (told !== undefined) return told
  if (print.granted === undefined || print.tells.includes('status')) {
    return byStatus(print, found, exchange.request.method)
  }
  return byShape(print, found)
}
