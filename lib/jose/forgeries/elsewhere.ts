/** Valid signatures over something else than the text they stand behind (RFC 7515 §5.1). */
import { createHash } from 'node:crypto'
import { type Family, sign } from '../algorithms.ts'
import type { Forgery } from './forgery.ts'

const EVERY_FAMILY: readonly Family[] = ['rsa-pkcs1', 'rsa-pss', 'ecdsa', 'eddsa', 'hmac']

/** What each covers instead; undefined where that would be the same octets. */
const OTHERS: Readonly<
  Record<string, { readonly what: string; readonly of: (header: string, payload: string) => Text }>
> = {
  'over-decoded-text': {
    what: 'the JSON of header and payload, not their base64url',
    of: (header, payload) => Buffer.concat([decoded(header), Buffer.from('.'), decoded(payload)]),
  },
  'over-padded-text': {
    what: 'header and payload with padding that they do not have',
    of: (header, payload) => `${padded(header)}.${padded(payload)}`,
  },
  'over-standard-base64': {
    what: 'header and payload in the standard alphabet',
    of: (header, payload) => `${header}.${payload}`.replaceAll('-', '+').replaceAll('_', '/'),
  },
  'over-payload-alone': { what: 'the payload without the header', of: (_, payload) => payload },
  'over-header-alone': { what: 'the header without the payload', of: (header) => header },
  'over-no-dot': {
    what: 'header and payload without the dot between them',
    of: (header, payload) => header + payload,
  },
  'over-line-end': {
    what: 'the text and a line end',
    of: (header, payload) => `${header}.${payload}\n`,
  },
  'over-digest': {
    what: 'the SHA-256 of the text instead of the text',
    of: (header, payload) => createHash('sha256').update(`${header}.${payload}`).digest(),
  },
}

type Text = string | Buffer

export const elsewhereForgeries: readonly Forgery[] = Object.entries(OTHERS).map(
  ([id, { what, of }]) => ({
    id,
    families: EVERY_FAMILY,
    needs: ['private-key'],
    wrong: `it covers ${what}`,
    make: ({ alg, input, privateKey }) => {
      const [header = '', payload = ''] = Buffer.from(input).toString('latin1').split('.')
      const other = Buffer.from(of(header, payload) as string)
      return privateKey && !other.equals(input) ? sign(alg, privateKey, other) : undefined
    },
  }),
)

function decoded(segment: string): Buffer {
  return Buffer.from(segment, 'base64url')
}

function padded(segment: string): string {
  return segment.padEnd(Math.ceil(segment.length / 4) * 4, '=')
}
