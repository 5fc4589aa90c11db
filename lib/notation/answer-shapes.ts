/** The tables of what is wanted of single fields of an answer. */
import type { FieldWanted, HstsWanted, RedirectWanted } from '../model/case.ts'
import { boolean, literal, named, object, optional, type Shape, some, text } from './shape.ts'

const words = some<string, readonly string[]>(text())

export const fieldWanted: Shape<FieldWanted> = named('fieldWanted', () =>
  object<FieldWanted>({
    name: text(),
    present: optional(boolean()),
    freeOf: optional(words),
    lists: optional(words),
    listsAny: optional(words),
    syntax: optional(literal('retry-after', 'auth-params', 'uri-without-userinfo')),
    secretsAre: optional(literal('Secure')),
    cookiesAre: optional(literal('Secure')),
  }),
)

export const redirectWanted: Shape<RedirectWanted> = named('redirectWanted', () =>
  object<RedirectWanted>(
    {
      to: optional(literal('https')),
      host: optional(literal('same')),
      elsewhere: optional(literal(true)),
      omits: optional(text()),
    },
    { some: true },
  ),
)

export const hstsWanted: Shape<HstsWanted> = literal(
  'grammar',
  'once',
  'max-age',
  'bare',
  'single',
  'lasting',
  'subdomains',
)
