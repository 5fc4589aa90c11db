import type { VendorSystem } from '../../lib/reference/start.ts'

/** Where the proof has a hole that is known, and why; every entry is held to be needed. */

/** Cases that no mutant proves. */
export const unproven: Readonly<Record<string, string>> = {
  'token-scheme-spellings':
    'The server run here that takes a scheme of its own documents that it has one spelling; the same rule is proven by basic-scheme-case.',
  'tls-12':
    'A server without TLS 1.2 gives a dozen cases nothing to look at, so that none that breaks this case is narrow.',
}

/** Warnings against servers that are unusual and right: each says something true of them. */
export const trueOfBenign: readonly {
  readonly mutant: string
  readonly case: string
  readonly whyTrue: string
}[] = [
  {
    mutant: 'benign-challenge-extra-parameter',
    case: 'basic-challenge-parameters',
    whyTrue: 'RFC 7617 §2 defines realm and charset only, and clients ignore the parameter.',
  },
  {
    mutant: 'benign-empty-401',
    case: 'refusal-explained',
    whyTrue: 'RFC 9110 §15.5 says that a 4xx should explain itself, and this one says nothing.',
  },
  {
    mutant: 'benign-closes-unannounced',
    case: 'early-answer-announces-close',
    whyTrue:
      'RFC 9110 §10.1.1 says that an early answer should announce the close that follows it.',
  },
  {
    mutant: 'benign-tls12-only',
    case: 'tls-13',
    whyTrue: 'RFC 9325 §3.1.1 says that a server should speak TLS 1.3, and this one does not.',
  },
  {
    mutant: 'benign-dhe',
    case: 'tls-suite-dhe',
    whyTrue: 'RFC 9325 §4.1 says that TLS 1.2 should not use finite fields, and this one does.',
  },
]

/** Mutants that answer at random: what they are told depends on the order of requests. */
export const random: ReadonlySet<string> = new Set([
  'bad-node',
  'random-bodies',
  'resets-2-percent',
  'resets-10-percent',
  'unknown-200',
])

/** Mutants that no run can tell from the conforming server, and why; their unit tests can. */
export const unmet: Readonly<Record<string, string>> = {
  'keyset-fetched-per-waiting-token':
    'Only a server that has just been started waits for its first set, and no run starts one.',
  'keyset-redirects-without-end':
    'It ends at the time-out of the fetch, as one that counts its redirects ends at their number.',
  'keyset-last-ten-only':
    'The key of a case stands before the one that the run began with, and never before ten others.',
  'keyset-large-rsa-used':
    'To make a signature with a key so large takes longer than an exchange may.',
}
/** What is said of a stand-in that keeps to its documentation. */
export interface SaidOfStandIn {
  readonly systems: readonly VendorSystem[]
  readonly verdict: 'warn' | 'note' | 'inconclusive'
  readonly cases: readonly string[]
  readonly whyTrue: string
  /** Said where it reads a key set of the tester, and nowhere else. */
  readonly hosted?: true
}

const dataApis = ['singlestore', 'singlestore-helios'] as const

/** Every non-pass of the stand-ins, which do what their documentation leaves open as the originals do. */
export const saidOfStandIns: readonly SaidOfStandIn[] = [
  {
    systems: [...dataApis, 'freesewing', 'influxdb-cloud-serverless'],
    verdict: 'warn',
    cases: ['authorization-two-blanks'],
    whyTrue: 'RFC 9110 §11.4 allows further spaces after the scheme, and the server does not.',
  },
  {
    systems: [...dataApis, 'freesewing', 'influxdb-cloud-serverless'],
    verdict: 'note',
    cases: ['hsts-declared', 'tls-name-unknown', 'tls-suite-stronger'],
    whyTrue: 'They speak TLS as Node does, whatever the name, and none declares HSTS itself.',
  },
  {
    systems: [...dataApis, 'freesewing', 'influxdb-cloud-serverless'],
    verdict: 'note',
    cases: ['authorization-two-lines', 'authorization-same-twice'],
    whyTrue: 'The first of two lines counts, which RFC 9110 neither allows nor forbids a server.',
  },
  {
    systems: [...dataApis, 'freesewing'],
    verdict: 'note',
    cases: ['bearer-two-lines', 'bearer-same-twice'],
    whyTrue: 'The first of two lines counts, which RFC 9110 neither allows nor forbids a server.',
  },
  {
    systems: dataApis,
    verdict: 'note',
    cases: ['bearer-two-blanks', 'bearer-invalid-token-error'],
    whyTrue: 'The page has one space after the method, and says nothing of what a challenge says.',
  },
  {
    systems: dataApis,
    verdict: 'inconclusive',
    cases: ['method-unsafe-anonymous', 'method-unsafe-no-success'],
    whyTrue: 'The method of the operation is POST already, so that POST is no fault there.',
  },
  {
    systems: dataApis,
    hosted: true,
    verdict: 'warn',
    cases: ['jwks-secret-refused'],
    whyTrue: 'HMAC is among the algorithms that its keys may have, and all of the set can be read.',
  },
  {
    systems: ['freesewing'],
    verdict: 'warn',
    cases: [
      'authorization-joined',
      'authorization-quoted',
      'authorization-trailing-text',
      'basic-embedded-whitespace',
      'basic-foreign-characters',
      'basic-other-scheme',
      'basic-padding-absent',
      'basic-padding-inside',
      'bearer-trailing-text',
    ],
    whyTrue: 'passport-http and passport-jwt look for a word and decode leniently what follows it.',
  },
  {
    systems: ['freesewing'],
    verdict: 'note',
    cases: [
      'basic-extra-colon',
      'basic-padding-excess',
      'basic-trailing-bits',
      'bearer-tab-after-scheme',
      'jwt-issued-scope',
      'jwt-issued-short-lived',
    ],
    whyTrue: 'The packages do so, and tokens are good for a week and for everything.',
  },
  {
    systems: ['freesewing', 'influxdb-cloud-serverless'],
    verdict: 'note',
    cases: ['challenge-with-every-401'],
    whyTrue: 'Their 401 has no challenge, which is a documented deviation of both profiles.',
  },
]
