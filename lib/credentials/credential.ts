import type { Target } from '../model/profile.ts'
import type { Random } from '../text/random.ts'
import type { Placed } from './field.ts'
import type { Moment } from './jwt/base.ts'
import type { Keyring } from './jwt/keyring.ts'

export type { Missing } from './missing.ts'

/** A credential ready for a request, with what a reader and the budget need to know of it. */
export interface Credential {
  readonly placed: Placed
  /** The credential in words, faults apart. */
  readonly say: string
  readonly faults: readonly string[]
  /** Present where its refusal is a failed log-in; `user` where one can be named. */
  readonly login?: { readonly user?: string }
  /** The secret forms that are sent, faulted ones too: no answer and no report may repeat them. */
  readonly secrets: readonly string[]
  /** A signed token that is sent, and what of it is not chance. */
  readonly token?: { readonly text: string; readonly essence: string }
}

/** All that a credential is made from. */
export interface Source {
  readonly target: Target
  readonly random: Random
  readonly keyring: Keyring
  readonly moment: Moment
  /** A URL of the tool's own listener where a document about a foreign key lies, if there is one. */
  readonly callback?: (alg: string, document: string) => string
  /** The account that is meant where a case names none; `default` where absent. */
  readonly account?: string
  /** Members of JSON content that Basic credentials travel in. */
  readonly members?: { readonly user: string; readonly password: string }
}

/** Where a credential stands that is not sent. */
export const nowhere: Placed = { lines: [], trailers: [] }
