/** Wrong ways of reading field lines (RFC 9112 §2 and §5, RFC 9110 §5). */
import { token } from '../http/head.ts'
import { type HttpRules, isFault } from '../http/types.ts'
import { access, type Change, type Defect, http } from './types.ts'

const nulOrReturn = 'rfc9110#5.5-reject-or-replace-cr-lf-nul'
const otherControls = 'rfc9110#5.5-other-ctl-invalid'
const trimmed = 'rfc9110#5.5-trim-surrounding-whitespace'

/** Rewrites every value before the strict rule sees it. */
const values = (rewrite: (value: string) => string): Change =>
  http(({ fieldValue }) => ({ fieldValue: (value, name) => fieldValue(rewrite(value), name) }))

/** A field line read with the blanks before its colon cut off. */
const looseName = (line: string, strict: HttpRules['fieldLine']): ReturnType<typeof strict> => {
  const [, name, value] = /^([^\s:]+)[ \t]+:(.*)$/s.exec(line) ?? []
  return name !== undefined && value !== undefined && token.test(name)
    ? [name, value]
    : strict(line)
}

const isAuthorization = (name: string): boolean => name.toLowerCase() === 'authorization'

/** Puts whitespace back that the strict rule trims from Authorization. */
const untrimmed = (restore: (trimmed: string, raw: string) => string): Change =>
  http(({ fieldValue }) => ({
    fieldValue: (value, name) => {
      const strict = fieldValue(value, name)
      return isFault(strict) || !isAuthorization(name) ? strict : restore(strict, value)
    },
  }))

const names: readonly Defect[] = [
  {
    id: 'field-name-exact-case',
    does: 'Knows the field as "Authorization" only, not in other letter case.',
    breaks: 'must',
    clauses: ['rfc9110#5.1-field-name-case-insensitive'],
    change: access(({ find }) => ({
      find: (request) =>
        find({
          ...request,
          fields: request.fields.filter(
            ([name]) => name === 'Authorization' || !isAuthorization(name),
          ),
        }),
    })),
  },
  {
    id: 'blank-before-colon-accepted',
    does: 'Reads a field line that has whitespace before its colon.',
    breaks: 'must',
    clauses: ['rfc9112#5.1-reject-space-before-colon'],
    change: http(({ fieldLine }) => ({ fieldLine: (line) => looseName(line, fieldLine) })),
  },
  {
    id: 'blank-before-colon-dropped',
    does: 'Drops a field line that has whitespace before its colon and goes on.',
    breaks: 'must',
    clauses: ['rfc9112#5.1-reject-space-before-colon'],
    change: http(({ fieldLine }) => ({
      fieldLine: (line) => (/^[^\s:]+[ \t]+:/.test(line) ? undefined : fieldLine(line)),
    })),
  },
  {
    id: 'line-without-colon-dropped',
    does: 'Drops a field line that has no colon and goes on.',
    breaks: 'should',
    clauses: ['rfc9112#2.2-non-http-gets-400-and-close'],
    change: http(({ fieldLine }) => ({
      fieldLine: (line) => (line.includes(':') ? fieldLine(line) : undefined),
    })),
  },
]

const folding: readonly Defect[] = [
  {
    id: 'fold-deleted',
    does: 'Joins folded field lines without a blank between them.',
    breaks: 'must',
    clauses: ['rfc9112#5.2-obs-fold'],
    change: http(({ unfold }) => ({
      unfold: (lines) =>
        /^[ \t]/.test(lines[0] ?? '')
          ? unfold(lines)
          : lines
              .join('\r\n')
              .replace(/\r\n[ \t]+/g, '')
              .split('\r\n'),
    })),
  },
  {
    id: 'fold-500',
    does: 'Answers 500 to a folded field line.',
    breaks: 'must',
    clauses: ['rfc9112#5.2-obs-fold'],
    change: http(({ unfold }) => ({
      unfold: (lines) =>
        lines.slice(1).some((line) => /^[ \t]/.test(line))
          ? { fault: 500, say: 'Internal error' }
          : unfold(lines),
    })),
  },
  {
    id: 'blank-before-first-field-trimmed',
    does: 'Reads a first field line that begins with whitespace like any other.',
    breaks: 'must',
    clauses: ['rfc9112#2.2-whitespace-before-first-field'],
    change: http(({ unfold }) => ({
      unfold: ([first, ...rest]) =>
        unfold(first === undefined ? rest : [first.replace(/^[ \t]+/, ''), ...rest]),
    })),
  },
]

const blanks: readonly Defect[] = [
  {
    id: 'blank-after-value-kept',
    does: 'Takes whitespace at the end of the Authorization field for part of the credentials.',
    breaks: 'must',
    clauses: [trimmed],
    change: untrimmed((value, raw) => value + (/[ \t]+$/.exec(raw)?.[0] ?? '')),
  },
  {
    id: 'blank-before-value-kept',
    does: 'Skips one blank after the colon of Authorization and takes more for part of the value.',
    breaks: 'must',
    clauses: [trimmed],
    change: untrimmed((value, raw) => (/^[ \t]([ \t]+)/.exec(raw)?.[1] ?? '') + value),
  },
  {
    id: 'blank-after-colon-needed',
    does: 'Does not see the Authorization field when no blank follows its colon.',
    breaks: 'must',
    clauses: [trimmed],
    change: http(({ fieldLine }) => ({
      fieldLine: (line) => (/^authorization:[^ \t]/i.test(line) ? undefined : fieldLine(line)),
    })),
  },
]

const controls: readonly Defect[] = [
  {
    id: 'nul-deleted',
    does: 'Deletes NUL bytes from field values.',
    breaks: 'must',
    clauses: [nulOrReturn],
    change: values((value) => value.replaceAll('\0', '')),
  },
  {
    id: 'nul-ends-value',
    does: 'Takes a NUL for the end of a field value.',
    breaks: 'should',
    clauses: [nulOrReturn],
    change: values((value) => value.replace(/\0.*$/s, '')),
  },
  {
    id: 'bare-cr-deleted',
    does: 'Deletes bare carriage returns from field lines.',
    breaks: 'must',
    clauses: [nulOrReturn],
    change: http(({ lines }) => ({ lines: (head) => lines(head.replace(/\r(?!\n)/g, '')) })),
  },
  {
    id: 'control-bytes-deleted',
    does: 'Deletes control bytes other than NUL and line ends from field values.',
    breaks: 'should',
    clauses: [otherControls],
    change: values((value) => value.replace(/[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '')),
  },
  {
    id: 'control-bytes-500',
    does: 'Answers 500 to a field value that holds a control byte other than NUL.',
    breaks: 'should',
    clauses: [otherControls],
    change: http(({ fieldValue }) => ({
      fieldValue: (value, name) =>
        /[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(value)
          ? { fault: 500, say: 'Internal error' }
          : fieldValue(value, name),
    })),
  },
]

export const fields: readonly Defect[] = [...names, ...folding, ...blanks, ...controls]
