/** Consumers that fetch a key set over https without looking whom they ask, or how. */
import { connect } from 'node:net'
import type { RemoteRules } from '../../bearer/remote/types.ts'
import { remote } from './key-sets-ways.ts'
import { type BearerChange, type BearerDefect, type BearerVariation, both } from './types.ts'

const identity = 'rfc9110#4.3.4-jwks-fetch-verifies-identity'

const secured = (more: Partial<RemoteRules['secured']>): BearerChange =>
  remote((rules) => ({ secured: { ...rules.secured, ...more } }))

const inBackground: BearerChange = remote(() => ({ waits: false }))

/** Fetches from another URL where the first gave nothing. */
const orElse = (other: (url: URL) => string): BearerChange =>
  remote(({ get }) => ({
    get: async (rules, url, held, closing) =>
      (await get(rules, url, held, closing)) ?? get(rules, other(new URL(url)), held, closing),
  }))

/** A hello of TLS 1.2 with one suite and no extension, as libraries wrote it before RFC 5746. */
const oldHello: Buffer = Buffer.concat([
  Buffer.from('160301002d0100002903', 'hex'),
  Buffer.from('03', 'hex'),
  Buffer.alloc(32, 7),
  Buffer.from('000002c02b0100', 'hex'),
])

/** Says hello and leaves, whatever comes. */
const knock = (url: URL): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(Number(url.port), url.hostname, () => socket.write(oldHello))
    socket.on('data', () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.setTimeout(200, () => socket.destroy())
    socket.on('close', () => resolve())
  })

export const keySetSecured: readonly BearerDefect[] = [
  {
    id: 'keyset-certificate-unchecked',
    does: 'Fetches a set over https from a host that nobody vouches for.',
    breaks: 'must',
    clauses: [identity],
    hosted: 'https',
    change: secured({ rejectUnauthorized: false }),
  },
  {
    id: 'keyset-certificate-of-any-name',
    does: 'Fetches a set over https from a host whose certificate is for another name.',
    breaks: 'must',
    clauses: [identity],
    hosted: 'https',
    change: secured({ checkServerIdentity: () => undefined }),
  },
  {
    id: 'keyset-unchecked-in-background',
    does: 'Fetches a set from a host that nobody vouches for, and judges tokens by the last one meanwhile.',
    breaks: 'must',
    clauses: [identity],
    hosted: 'https',
    besides: 'benign-keyset-in-background',
    change: both(inBackground, secured({ rejectUnauthorized: false })),
  },
  {
    id: 'keyset-http-for-want-of-https',
    does: 'Fetches a set over http from the same host and port where https gives none.',
    breaks: 'must',
    clauses: ['rfc9110#4.2.2-jwks-fetch-secured'],
    hosted: 'https',
    change: orElse((url) => Object.assign(url, { protocol: 'http:' }).href),
  },
  {
    id: 'keyset-https-left',
    does: 'Follows a redirect from https to http on the same host.',
    breaks: 'should',
    clauses: ['house#key-set-stays-at-its-origin'],
    hosted: 'https',
    change: remote(({ follows }) => ({
      follows: (from, to) =>
        follows(from, to) || (from.protocol === 'https:' && from.hostname === to.hostname),
    })),
  },
  {
    id: 'keyset-old-tls',
    does: 'Fetches a set over TLS 1.0 and 1.1 where nothing later is spoken.',
    breaks: 'must',
    clauses: ['rfc9325#3.1.3-no-fallback'],
    hosted: 'https',
    change: secured({ minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }),
  },
  {
    id: 'keyset-old-hello',
    does: 'Says hello as of before renegotiation was made safe, and then as of today.',
    breaks: 'must',
    clauses: ['rfc9325#3.5-client-renegotiation-info'],
    hosted: 'https',
    change: remote(({ get }) => ({
      get: async (rules, url, held, closing) => {
        await knock(new URL(url))
        return get(rules, url, held, closing)
      },
    })),
  },
  {
    id: 'keyset-without-sha-256',
    does: 'Takes signatures with SHA-384 alone where it fetches a set over https.',
    breaks: 'must',
    clauses: ['rfc9325#4.5-client-requests-sha256'],
    hosted: 'https',
    change: secured({ sigalgs: 'ECDSA+SHA384:RSA+SHA384', maxVersion: 'TLSv1.2' }),
  },
]

/** Consumers that fetch it over https in another way than most, and right. */
export const keySetSecuredBenign: readonly BearerVariation[] = [
  {
    id: 'benign-keyset-in-background',
    does: 'Judges tokens by the set that it has, and fetches another behind their back.',
    clauses: [],
    hosted: 'https',
    change: inBackground,
  },
  {
    id: 'benign-keyset-tls-13-only',
    does: 'Fetches a set over TLS 1.3 alone.',
    clauses: [],
    hosted: 'https',
    change: secured({ minVersion: 'TLSv1.3' }),
  },
  {
    id: 'benign-keyset-tls-12-only',
    does: 'Fetches a set over TLS 1.2 alone.',
    clauses: [],
    hosted: 'https',
    change: secured({ maxVersion: 'TLSv1.2' }),
  },
]
