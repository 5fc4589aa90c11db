/** The rules of a server that keeps to RFC 9110 and RFC 9112 and takes nothing on trust. */
import { strictFraming } from './framing.ts'
import {
  strictFieldLine,
  strictFieldValue,
  strictLines,
  strictStartLine,
  strictUnfold,
} from './head.ts'
import { strictHost, strictTarget } from './target.ts'
import { type Head, type HttpRules, valuesOf } from './types.ts'
import {
  strictEncode,
  strictFinish,
  strictHasContent,
  strictRefuse,
  strictTooLarge,
} from './write.ts'

const listOf = (head: Head, name: string): readonly string[] =>
  valuesOf(head.fields, name).flatMap((value) =>
    value.split(',').map((member) => member.trim().toLowerCase()),
  )

/** Persistent unless the sender says otherwise; HTTP/1.0 is never kept (RFC 9112 §9.3). */
const staysOpen = (head: Head): boolean =>
  head.start.version !== 'HTTP/1.0' && !listOf(head, 'connection').includes('close')

/** RFC 9110 §10.1.1: a 100 expectation of an HTTP/1.0 request is ignored. */
const expectsContinue = (head: Head): boolean =>
  head.start.version !== 'HTTP/1.0' && listOf(head, 'expect').includes('100-continue')

/** Where every server starts from. */
export const strictRules: HttpRules = {
  limits: { requestLine: 8192, head: 16384, body: 1024 * 1024 },
  lines: strictLines,
  startLine: strictStartLine,
  unfold: strictUnfold,
  fieldLine: strictFieldLine,
  fieldValue: strictFieldValue,
  host: strictHost,
  target: strictTarget,
  framing: strictFraming,
  expects: expectsContinue,
  stays: staysOpen,
  unread: 'close',
  reuse: 'serve',
  refuse: strictRefuse,
  tooLarge: strictTooLarge,
  finish: strictFinish,
  hasContent: strictHasContent,
  encode: strictEncode,
  pieces: (bytes) => [bytes],
}
