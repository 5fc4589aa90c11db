import type { Line, When } from '../model/case.ts'
import type { Answer, Exchange } from '../model/exchange.ts'
import { levelOf } from '../notation/strength.ts'
import { challengesOf, paramOf } from '../text/challenge.ts'
import { challengesIn } from './challenge.ts'
import { channel, sayChannel } from './channel.ts'
import type { CheckContext } from './check.ts'
import { reachesDown } from './hello.ts'
import { issuedFinding, sayIssued } from './issued.ts'
import { json, sayJson } from './json.ts'
import { keySetHas, sayKeySet } from './key-set.ts'
import { same } from './relation.ts'
import { sayStatus, statusFits } from './status.ts'

/** One member of a `when`, read. */
interface Condition {
  readonly say: () => string
  readonly holds: (answer: Answer, context: CheckContext, line: Line) => boolean
}

type Read = (when: When) => Condition | undefined

const on =
  <K extends keyof When>(
    name: K,
    say: (wanted: NonNullable<When[K]>) => string,
    holds: (
      wanted: NonNullable<When[K]>,
      answer: Answer,
      context: CheckContext,
      line: Line,
    ) => boolean,
  ): Read =>
  (when) => {
    const wanted = when[name]
    if (wanted === undefined) return undefined
    return {
      // Looked at for every exchange of a run, and said once.
      say: () => say(wanted),
      holds: (answer, context, line) => holds(wanted, answer, context, line),
    }
  }

const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const hasAuthorization = ({ exchange }: CheckContext): boolean =>
  exchange.request.fields.some(({ name }) => {
    const text = name.map((span) => span.text).join('')
    return sameWord(text.trim(), 'Authorization')
  })

const sentWords: Readonly<Record<NonNullable<When['sent']>, string>> = {
  nothing: 'no secret was sent',
  secret: 'a secret was sent',
  elsewhere: 'credentials came in another place than the Authorization field',
}

const announcements: Readonly<Record<NonNullable<When['announced']>, string>> = {
  'utf-8': 'charset="UTF-8"',
  metadata: 'a resource_metadata of this origin',
}

