/** Legitimate but unusual ways of carrying answers and of reading what the RFCs leave open. */
import { setTimeout as wait } from 'node:timers/promises'
import { isFault, type Pair } from '../http/types.ts'
import { around, http, type Variation, withField, without } from './types.ts'

const lowerCase = ([name, value]: Pair): Pair => [name.toLowerCase(), value]

const chunked = (body: string): string => {
  const middle = Math.ceil(body.length / 2)
  const parts = [body.slice(0, middle), body.slice(middle)].filter((part) => part !== '')
  return `${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`
}

const early = 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload; as=style\r\n\r\n'

const carrying: readonly Variation[] = [
  {
    id: 'benign-closes',
    does: 'Closes the connection after every answer and says so.',
    clauses: [],
    change: http(() => ({ stays: () => false })),
  },
  {
    id: 'benign-closes-unannounced',
    does: 'Closes the connection after every answer without saying so.',
    clauses: [],
    change: http(({ finish }) => ({
      stays: () => false,
      finish: (reply, method) => without(finish(reply, method), 'connection'),
    })),
  },
  {
    id: 'benign-http-1.0',
    does: 'Answers with HTTP/1.0 and closes the connection.',
    clauses: [],
    change: http(({ encode }) => ({
      stays: () => false,
      encode: (reply, content) => encode(reply, content).replace(/^HTTP\/1\.1/, 'HTTP/1.0'),
    })),
  },
  {
    id: 'benign-chunked',
    does: 'Sends the content of every answer in chunks.',
    clauses: [],
    change: (policy, lab) =>
      around(() => async (request, next) => {
        const reply = await next(request)
        return reply.body === '' || request.version === 'HTTP/1.0'
          ? reply
          : { ...withField(reply, 'Transfer-Encoding', 'chunked'), body: chunked(reply.body) }
      })(policy, lab),
  },
  {
    id: 'benign-slow',
    does: 'Takes some milliseconds, sometimes more and sometimes fewer, for every answer.',
    clauses: [],
    change: around(({ random }) => async (request, next) => {
      await wait(2 + random() * 10)
      return next(request)
    }),
  },
  {
    id: 'benign-split-writes',
    does: 'Sends every answer in many small pieces.',
    clauses: [],
    change: http(() => ({ pieces: (bytes) => bytes.match(/.{1,40}/gs) ?? [] })),
  },
  {
    id: 'benign-early-hints',
    does: 'Sends 103 Early Hints before every answer.',
    clauses: [],
    change: around(() => async (request, next) => {
      const reply = await next(request)
      return request.version === 'HTTP/1.0' ? reply : { ...reply, interim: early }
    }),
  },
  {
    id: 'benign-lower-case-fields',
    does: 'Writes the names of all fields in lower case.',
    clauses: [],
    change: http(({ finish }) => ({
      finish: (reply, method) => {
        const finished = finish(reply, method)
        return { ...finished, fields: finished.fields.map(lowerCase) }
      },
    })),
  },
  {
    id: 'benign-no-reason-phrase',
    does: 'Leaves the reason phrase of the status line empty.',
    clauses: [],
    change: http(({ encode }) => ({
      encode: (reply, content) =>
        encode(reply, content).replace(/(\d{3}) [^\r]*\r\n(?=Date)/, '$1 \r\n'),
    })),
  },
]

const reading: readonly Variation[] = [
  {
    id: 'benign-fold-replaced',
    does: 'Replaces the line end of a folded field by a blank.',
    clauses: [],
    change: http(({ unfold }) => ({
      unfold: (lines) =>
        /^[ \t]/.test(lines[0] ?? '')
          ? unfold(lines)
          : lines
              .join('\r\n')
              .replace(/[ \t]*\r\n[ \t]+/g, ' ')
              .split('\r\n'),
    })),
  },
  {
    id: 'benign-nul-replaced',
    does: 'Replaces a NUL in a field value by a blank.',
    clauses: [],
    change: http(({ fieldValue }) => ({
      fieldValue: (value, name) => fieldValue(value.replaceAll('\0', ' '), name),
    })),
  },
  {
    id: 'benign-first-blank-lines-ignored',
    does: 'Ignores lines that begin with whitespace before the first field.',
    clauses: [],
    change: http(({ unfold }) => ({
      unfold: (lines) => {
        const first = lines.findIndex((line) => !/^[ \t]/.test(line))
        return unfold(first < 0 ? [] : lines.slice(first))
      },
    })),
  },
  {
    id: 'benign-lf-line-ends',
    does: 'Takes a bare LF for a line end.',
    clauses: [],
    change: http(({ lines }) => ({
      lines: (head) => lines(head.replace(/\r?\n/g, '\r\n')),
    })),
  },
  {
    id: 'benign-content-read',
    does: 'Reads the content of a request to its end before it answers, and keeps the connection.',
    clauses: [],
    change: around(() => async (request, next, whole) => {
      const content = await request.content()
      return isFault(content) ? whole.http.refuse(content) : next(request)
    }),
  },
  {
    id: 'benign-small-heads-only',
    does: 'Answers 431 to more than 4096 bytes of fields.',
    clauses: [],
    change: http(({ limits }) => ({ limits: { ...limits, head: 4096 } })),
  },
]

export const benignWire: readonly Variation[] = [...carrying, ...reading]
