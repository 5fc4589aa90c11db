/** Where the proof has a hole that is known, and why; every entry is held to be needed. */

/** Cases that no mutant proves. */
export const unproven: Readonly<Record<string, string>> = {
  'stranger-refused-token':
    'No server run here takes a scheme of its own; the same rule is proven by stranger-refused-basic.',
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