const table: Readonly<Record<Exclude<keyof When, 'of'>, Read>> = {
  to: on(
    'to',
    (wanted) => `the request is for ${wanted}`,
    (wanted, _answer, { operation }) => operation === wanted,
  ),
  status: on(
    'status',
    (wanted) => `the status is ${sayStatus(wanted)}`,
    (wanted, answer) => statusFits(wanted, answer.status),
  ),
  outcome: on(
    'outcome',
    (wanted) => `the outcome is ${wanted}`,
    (wanted, _answer, { outcome }) => outcome === wanted,
  ),
  challenge: on(
    'challenge',
    (wanted) => `there is a ${wanted} challenge`,
    (wanted, answer) =>
      challengesIn(answer).challenges.some(({ scheme }) => sameWord(scheme, wanted)),
  ),
  parameter: on(
    'parameter',
    (wanted) => `a challenge has the parameter ${wanted}`,
    (wanted, answer, _context, { when }) => {
      const found = challengesIn(answer)
      const looked =
        when?.challenge === undefined ? found.challenges : challengesOf(found, when.challenge)
      return looked.some((each) => paramOf(each, wanted) !== undefined)
    },
  ),
  field: on(
    'field',
    (wanted) => `the answer has ${wanted}`,
    (wanted, answer) => answer.fields.some(([name]) => sameWord(name, wanted)),
  ),
  method: on(
    'method',
    (wanted) => `the method is ${wanted}`,
    (wanted, _answer, { exchange }) => exchange.request.method === wanted,
  ),
  sent: on(
    'sent',
    (wanted) => sentWords[wanted],
    (wanted, _answer, context) => {
      const secret = context.secrets.length > 0
      if (wanted === 'elsewhere') return secret && !hasAuthorization(context)
      return (wanted === 'secret') === secret
    },
  ),
  over: on(
    'over',
    (wanted) => `the connection is ${wanted === 'tls' ? '' : 'not '}encrypted`,
    (wanted, _answer, { exchange }) =>
      (exchange.request.route.scheme === 'https') === (wanted === 'tls'),
  ),
  announced: on(
    'announced',
    (wanted) => `the challenge names ${announcements[wanted]}`,
    (wanted, _answer, { told }) =>
      wanted === 'metadata'
        ? told?.metadata !== undefined
        : told?.charsets.includes(wanted) === true,
  ),
  channel: on('channel', sayChannel, (wanted, _answer, context) => {
    return channel(wanted, context).holds === true
  }),
  json: on('json', sayJson, (wanted, _answer, context) => json(wanted, context).holds === true),
  anonymous: on(
    'anonymous',
    (wanted) => `the answer without credentials is ${sayStatus(wanted)}`,
    (wanted, _answer, { told }) => {
      const seen = told?.anonymous ?? []
      return seen.length > 0 && seen.every((status) => statusFits(wanted, status))
    },
  ),
  issued: on(
    'issued',
    (wanted) => `the token that was issued has ${sayIssued(wanted)}`,
    (wanted, _answer, { issued }) =>
      issued !== undefined && issuedFinding(wanted, issued) === undefined,
  ),
  keySetHas: on('keySetHas', sayKeySet, (wanted, answer) => keySetHas(wanted, answer)),
  keysRead: on(
    'keysRead',
    (wanted) =>
      wanted === 'by-itself'
        ? 'the server reads its key set without being asked to'
        : 'the server reads its key set when it is asked to',
    (wanted, _answer, { keysRead }) => keysRead === wanted,
  ),
  callbackOver: on(
    'callbackOver',
    (wanted) => `the URL of the listener is one of ${wanted === 'tls' ? 'https' : 'http'}`,
    (wanted, _answer, { callbacks }) => callbacks?.scheme === (wanted === 'tls' ? 'https' : 'http'),
  ),
  helloUpTo: on(
    'helloUpTo',
    (wanted) => `the server offers ${wanted} or less where it fetches the key set`,
    (_wanted, _answer, { hellos = [] }) => hellos.some(reachesDown),
  ),
  exactCase: on(
    'exactCase',
    (wanted) => `the letter case of the scheme's word is ${wanted ? '' : 'not '}declared to count`,
    (wanted, _answer, { exactCase = false }) => exactCase === wanted,
  ),
  alike: on(
    'alike',
    ([first, second]) => `${first} and ${second} are alike in it`,
    ([first, second], _answer, context, line) => {
      const other = context.steps.get(second)
      if (other === undefined) return false
      const compared = levelOf(line).wanted.in ?? []
      return same(first, compared)(first, { ...context, ...other }).holds === true
    },
  ),
}

const conditionsOf = (when: When): readonly Condition[] =>
  Object.values(table).flatMap((read) => read(when) ?? [])

/** What a probe has instead of an answer: no condition on answers is true of it. */
const none: Answer = {
  version: '',
  status: 0,
  reason: '',
  fields: [],
  body: '',
  bodyBytes: 0,
  cut: false,
  trailers: [],
  interim: [],
  violations: [],
}

const answerOf = (exchange: Exchange | undefined): Answer | undefined =>
  exchange?.answer ?? (exchange?.channel === undefined ? undefined : none)

/**
 * True where an answer, or what a probe found, is of the kind that a line looks at; without either
 * nothing is.
 */
export function applies(line: Line, context: CheckContext): boolean {
  const own = answerOf(context.exchange)
  if (line.when === undefined) return own !== undefined
  const { of, ...when } = line.when
  const looked = of === undefined ? context : context.steps.get(of)
  const answer = answerOf(looked?.exchange)
  if (answer === undefined || own === undefined) return false
  const view = { ...context, ...looked }
  return conditionsOf(when).every(({ holds }) => holds(answer, view, line))
}

/** What a line looks at, in words; undefined where it looks at everything. */
export function sayWhen(when: When | undefined): string | undefined {
  const words = conditionsOf(when ?? {}).map(({ say }) => say())
  if (words.length === 0) return undefined
  const step = when?.of === undefined ? '' : `in the answer to ${when.of} `
  return step + words.join(', and ')
}
