import type { CredentialKind, OperationName, Send } from '../model/case.ts'
import type { FieldLine, Request, Route } from '../model/exchange.ts'
import type { Operation, Target } from '../model/profile.ts'
import { boundTo, isMetadata } from '../notation/derive.ts'
import type { Random } from '../text/random.ts'
import type { Missing, Source } from './credential.ts'
import { doorFor } from './door.ts'
import type { Moment } from './jwt/base.ts'
import { createKeyring, type Keyring } from './jwt/keyring.ts'
import { kindsOffered, operationOf } from './operations.ts'
import { present } from './present.ts'
import { probeOf, sayProbe } from './probe.ts'
import { type Bare, composeRequest, sayRequestFault } from './request.ts'
import { plain, secret } from './spans.ts'

/** A case's exchange, ready to be sent. */
export interface Built {
  readonly request: Request
  /** What is sent, in words. */
  readonly say: string
  /** The one fault in words, where there is one. */
  readonly fault?: string
  /** Present where a refusal is a failed log-in. */
  readonly login?: { readonly user?: string }
  /** The secret forms that are sent, in latin1: no answer and no report may repeat them. */
  readonly secrets: readonly string[]
  /** A signed token that is sent, and what of it is not chance. */
  readonly token?: { readonly text: string; readonly essence: string }
  /** What belongs to the request was not said without TLS: who refuses it may miss just that. */
  readonly incomplete?: true
  /** Names the URLs of our own listener that stand in this request, where there are any. */
  readonly tag?: string
}

export interface BuildInput {
  readonly target: Target
  readonly send: Send
  /** The credential kind this run of the case is for; picks the operation where bound per kind. */
  readonly kind: CredentialKind | undefined
  readonly random: Random
  /** Adds `Cache-Control: no-cache`, to see past a cache. */
  readonly pastCache?: boolean
  readonly agent: string
  /** Made from the target and an empty seed where it is left out. */
  readonly keyring?: Keyring
  /** Now, by our own clock, where it is left out. */
  readonly moment?: Moment
  /** The URL of a document at our own listener; requests are told apart by their tags. */
  readonly callback?: (tag: string, alg: string, document: string) => string
}

const TAG_LENGTH = 12
const TAG_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

interface Tagged {
  readonly callback?: (alg: string, document: string) => string
  /** The tag, once something has asked for a URL. */
  readonly tag: () => string | undefined
}

function tagged({ callback, random }: BuildInput): Tagged {
  let tag: string | undefined
  if (callback === undefined) return { tag: () => undefined }
  return {
    tag: () => tag,
    callback(alg, document) {
      tag ??= random.text(TAG_LENGTH, TAG_LETTERS)
      return callback(tag, alg, document)
    },
  }
}

function ourMoment(): Moment {
  return { now: Math.floor(Date.now() / 1000), exact: true }
}

/** Where a URL leads, without what a request says there. */
export function routeOf(url: URL): Route {
  const scheme = url.protocol === 'https:' ? 'https' : 'http'
  const port = url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port)
  return { scheme, host: url.hostname.replace(/^\[|\]$/g, ''), port }
}

function bareOf(
  input: BuildInput,
  operation: { url: URL; bare: Partial<Bare> & { method: string } },
): Bare {
  const { url } = operation
  const common: FieldLine[] = [
    { name: [plain('User-Agent')], value: [plain(input.agent)] },
    { name: [plain('Accept')], value: [plain('*/*')] },
    ...(input.pastCache ? [{ name: [plain('Cache-Control')], value: [plain('no-cache')] }] : []),
    ...input.target.fields.map(([name, value]) => ({
      name: [plain(name)],
      value: [secret(value, `the value given with --header ${name}`)],
    })),
  ]
  return {
    route: routeOf(url),
    target: url.pathname + url.search,
    authority: url.host,
    ...operation.bare,
    fields: [...common, ...(operation.bare.fields ?? [])],
  }
}

