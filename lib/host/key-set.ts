/** The documents that stand where a target reads its key set. */
import type { KeyObject } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { HostedKeys } from '../credentials/jwt/hosted-keys.ts'
import { type Jwk, thumbprint, toJwk } from '../jose/jwk.ts'
import {
  BROKEN_SETS,
  manyEntries,
  PUBLICATIONS,
  type Published,
  strayEntries,
  WHOLE_SETS,
} from '../jose/jwks-entries.ts'
import { kindOf, publicOf } from '../jose/key-kind.ts'
import { generateKey } from '../jose/keys.ts'
import type { HostedAnswer, HostedEntry, PublishStep } from '../model/case.ts'
import { selfSigned } from '../x509/self-signed.ts'
import type { HostDocument } from './listener.ts'

/** All that a document is made from. */
export interface KeySetSource {
  readonly keys: HostedKeys
  /** What stands in every set that a case does not want for itself alone. */
  readonly base: readonly Jwk[]
  /** Decides what odd entries hold. */
  readonly seed: string
  /** The URL of another document: of the set itself, elsewhere here, or on another origin. */
  readonly urlOf: (where: NonNullable<HostedAnswer['redirect']>) => string
}

const TYPE = 'application/json'
/** Seconds that a set may be kept unless a case says so: long enough that nobody asks for each token. */
const LIFETIME = 5
const BOMB_BYTES = 64 * 1024 * 1024

/** The entry of a key as it is published plainly. */
export function plainEntry(keys: HostedKeys, name: string): Jwk {
  const { key, alg, kid } = keys.trusted(name)
  return toJwk(key, { ...(kid === undefined ? {} : { kid }), use: 'sig', alg })
}

function withOwnCertificate(key: KeyObject, members: Jwk): Jwk {
  return toJwk(key, { ...members, x5c: [selfSigned(key, { name: 'own' }).toString('base64')] })
}

function withOtherCertificate(keys: HostedKeys, name: string, members: Jwk): Jwk {
  const { key } = keys.trusted(name)
  const kind = kindOf(publicOf(key))
  const other = generateKey(kind?.kty === 'EC' ? kind : { kty: 'EC', crv: 'P-256' })
  return toJwk(key, {
    ...members,
    x5c: [selfSigned(other, { name: 'another' }).toString('base64')],
  })
}

function keyEntry(
  entry: Extract<HostedEntry, { readonly key: string }>,
  { keys }: KeySetSource,
): Published {
  const { key: name, as = 'plain', kidOf, thumbprintOf } = entry
  const { key, alg } = keys.trusted(name)
  const kid =
    thumbprintOf === undefined
      ? keys.kidOf(kidOf ?? name)
      : thumbprint(publicOf(keys.trusted(thumbprintOf).key))
  const members = { kid, use: 'sig', alg }
  if (as === 'x5c') return withOwnCertificate(key, members)
  if (as === 'x5c-of-another') return withOtherCertificate(keys, name, members)
  const publish = PUBLICATIONS[as]
  if (publish === undefined) throw new TypeError(`a publication ${as} passed the suite check`)
  return publish(key, members)
}

function entriesOf(entry: HostedEntry, source: KeySetSource): readonly string[] {
  if (typeof entry === 'string') return [JSON.stringify(plainEntry(source.keys, entry))]
  if ('stray' in entry) {
    const many = entry.stray === 'forty-nine-keys'
    const entries = many ? manyEntries(source.seed) : strayEntries(source.seed)[entry.stray]
    return (entries ?? []).map((each) => JSON.stringify(each))
  }
  const published = keyEntry(entry, source)
  return [typeof published === 'string' ? published : JSON.stringify(published)]
}

/** The text of the set: its entries in order, and what the run began with behind them. */
function setText({ publish, alone }: PublishStep, source: KeySetSource): string {
  const own = publish.flatMap((entry) => entriesOf(entry, source))
  const base = alone ? [] : source.base.map((each) => JSON.stringify(each))
  return `{"keys":[${[...own, ...base].join(',')}]}`
}

function firstKey({ publish }: PublishStep, source: KeySetSource): Jwk {
  const [first] = publish
  const name = typeof first === 'string' ? first : first && 'key' in first ? first.key : 'unlisted'
  return plainEntry(source.keys, name)
}

function contentOf(step: PublishStep, source: KeySetSource): string {
  const { document } = step.answer ?? {}
  const make = document === undefined ? undefined : (WHOLE_SETS[document] ?? BROKEN_SETS[document])
  return make === undefined ? setText(step, source) : make(firstKey(step, source))
}

const packed: { blanks?: Buffer } = {}

/** A further member of a gzip stream (RFC 1952 §2.2), which takes tenths of a second to make. */
function blanks(): Buffer {
  packed.blanks ??= gzipSync(Buffer.alloc(BOMB_BYTES, ' '))
  return packed.blanks
}

function encoded(text: string, encoding: HostedAnswer['encoding']): Buffer {
  const octets = Buffer.from(text, 'utf8')
  if (encoding === undefined) return octets
  return encoding === 'gzip' ? gzipSync(octets) : Buffer.concat([gzipSync(octets), blanks()])
}

/** What is served where the target reads its key set, as a step of a case has it. */
export function keySetDocument(step: PublishStep, source: KeySetSource): HostDocument {
  const { status, type, fields, wait, manner, redirect, encoding } = step.answer ?? {}
  const moved = redirect === undefined ? [] : [['Location', source.urlOf(redirect)] as const]
  const packed = encoding === undefined ? [] : [['Content-Encoding', 'gzip'] as const]
  const code = status ?? (redirect === undefined ? undefined : 302)
  return {
    type: type ?? TYPE,
    body: encoded(contentOf(step, source), encoding),
    fields: [['Cache-Control', `max-age=${LIFETIME}`], ...packed, ...moved, ...(fields ?? [])],
    ...(code === undefined ? {} : { status: code }),
    ...(wait === undefined ? {} : { waitMs: wait }),
    ...(manner === undefined ? {} : { manner }),
  }
}

/** True where nothing that is published can verify a token: a server may say that it is its own trouble. */
export function isBroken({ answer = {} }: PublishStep): boolean {
  const { status = 200, document, manner, wait, redirect, encoding, channel } = answer
  return (
    status !== 200 ||
    (document !== undefined && !Object.hasOwn(WHOLE_SETS, document)) ||
    manner !== undefined ||
    wait !== undefined ||
    redirect !== undefined ||
    channel !== undefined ||
    encoding === 'bomb'
  )
}
