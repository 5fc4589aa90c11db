/** The tables of bytes, changes of text, and faults of the Authorization field. */
import type { Bytes, FieldFault, Letters, TextChange } from '../model/case.ts'
import {
  anyText,
  literal,
  type MembersOf,
  named,
  object,
  optional,
  pattern,
  type Shape,
  text,
  union,
  whole,
} from './shape.ts'

// A megabyte is what cases need; the bound keeps a supplied suite from exhausting the memory.
export const MOST_TIMES: number = 16 * 1024 * 1024

export const hex: Shape<{ readonly $bytes: string }> = object<{ readonly $bytes: string }>({
  $bytes: pattern<string>('bytes in hex', /^(?:[0-9A-Fa-f]{2})+$/, '00ff'),
})
export const repeated: Shape<{ readonly $repeat: string; readonly times: number }> = object<{
  readonly $repeat: string
  readonly times: number
}>({
  $repeat: text(),
  times: whole(1, MOST_TIMES),
})

export const bytes: Shape<Bytes> = named('bytes', () => union(anyText(), hex, repeated))

const letters: Shape<Letters> = literal('lower', 'upper', 'swapped')
const lettersObject = object<{ readonly letters: Letters }>({ letters })

export const textChange: Shape<TextChange> = named('textChange', () =>
  union(
    literal('other', 'empty'),
    lettersObject,
    object<{ readonly append: Bytes }>({ append: bytes }),
    object<{ readonly prepend: Bytes }>({ prepend: bytes }),
    object<{ readonly keepFirst: number }>({ keepFirst: whole(1) }),
    object<{ readonly onlyFirst: number }>({ onlyFirst: whole(1) }),
    object<{ readonly dropLast: number }>({ dropLast: whole(1) }),
    object<{ readonly cutAtLast: string }>({ cutAtLast: text() }),
    object<{ readonly is: Bytes }>({ is: bytes }),
  ),
)

/** The members of a fault that any credential's field can have. */
export const fieldFault: MembersOf<FieldFault> = {
  scheme: optional(
    union(
      lettersObject,
      object<{ readonly word: string }>({ word: text() }),
      object<{ readonly parted: Bytes }>({ parted: bytes }),
      literal('absent'),
    ),
  ),
  separator: optional(bytes),
  before: optional(bytes),
  after: optional(bytes),
  quoted: optional(literal('credentials', 'value')),
  fieldName: optional(union(lettersObject, object<{ readonly is: string }>({ is: text() }))),
  beforeColon: optional(bytes),
  afterColon: optional(bytes),
  beside: optional(
    object<NonNullable<FieldFault['beside']>>({
      what: union(literal('stranger', 'same'), object<{ readonly is: Bytes }>({ is: bytes })),
      place: literal('before', 'after'),
      joined: optional(literal(true)),
    }),
  ),
  carriedIn: optional(
    union(
      object<{ readonly field: string }>({ field: text() }),
      object<{ readonly cookie: string }>({ cookie: text() }),
      object<{ readonly query: string }>({ query: text() }),
      object<{ readonly form: string }>({ form: text() }),
      object<{ readonly json: string }>({ json: text() }),
      literal('trailer', 'userinfo'),
    ),
  ),
}
