/** The words for what is wanted of a key set that was published. */
import type { KeySetHas, KeySetWanted } from '../model/case.ts'
import { literal, named, type Shape } from './shape.ts'

export const keySetWanted: Shape<KeySetWanted> = named('keySetWanted', () =>
  literal(
    'well-formed',
    'public',
    'one-purpose',
    'agreeing-purpose',
    'related-operations',
    'operations-once',
    'kids-distinct',
    'ec-members',
    'rsa-members',
    'rsa-minimal',
    'rsa-2048',
  ),
)

export const keySetHas: Shape<KeySetHas> = named('keySetHas', () =>
  literal(
    'json',
    'keys',
    'purpose',
    'two-purposes',
    'operations',
    'kids',
    'EC',
    'RSA',
    'RSA-for-signatures',
  ),
)
