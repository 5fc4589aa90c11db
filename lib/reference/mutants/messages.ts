/** Wrong ways of reading request line, Host and the end of the content (RFC 9112 §3 and §6). */
import { absoluteTarget, cutAbsolute } from '../http/target.ts'
import { type Framing, type Head, isFault, valuesOf } from '../http/types.ts'
import { around, type Change, type Defect, http } from './types.ts'

const oneHost = 'rfc9112#3.2-host-exactly-one-valid'

/** Lets a head pass the Host rule in one case more. */
const hostPasses = (passes: (hosts: readonly string[]) => boolean): Change =>
  http(({ host }) => ({
    host: (head) => (passes(valuesOf(head.fields, 'host')) ? undefined : host(head)),
  }))

const startLines: readonly Defect[] = [
  {
    id: 'request-line-repaired',
    does: 'Reads a request line of too many words by its first, second and last one.',
    breaks: 'should',
    clauses: [
      'rfc9112#3.2-no-autocorrect-request-line',
      'rfc9112#3.2-invalid-request-line-400-or-301',
    ],
    change: http(({ startLine }) => ({
      startLine: (line) => {
        const words = line.split(/[ \t]+/)
        return startLine(
          words.length > 3 ? [words[0], words[1], words[words.length - 1]].join(' ') : line,
        )
      },
    })),
  },
  {
    id: 'request-line-500',
    does: 'Answers 500 to a GET request line it cannot read.',
    breaks: 'should',
    clauses: ['rfc9112#3.2-invalid-request-line-400-or-301'],
    change: http(({ startLine }) => ({
      startLine: (line) => {
        const start = startLine(line)
        const upset = isFault(start) && start.fault === 400 && line.startsWith('GET ')
        return upset ? { ...start, fault: 500 } : start
      },
    })),
  },
  {
    id: 'request-line-404',
    does: 'Answers 404 to a first line that names no version of HTTP.',
    breaks: 'should',
    clauses: ['rfc9112#2.2-non-http-gets-400-and-close'],
    change: http(({ startLine }) => ({
      startLine: (line) => {
        const start = startLine(line)
        return isFault(start) && !line.includes('HTTP/') ? { ...start, fault: 404 } : start
      },
    })),
  },
  {
    id: 'https-target-served',
    does: 'Serves an https URL that was asked for in cleartext.',
    breaks: 'may',
    clauses: ['rfc9110#7.4-https-target-over-plaintext'],
    change: http(({ target }) => ({
      target: (start, secure) => {
        const to = target(start, secure)
        const cut = cutAbsolute(start.target)
        return isFault(to) && to.fault === 421 && cut ? absoluteTarget(cut.rest) : to
      },
    })),
  },
  {
    id: 'absolute-form-refused',
    does: 'Answers 400 to a request whose target is an absolute URL.',
    breaks: 'should',
    clauses: ['rfc9112#3.2.2-accept-absolute-form'],
    change: http(({ target }) => ({
      target: (start, secure) => {
        const to = target(start, secure)
        const absolute = !isFault(to) && to.form === 'absolute'
        return absolute ? { fault: 400, say: 'The target does not begin with a slash.' } : to
      },
    })),
  },
]

const hosts: readonly Defect[] = [
  {
    id: 'host-twice-accepted',
    does: 'Uses the first of several Host lines.',
    breaks: 'should',
    clauses: [oneHost],
    change: hostPasses((values) => values.length > 1),
  },
  {
    id: 'host-missing-accepted',
    does: 'Serves HTTP/1.1 requests that have no Host line.',
    breaks: 'should',
    clauses: [oneHost],
    change: hostPasses((values) => values.length === 0),
  },
  {
    id: 'host-invalid-accepted',
    does: 'Does not look at what the Host line holds.',
    breaks: 'should',
    clauses: [oneHost],
    change: hostPasses((values) => values.length === 1),
  },
]

