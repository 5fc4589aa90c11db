/** What the text says: an obligation, a recommendation, a permission, or a vendor's own sentence. */
export type Level = 'must' | 'should' | 'may' | 'documented'

/**
 * Where a clause's level comes from. `keyword`: a BCP 14 keyword stands in the text. `definition`:
 * the text states it as fact or grammar. `inferred`: the keyword binds the other party and the duty
 * of the server is our inference. `guidance`: prose without a keyword. `documented`: a sentence of a
 * vendor's documentation. `house`: a practice no text orders.
 */
export type Basis = 'keyword' | 'definition' | 'inferred' | 'guidance' | 'documented' | 'house'

/** What a tester must have before the clause says anything about a server. */
export type Observable =
  | 'yes'
  | 'with-credentials'
  | 'with-signing-key'
  | 'with-hosted-jwks'
  | 'with-tls'
  | 'timing'
  | 'no'

/** `rfc9110#11.6.1-401-has-www-authenticate`, `influxdb#S3-14`, `house#refetch-is-bounded`. */
export type ClauseId = `${string}#${string}`

/** One requirement, stated once and cited everywhere. */
export interface Clause {
  readonly id: ClauseId
  /** What the text says; how strong a line resting on this clause may be is `strengthOf`. */
  readonly level: Level
  readonly basis: Basis
  /** The text's own keyword, or `BCP` for prose without one. */
  readonly keyword: 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY' | 'BCP' | 'documented'
  /** The part of the inventory it belongs to, such as `core` or `jwt`. */
  readonly area: string
  /** As a reader would cite it: `RFC 9110 §11.6.1`. */
  readonly where: string
  readonly url: string
  /** Our one-sentence paraphrase. */
  readonly says: string
  readonly observable: Observable
  /** Where the sentence was read: rows not read in a published text are at most `should`. */
  readonly source: 'text' | 'draft'
  /** Why nothing outside the server can decide it; present where `observable` is `no`. */
  readonly unobservable?: string
  /** Outside the denominator of coverage (drafts, Digest, house practices, vendor sentences). */
  readonly uncounted?: true
}
