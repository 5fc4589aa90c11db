/** All variations of the bearer server, by kind. */

import { accessTokens, benignAccessTokens } from './access-tokens.ts'
import { algorithm } from './algorithm.ts'
import { benignAnswers } from './benign-answers.ts'
import { benignKeys } from './benign-keys.ts'
import { benignPublished } from './benign-published.ts'
import { benignVerifiers } from './benign-verifiers.ts'
import { challenges } from './challenge.ts'
import { elsewhere } from './elsewhere.ts'
import { encoding } from './encoding.ts'
import { field } from './field.ts'
import { headers } from './header.ts'
import { hmacs } from './hmac.ts'
import { issued } from './issued.ts'
import { benignKeySets } from './key-sets-benign.ts'
import { keySetChoice } from './key-sets-choice.ts'
import { keySetDocuments } from './key-sets-documents.ts'
import { keySetEntries } from './key-sets-entries.ts'
import { keySetKeeping } from './key-sets-keeping.ts'
import { keySetSecured, keySetSecuredBenign } from './key-sets-secured.ts'
import { keySetShapes } from './key-sets-shapes.ts'
import { keySetStrength } from './key-sets-strength.ts'
import { keySetTrust } from './key-sets-trust.ts'
import { keySetUpsets } from './key-sets-upsets.ts'
import { keys } from './keys.ts'
import { lines } from './lines.ts'
import { lookalikes } from './lookalikes.ts'
import { benignMetadata, metadataDefects } from './metadata.ts'
import { nested } from './nested.ts'
import { parties } from './parties.ts'
import { places } from './places.ts'
import { pss } from './pss.ts'
import { publishedDefects } from './published.ts'
import { refusal } from './refusal.ts'
import { rsa } from './rsa.ts'
import { scope } from './scope.ts'
import { secrets } from './secrets.ts'
import { signature } from './signature.ts'
import { stores } from './stores.ts'
import { texts } from './texts.ts'
import { times } from './times.ts'
import type { BearerDefect, BearerVariation } from './types.ts'
import { universalBearer } from './universal.ts'
import { upsets } from './upsets.ts'

const keySetDefects: readonly BearerDefect[] = [
  ...keySetKeeping,
  ...keySetDocuments,
  ...keySetEntries,
  ...keySetTrust,
  ...keySetStrength,
  ...keySetSecured,
  ...keySetChoice,
  ...keySetShapes,
  ...keySetUpsets,
]

/** Each case on a hosted set publishes new keys: whoever never gets to them is wrong in all of them. */
const spoilingAll: ReadonlySet<string> = new Set([
  'keyset-added-key-missed',
  'keyset-first-set-kept',
  'keyset-fetched-once',
  'keyset-unknown-kid-remembered',
  'keyset-gives-up',
  'keyset-first-key-always',
  'keyset-last-key-always',
  'keyset-one-signer-only',
])

/** Only narrow mutants break a level. */
const unleveled = ({ breaks: _, ...each }: BearerDefect): BearerVariation => each

/** What real consumers do as a rule, and no text forbids. */
const usual: ReadonlySet<string> = new Set(['keyset-dropped-for-no-object'])

/** One realistic defect each. */
export const narrow: readonly BearerDefect[] = [
  ...algorithm,
  ...secrets,
  ...keys,
  ...keySetDefects.filter(({ id }) => !spoilingAll.has(id) && !usual.has(id)),
  ...signature,
  ...rsa,
  ...pss,
  ...hmacs,
  ...headers,
  ...encoding,
  ...texts,
  ...times,
  ...parties,
  ...lookalikes,
  ...nested,
  ...issued,
  ...accessTokens,
  ...upsets,
  ...field,
  ...lines,
  ...stores,
  ...places,
  ...elsewhere,
  ...challenges,
  ...refusal,
  ...scope,
  ...metadataDefects,
  ...publishedDefects,
]

/** Wrong through and through. */
export const universal: readonly BearerVariation[] = [
  ...universalBearer,
  ...keySetDefects.filter(({ id }) => spoilingAll.has(id)).map(unleveled),
]

/** Legitimate but unusual. */
export const benign: readonly BearerVariation[] = [
  ...benignKeys,
  ...benignKeySets,
  ...keySetSecuredBenign,
  ...benignVerifiers,
  ...benignAnswers,
  ...benignMetadata,
  ...benignAccessTokens,
  ...benignPublished,
  ...keySetDefects.filter(({ id }) => usual.has(id)).map(unleveled),
]