/** What the operator would have to give for an operation that nothing is bound to. */
function lacking(name: OperationName): Missing {
  if (name === 'public') {
    return { missing: 'a URL that needs no credentials', option: '--public URL' }
  }
  if (name === 'key-set') {
    return { missing: 'the URL of the key set that the server publishes', option: '--key-set URL' }
  }
  return isMetadata(name)
    ? { missing: 'a bearer token', option: '--bearer TOKEN' }
    : { missing: `the operation ${name}`, option: '--profile NAME|FILE' }
}

/** How an operation takes its credentials, where that is not the usual way. */
function manner({ account, members }: Operation): Pick<Source, 'account' | 'members'> {
  return {
    ...(account === undefined ? {} : { account }),
    ...(members === undefined ? {} : { members }),
  }
}

interface Said {
  readonly query: string
  readonly content: Pick<Bare, 'body'>
  /** Something of it is left out. */
  readonly incomplete: boolean
}

/** What is said besides the path: where anybody may listen only what does no harm. */
function saidOf(
  { operation, url }: { readonly operation: Operation; readonly url: URL },
  { fields }: Target,
  open: boolean,
): Said {
  const { path, body, harmless } = operation
  const content = body === undefined ? {} : { body }
  if (!open) return { query: url.search, content, incomplete: false }
  const at = path.indexOf('?')
  // The query of the operator's URL is another one, and stays at home.
  const query = harmless === true && at >= 0 ? path.slice(at) : ''
  const kept = harmless === true ? content : {}
  const all = url.search === query && Object.keys(kept).length === Object.keys(content).length
  return { query, content: kept, incomplete: !all || fields.length > 0 }
}

/** The target without what is said to it over TLS alone. */
function unspoken(target: Target): Target {
  const { stranger: _, ...profile } = target.profile
  return { ...target, profile, fields: [] }
}

/** Builds the request of an exchange, or says what the operator would have to supply. */
export function build(input: BuildInput): Built | Missing {
  const { target, kind, random } = input
  const send = boundTo(input.send, kind ?? kindsOffered(target)[0])
  const found = operationOf(target, send.to, send.but?.boundFor ?? kind)
  if (found === undefined) {
    return lacking(send.to)
  }
  const { callback, tag } = tagged(input)
  // What the operator says over TLS may be secret, in fields and content too, and a name as well.
  const open = send.but?.over !== undefined && target.url.protocol === 'https:'
  const heard = open ? unspoken(target) : target
  const credential = present(
    {
      target: heard,
      ...manner(found.operation),
      random,
      keyring: input.keyring ?? createKeyring(target.supplied, ''),
      moment: input.moment ?? ourMoment(),
      ...(callback === undefined ? {} : { callback }),
    },
    send.with,
  )
  if ('missing' in credential) return credential
  const named = tag()
  const but = send.but ?? {}
  const { method, fields } = found.operation
  const { query, content, incomplete } = saidOf(found, target, open)
  const door = doorFor(target, found.url, but, query)
  if ('missing' in door) return door
  const bare = bareOf(
    { ...input, target: heard },
    {
      url: door,
      bare: {
        method,
        fields: (fields ?? []).map(([name, value]) => ({
          name: [plain(name)],
          value: [plain(value)],
        })),
        ...content,
      },
    },
  )
  const probe = probeOf(but)
  const faults = [...credential.faults, ...sayRequestFault(but)]
  return {
    request: composeRequest(bare, credential.placed, but),
    say:
      probe === undefined
        ? `${but.method ?? method} ${found.url.pathname} with ${credential.say}`
        : sayProbe(probe),
    ...(faults.length === 0 ? {} : { fault: faults.join(', and ') }),
    ...(credential.login === undefined ? {} : { login: credential.login }),
    secrets: credential.secrets,
    ...(credential.token === undefined ? {} : { token: credential.token }),
    ...(named === undefined ? {} : { tag: named }),
    ...(incomplete ? { incomplete } : {}),
  }
}
