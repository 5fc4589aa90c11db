/** Consumers that fetch a key set over https without looking whom they ask. */
import { remote } from './key-sets-ways.ts'
import type { BearerDefect } from './types.ts'

const identity = 'rfc9110#4.3.4-jwks-fetch-verifies-identity'

export const keySetSecured: readonly BearerDefect[] = [
  {
    id: 'keyset-certificate-unchecked',
    does: 'Fetches a set over https from a host that nobody vouches for.',
    breaks: 'must',
    clauses: [identity],
    hosted: true,
    change: remote(({ secured }) => ({ secured: { ...secured, rejectUnauthorized: false } })),
  },
  {
    id: 'keyset-certificate-of-any-name',
    does: 'Fetches a set over https from a host whose certificate is for another name.',
    breaks: 'must',
    clauses: [identity],
    hosted: true,
    change: remote(({ secured }) => ({
      secured: { ...secured, checkServerIdentity: () => undefined },
    })),
  },
  {
    id: 'keyset-https-left',
    does: 'Follows a redirect from https to http on the same host.',
    breaks: 'must',
    clauses: ['rfc9110#4.2.2-jwks-fetch-secured'],
    hosted: true,
    change: remote(({ follows }) => ({
      follows: (from, to) =>
        follows(from, to) || (from.protocol === 'https:' && from.hostname === to.hostname),
    })),
  },
]
