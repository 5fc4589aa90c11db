/** Verifiers of RSA signatures that search the padding instead of comparing it (RFC 8017 §8.2.2). */
import { constants, type KeyObject, publicDecrypt } from 'node:crypto'
import { checkSignature } from '../../bearer/algorithms.ts'
import { signingInput } from '../../bearer/segments.ts'
import type { Received } from '../../bearer/types.ts'
import { digestOf, numberOf, octetsOf, verifies } from './lax.ts'
import type { BearerDefect } from './types.ts'
import { signedToo } from './ways.ts'

const exact = 'rfc7518#3.3-pkcs1-verify-exact'
const besides = 'benign-key-rs256'
const keys = ['RS256'] as const

/** The DER before a digest: object identifier, NULL and lengths, in hexadecimal. */
const infos: Readonly<Record<string, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
}

/** What the signature holds, in hexadecimal; empty where it cannot be opened. */
const opened = (key: KeyObject, signature: Uint8Array): string => {
  try {
    return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature).toString('hex')
  } catch {
    return ''
  }
}

const info = (hash: string, received: Received): string =>
  `${infos[hash]}${digestOf(hash, received).toString('hex')}`

/** Lets signatures pass whose content looks right to somebody. */
const looksRight = (
  looks: (content: string, wanted: string, received: Received) => boolean,
): BearerDefect['change'] =>
  signedToo(({ key }, received) =>
    looks(opened(key, received.signature), info('sha256', received), received),
  )

export const rsa: readonly BearerDefect[] = [
  {
    id: 'jwt-rsa-nothing-compared',
    does: 'Compares as many octets as are left once the padding is gone: none, for a signature of zeros.',
    breaks: 'must',
    clauses: [exact, 'rfc7515#5.2-signature-must-verify'],
    besides,
    keys,
    change: looksRight(
      (content, _wanted, { signature }) =>
        content.length === signature.length * 2 && /^(?:00)+(?:01)?$/.test(content),
    ),
  },
  {
    id: 'jwt-rsa-tail-ignored',
    does: 'Looks for the hash behind the padding and ignores what follows it.',
    breaks: 'must',
    clauses: [exact],
    besides,
    keys,
    change: looksRight((content, wanted) => {
      const start = /^0001(?:ff){8,}00/.exec(content)?.[0]
      return start !== undefined && content.startsWith(wanted, start.length)
    }),
  },
  {
    id: 'jwt-rsa-padding-unchecked',
    does: 'Skips the padding to the next zero octet without looking at it.',
    breaks: 'must',
    clauses: [exact],
    besides,
    keys,
    change: looksRight((content, wanted) => {
      const end = content.length - wanted.length - 2
      const filler = content.slice(4, end).match(/../g) ?? []
      const isRight = content.startsWith('0001') && content.endsWith(`00${wanted}`)
      return isRight && filler.every((octet) => octet !== '00')
    }),
  },
  {
    id: 'jwt-rsa-block-type-ignored',
    does: 'Takes padding of any block type, that of encryption included.',
    breaks: 'must',
    clauses: [exact],
    besides,
    keys,
    change: looksRight(
      (content, wanted) => /^000[02]/.test(content) && content.endsWith(`00${wanted}`),
    ),
  },
  {
    id: 'jwt-rsa-bare-hash-accepted',
    does: 'Accepts a padded hash that does not say which hash it is.',
    breaks: 'must',
    clauses: [exact],
    besides,
    keys,
    change: looksRight((content, _wanted, received) =>
      new RegExp(`^0001(?:ff){8,}00${digestOf('sha256', received).toString('hex')}$`).test(content),
    ),
  },
  {
    id: 'jwt-rsa-hash-unbound',
    does: 'Believes the signature about its hash, whatever the algorithm says.',
    breaks: 'must',
    clauses: ['rfc7515#10.6-pkcs1-hash-matches-alg', 'rfc7515#5.2-alg-consistent-with-signature'],
    besides,
    keys,
    change: looksRight((content, _wanted, received) =>
      Object.keys(infos).some((hash) =>
        new RegExp(`^0001(?:ff){8,}00${info(hash, received)}$`).test(content),
      ),
    ),
  },
  {
    id: 'jwt-rsa-unreduced-accepted',
    does: 'Takes an RSA signature that is not below the modulus.',
    breaks: 'must',
    clauses: [exact],
    besides,
    keys,
    change: signedToo(({ alg, key }, { segments, signature }) => {
      const { n = '' } = key.export({ format: 'jwk' })
      const modulus = Buffer.from(n, 'base64url')
      const [given, most] = [numberOf(signature), numberOf(modulus)]
      const reduced = octetsOf(given % most, modulus.length)
      return given >= most && checkSignature(alg, key, signingInput(segments), reduced)
    }),
  },
  {
    id: 'jwt-rsa-pss-as-pkcs1',
    does: 'Tries both paddings of RSA, whichever the algorithm names.',
    breaks: 'must',
    clauses: ['rfc7515#5.2-alg-consistent-with-signature', 'rfc8725#3.1-one-algorithm-per-key'],
    besides,
    keys,
    change: signedToo(({ key }, { segments, signature }) =>
      checkSignature('PS256', key, signingInput(segments), signature),
    ),
  },
  {
    id: 'jwt-pss-any-salt',
    does: 'Takes RSASSA-PSS signatures with a salt of any length.',
    breaks: 'must',
    clauses: ['rfc7518#3.5-pss-salt-and-mgf-hash'],
    besides: 'benign-key-ps256',
    keys: ['PS256'],
    change: signedToo(({ key }, received) =>
      verifies(
        'sha256',
        {
          key,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_AUTO,
        },
        received,
        received.signature,
      ),
    ),
  },
]
