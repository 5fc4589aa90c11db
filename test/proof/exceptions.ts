/** Where the proof has a hole that is known, and why; every entry is held to be needed. */

/** Cases that no mutant proves. */
export const unproven: Readonly<Record<string, string>> = {
  'stranger-refused-token':
    'No server run here takes a scheme of its own; the same rule is proven by stranger-refused-basic.',
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
  'keyset-large-rsa-used':
    'To make a signature with a key so large takes longer than an exchange may.',
  'keyset-certificate-unchecked': 'It takes a key set that is hosted by https, which no run has.',
  'keyset-certificate-of-any-name': 'It takes a key set that is hosted by https, which no run has.',
  'keyset-https-left': 'It takes a key set that is hosted by https, which no run has.',
}
