import type { FieldLine, Labelled, Request } from '../model/exchange.ts'
import { nameOf, textOf } from './serialise.ts'

/** What the Connection field says where the request has none: whether the connection is kept. */
export type Habit = 'close' | 'keep-alive'

const payloadMethods: ReadonlySet<string> = new Set([
  'PUT',
  'POST',
  'PATCH',
  'QUERY',
  'PROPFIND',
  'PROPPATCH',
])

/** True for methods whose requests undici always frames: with no content it states length 0. */
export const isPayloadMethod = (method: string): boolean => payloadMethods.has(method)

const written = (name: string, text: string): FieldLine => ({
  name: [{ text: name }],
  value: [{ text }],
})

const has = (fields: readonly FieldLine[], name: string): boolean =>
  fields.some((line) => nameOf(line) === name)

const framingOf = (request: Request): FieldLine[] => {
  const { fields, method } = request
  if (has(fields, 'transfer-encoding')) return []
  if (request.trailers !== undefined) return [written('transfer-encoding', 'chunked')]
  const length = textOf(request.body ?? []).length
  const needless = length === 0 && !isPayloadMethod(method)
  return needless || has(fields, 'content-length') ? [] : [written('content-length', `${length}`)]
}

/**
 * The request with what it lacks, at the end of its fields: a Connection line that says `habit`, and
 * a line that frames the content where there is some. A missing Host is not added, and lines that
 * are there are left alone.
 */
export const complete = (request: Request, habit: Habit): Request => ({
  ...request,
  fields: [
    ...request.fields,
    ...(has(request.fields, 'connection') ? [] : [written('connection', habit)]),
    ...framingOf(request),
  ],
})

const lower = (labelled: Labelled): Labelled =>
  labelled.map((span) => ({ ...span, text: span.text.toLowerCase() }))

/** The only line of that name, with its name in lower case. */
const only = (fields: readonly FieldLine[], name: string): FieldLine[] => {
  const lines = fields.filter((line) => nameOf(line) === name)
  return lines.length === 1 ? lines.map((line) => ({ ...line, name: lower(line.name) })) : []
}

/**
 * A complete request in undici's order and spelling: `host` first, `connection` second and
 * `content-length` last, the others as they were. Lines that occur twice stay where they are.
 */
export const tidy = (request: Request): Request => {
  const { fields } = request
  const host = only(fields, 'host')
  const connection = only(fields, 'connection')
  const length = only(fields, 'content-length')
  const moved = new Set([...host, ...connection, ...length].map(nameOf))
  const others = fields.filter((line) => !moved.has(nameOf(line)))
  return { ...request, fields: [...host, ...connection, ...others, ...length] }
}
