import type { CertificateFacts, CertificateWanted } from '../model/channel.ts'
import type { Checked } from './check.ts'

/** One property of a certificate: what is wanted, and what came. */
interface Property {
  readonly wanted: string
  readonly look: (facts: CertificateFacts) => Pick<Checked, 'got' | 'holds'>
}

const DAY = 86_400_000
/** Days before its end at which a certificate that is renewed by itself would have been. */
const SOON = 14
/** RFC 9325 §4.5. */
const RSA_BITS = 2048
const CURVE_BITS = 224

const weakHashes: ReadonlySet<string> = new Set(['md2', 'md4', 'md5', 'sha1'])

const curveBits: Readonly<Record<string, number>> = {
  'P-192': 192,
  'P-224': 224,
  'P-256': 256,
  'P-384': 384,
  'P-521': 521,
}

/** Bits of a curve, by its name here or in OpenSSL, such as `secp160r1`. */
const sizeOf = (curve: string): number | undefined =>
  curveBits[curve] ?? (Number(/(?:sec[pt]|wtls|brainpoolP)(\d{3})/.exec(curve)?.[1]) || undefined)

const day = (time: number): string => new Date(time).toISOString().slice(0, 10)

const keyWords = ({ keyType, keyBits, curve }: CertificateFacts): string =>
  `${keyType}${keyBits === undefined ? '' : ` of ${keyBits} bits`}${curve === undefined ? '' : ` on ${curve}`}`

const holdsOr = (right: boolean, got: string): Pick<Checked, 'got' | 'holds'> => ({
  got,
  holds: right,
})

const strongCurve = (facts: CertificateFacts): Pick<Checked, 'got' | 'holds'> => {
  const bits = facts.curve === undefined ? undefined : sizeOf(facts.curve)
  if (facts.keyType !== 'ec') return { got: keyWords(facts), holds: true }
  return { got: keyWords(facts), holds: bits === undefined ? 'unknown' : bits >= CURVE_BITS }
}

const properties: Readonly<Record<CertificateWanted, Property>> = {
  trusted: {
    wanted: 'a path to a trusted authority',
    look: ({ trusted }) => holdsOr(trusted === true, trusted === true ? 'such a path' : trusted),
  },
  'not-self-signed': {
    wanted: 'another issuer than itself, or trust in it',
    look: ({ selfSigned, trusted }) =>
      holdsOr(!selfSigned || trusted === true, selfSigned ? 'signed by itself' : 'another issuer'),
  },
  'in-date': {
    wanted: 'in force today',
    look: ({ from, until, now }) =>
      holdsOr(from <= now && now <= until, `in force from ${day(from)} to ${day(until)}`),
  },
  lasts: {
    wanted: `${SOON} days left or more`,
    look: ({ until, now }) =>
      // What has run out is another matter.
      holdsOr(
        until < now || until - now >= SOON * DAY,
        `${Math.floor((until - now) / DAY)} days left`,
      ),
  },
  'for-host': {
    wanted: 'a subjectAltName that is the host',
    look: ({ host, forHost }) => holdsOr(forHost === true, forHost === true ? host : forHost),
  },
  'strong-key': {
    wanted: `${RSA_BITS} bits or more, where it is RSA`,
    look: (facts) =>
      holdsOr(
        !facts.keyType.startsWith('rsa') || (facts.keyBits ?? 0) >= RSA_BITS,
        keyWords(facts),
      ),
  },
  'strong-curve': { wanted: `a curve of ${CURVE_BITS} bits or more`, look: strongCurve },
  'usual-curve': {
    wanted: 'P-256, where it is for ECDSA',
    look: (facts) => holdsOr(facts.keyType !== 'ec' || facts.curve === 'P-256', keyWords(facts)),
  },
  'strong-hash': {
    wanted: 'no signature with MD5 or SHA-1',
    look: ({ hashes }) =>
      holdsOr(!hashes.some((hash) => weakHashes.has(hash)), hashes.join(', ') || 'none to look at'),
  },
  'usual-hash': {
    wanted: 'SHA-256, where it is RSA',
    look: ({ hashes, keyType }) =>
      holdsOr(!keyType.startsWith('rsa') || hashes[0] === 'sha256', hashes[0] ?? 'unknown'),
  },
}

/** What is wanted of a certificate, in words. */
export const sayCertificate = (wanted: CertificateWanted): string => properties[wanted].wanted

/** Looks at one property of a certificate. */
export const lookAtCertificate = (
  wanted: CertificateWanted,
  facts: CertificateFacts,
): Pick<Checked, 'got' | 'holds'> => properties[wanted].look(facts)