/** Reads the content of some requests before it decides, as frameworks do that parse it first. */
const readingFirst = (when: (head: Pick<Head, 'fields'>) => boolean): Change =>
  around(() => async (request, next, whole) => {
    const content = when(request) ? await request.content() : undefined
    return isFault(content) ? whole.http.refuse(content) : next(request)
  })

const withoutField = (head: Head, name: string): Head => ({
  ...head,
  fields: head.fields.filter(([given]) => given.toLowerCase() !== name),
})

const hasBothLengths = ({ fields }: Pick<Head, 'fields'>): boolean =>
  ['transfer-encoding', 'content-length'].every((name) => valuesOf(fields, name).length > 0)

/** The leading digits of a length, as careless parsers read it. */
const looseLength = (value: string): Framing => {
  const length = Number.parseInt(value, 10)
  return length > 0 ? { kind: 'length', length } : { kind: 'none' }
}

const framing: readonly Defect[] = [
  {
    id: 'te-and-cl-kept-open',
    does: 'Accepts Transfer-Encoding beside Content-Length and keeps the connection open.',
    breaks: 'must',
    clauses: ['rfc9112#6.1-te-and-cl-close'],
    change: (policy, lab) =>
      readingFirst(hasBothLengths)(
        http((rules) => ({
          framing: (head) =>
            rules.framing(hasBothLengths(head) ? withoutField(head, 'content-length') : head),
        }))(policy, lab),
        lab,
      ),
  },
  {
    id: 'content-length-loose',
    does: 'Reads the number at the beginning of a Content-Length that is not one number.',
    breaks: 'must',
    clauses: ['rfc9112#6.3-unparsable-content-length'],
    change: http((rules) => ({
      framing: (head) => {
        const strict = rules.framing(head)
        const [length] = valuesOf(head.fields, 'content-length')
        const coded = valuesOf(head.fields, 'transfer-encoding').length > 0
        return isFault(strict) && length !== undefined && !coded ? looseLength(length) : strict
      },
    })),
  },
  {
    id: 'unknown-coding-accepted',
    does: 'Serves requests whose last transfer coding is not chunked.',
    breaks: 'must',
    clauses: ['rfc9112#6.3-chunked-not-final'],
    change: http((rules) => ({
      framing: (head) => {
        const strict = rules.framing(head)
        const codings = valuesOf(head.fields, 'transfer-encoding').join(',')
        const alone = valuesOf(head.fields, 'content-length').length === 0
        const other = codings !== '' && !/chunked$/i.test(codings)
        return isFault(strict) && alone && other ? { kind: 'none' } : strict
      },
    })),
  },
]

const contents: readonly Defect[] = [
  {
    id: 'body-left-unread',
    does: 'Leaves the content of refused requests on the connection and reads it as a request.',
    breaks: 'must',
    clauses: ['rfc9112#9.3-read-body-or-close'],
    besides: 'benign-content-read',
    change: http(() => ({ unread: 'keep' })),
  },
  {
    id: 'close-unannounced',
    does: 'Closes the connection without saying so when it answers before the content came.',
    breaks: 'should',
    clauses: ['rfc9110#10.1.1-early-final-close-indication'],
    change: http(() => ({ unread: 'close-silently' })),
  },
  {
    id: 'expect-ignored',
    does: 'Waits for the content in silence although the sender waits for 100 Continue.',
    breaks: 'must',
    clauses: ['rfc9110#10.1.1-expect-100-immediate-answer'],
    change: (policy, lab) =>
      readingFirst(({ fields }) => valuesOf(fields, 'expect').length > 0)(
        http(() => ({ expects: () => false }))(policy, lab),
        lab,
      ),
  },
  {
    id: 'head-not-awaited',
    does: 'Decides on the fields that came so far when the rest is 100 ms late.',
    breaks: 'must',
    clauses: ['rfc9110#5.3-whole-header-section-before-applying'],
    change: http(() => ({ patience: 100 })),
  },
]

export const messages: readonly Defect[] = [...startLines, ...hosts, ...framing, ...contents]
