/** The table of what is wanted of a token as its issuer wrote it. */
import type { IssuedWanted } from '../model/case.ts'
import { literal, named, object, optional, type Shape, some, text, union, whole } from './shape.ts'

const words = some<string, readonly string[]>(text())

export const issuedWanted: Shape<IssuedWanted> = named('issuedWanted', () =>
  object<IssuedWanted>(
    {
      typ: optional(
        union(
          literal('present', 'short'),
          object<{ readonly anyOf: readonly string[] }>({ anyOf: words }),
          object<{ readonly noneOf: readonly string[] }>({ noneOf: words }),
        ),
      ),
      claims: optional(
        some<string | readonly string[], readonly (string | readonly string[])[]>(
          union(text(), words),
        ),
      ),
      lifetime: optional(whole(1)),
      signed: optional(literal(true)),
      uris: optional(words),
    },
    { some: true },
  ),
)
