/** The table of what is wanted of JSON content. */
import type { JsonForm, JsonWanted, ListForm } from '../model/case.ts'
import { literal, named, object, optional, record, type Shape, some, text, union } from './shape.ts'
import { jsonPointer } from './word-shapes.ts'

const words = some<string, readonly string[]>(text())

const jsonForm: Shape<JsonForm> = named('jsonForm', () =>
  union(
    literal('present', 'object', 'filled', 'url', 'https-url', 'target', 'target-or-above'),
    object<{ readonly hasAny: readonly string[] }>({ hasAny: words }),
    object<ListForm, Extract<JsonForm, ListForm>>(
      { lists: optional(words), omits: optional(words) },
      { some: true },
    ),
  ),
)

export const jsonWanted: Shape<JsonWanted> = named('jsonWanted', () =>
  record<JsonWanted>(jsonPointer, jsonForm, { some: true }),
)
