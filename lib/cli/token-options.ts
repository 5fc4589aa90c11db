import { type ReadKeyFile, readPublicKey, readSigningKey } from '../credentials/jwt/key-files.ts'
import type { Json } from '../model/json.ts'
import type { SigningKey, Supplied } from '../model/profile.ts'
import { parseJsonSafely } from '../text/json.ts'
import { hostedClaims, readHosted } from './hosted-option.ts'
import type { Given } from './option.ts'
import { defined } from './run-settings.ts'
import { type ReadFile, readNamed, type Settings } from './settings.ts'
import { UsageError } from './usage-error.ts'
import { one } from './values.ts'

/** What the options on signed tokens supply. */
export type ReadTokens = Pick<Supplied, 'publicKey' | 'signingKey' | 'hosted'>

/** Options that say what a signed token carries, and mean nothing without a key to sign it. */
const described = ['kid', 'issuer', 'audience', 'claims'] as const

/** The text of a key file that can be read as what it is for; no sentence shows any of it. */
function readKey(given: Given, readFile: ReadFile, read: (text: string) => ReadKeyFile): string {
  const text = readNamed(given.text, given.source, readFile)
  const found = read(text)
  if ('key' in found) return text
  throw new UsageError('bad-value', `${given.source.name}: ${found.fault}`)
}

function readClaims(given: Given, readFile: ReadFile): { readonly [name: string]: Json } {
  const read = parseJsonSafely(readNamed(given.text, given.source, readFile))
  if ('fault' in read) {
    // The parser's own sentence may quote the file.
    const { line, column } = read.at
    throw new UsageError(
      'bad-value',
      `${given.source.name}: ${given.text} is not JSON (line ${line}, column ${column}).`,
    )
  }
  const { value } = read
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    // What was read from JSON text is JSON.
    return value as { readonly [name: string]: Json }
  }
  throw new UsageError('bad-value', `${given.source.name}: ${given.text} is not a JSON object.`)
}

function claimsOf(settings: Settings, readFile: ReadFile): SigningKey['claims'] {
  const claims = one(settings, 'claims')
  return claims === undefined ? undefined : readClaims(claims, readFile)
}

function readSigning(
  settings: Settings,
  readFile: ReadFile,
  hosts: boolean,
): SigningKey | undefined {
  const given = one(settings, 'signing-key')
  if (given === undefined) {
    // What is hosted signs with a key of its own, under a kid of its own.
    const needy = hosts ? (['kid'] as const) : described
    const stray = needy.flatMap((name) => one(settings, name) ?? [])[0]
    if (stray === undefined) return undefined
    throw new UsageError(
      'bad-value',
      `${stray.source.name} says what a token carries, but there is no key to sign one.`,
      hosts ? undefined : 'Give --signing-key FILE.',
    )
  }
  return {
    key: readKey(given, readFile, readSigningKey),
    ...defined({
      kid: one(settings, 'kid')?.text,
      issuer: one(settings, 'issuer')?.text,
      audience: one(settings, 'audience')?.text,
      claims: claimsOf(settings, readFile),
    }),
  }
}

/** Reads the options on keys and signed tokens. Throws UsageError; no sentence shows a key. */
export function readTokens(settings: Settings, readFile: ReadFile): ReadTokens {
  const publicKey = one(settings, 'public-key')
  const hosted = readHosted(settings, readFile)
  return defined({
    publicKey: publicKey === undefined ? undefined : readKey(publicKey, readFile, readPublicKey),
    signingKey: readSigning(settings, readFile, hosted !== undefined),
    hosted: hosted && hostedClaims(settings, hosted, claimsOf(settings, readFile)),
  })
}
