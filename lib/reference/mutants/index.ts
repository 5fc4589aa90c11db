/** The catalogue of mutants, as data for readers and as changes for the server. */
import { base64 } from './base64.ts'
import * as bearerFamilies from './bearer/index.ts'
import type { BearerChange } from './bearer/types.ts'
import { benign } from './benign.ts'
import { benignWire } from './benign-wire.ts'
import { challenge } from './challenge.ts'
import { duplicates } from './duplicates.ts'
import { elsewhere } from './elsewhere.ts'
import { fields } from './fields.ts'
import { grantedAnswers } from './granted.ts'
import * as httpsFamilies from './https/index.ts'
import type { HttpsChange } from './https/types.ts'
import { messages } from './messages.ts'
import { methods } from './methods.ts'
import { passwords } from './passwords.ts'
import { permission } from './permission.ts'
import { refusal } from './refusal.ts'
import { scheme } from './scheme.ts'
import { sizes } from './sizes.ts'
import { text } from './text.ts'
import type { Change, Mutant, ReferenceSystem, Variation } from './types.ts'
import { universal } from './universal.ts'
import { userPass } from './user-pass.ts'

interface Entry<C> {
  readonly mutant: Mutant
  readonly change: C
}

const entriesOf =
  (system: ReferenceSystem) =>
  <C>(kind: Mutant['kind'], ...families: (readonly Variation<C>[])[]): readonly Entry<C>[] =>
    families.flat().map(({ change, ...about }) => ({ mutant: { ...about, system, kind }, change }))

const generic = entriesOf('generic')
const bearer = entriesOf('bearer')

const genericCatalogue: readonly Entry<Change>[] = [
  ...generic(
    'narrow',
    base64,
    userPass,
    passwords,
    permission,
    text,
    scheme,
    duplicates,
    elsewhere,
    fields,
    sizes,
    messages,
    challenge,
    refusal,
    methods,
    grantedAnswers,
  ),
  ...generic('universal', universal),
  ...generic('benign', benign, benignWire),
]

const bearerCatalogue: readonly Entry<BearerChange>[] = [
  ...bearer('narrow', bearerFamilies.narrow),
  ...bearer('universal', bearerFamilies.universal),
  ...bearer('benign', bearerFamilies.benign),
]

const https = entriesOf('https')

const httpsCatalogue: readonly Entry<HttpsChange>[] = [
  ...https('narrow', httpsFamilies.narrow),
  ...https('benign', httpsFamilies.benign),
]

/** Every mutant of the server with two doors, as plain data. */
export const httpsMutants: readonly Mutant[] = httpsCatalogue.map(({ mutant }) => mutant)

/** Every mutant of the generic server, as plain data. */
export const mutants: readonly Mutant[] = genericCatalogue.map(({ mutant }) => mutant)

/** Every mutant of the bearer server, as plain data. */
export const bearerMutants: readonly Mutant[] = bearerCatalogue.map(({ mutant }) => mutant)

const named = <C>(catalogue: readonly Entry<C>[], id: string): Entry<C> | undefined =>
  catalogue.find(({ mutant }) => mutant.id === id)

/** What a mutant of the generic server changes; undefined where there is none of that name. */
export const changeOf = (id: string): Change | undefined => named(genericCatalogue, id)?.change

/** A mutant of the bearer server with what it changes; undefined where there is none of that name. */
export const bearerMutant = (id: string): Entry<BearerChange> | undefined =>
  named(bearerCatalogue, id)

/** What a mutant of the server with two doors changes; undefined where there is none of that name. */
export const httpsChangeOf = (id: string): HttpsChange | undefined =>
  named(httpsCatalogue, id)?.change
