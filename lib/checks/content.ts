import type { ExpectationMembers } from '../model/case.ts'
import type { Answer, Labelled, Request } from '../model/exchange.ts'
import { spellingsOf } from '../text/needles.ts'
import { type Check, isCutShort, noAnswer, withAnswer } from './check.ts'

const extent: Check<'none' | 'some'> = (wanted, context) =>
  withAnswer('content', wanted === 'none' ? 'no content' : 'some content', context, (answer) => {
    const forbidden = answer.violations.find((each) => each.code.startsWith('content-on-'))
    const some = answer.bodyBytes > 0 || forbidden !== undefined
    return {
      got: forbidden?.say ?? `${answer.bodyBytes} bytes`,
      holds: !some && isCutShort(answer) ? 'unknown' : some === (wanted === 'some'),
    }
  })

/** Bytes from which on a field is the one that made a head too large. */
const LONG = 4096

const textOf = (spans: Labelled): string => spans.map((span) => span.text).join('')

const mention: Check<'longest-field'> = (_wanted, context) => {
  const fields = context.exchange.request.fields.map(({ name, value }) => ({
    name: textOf(name).trim(),
    length: textOf(value).length,
  }))
  const longest = fields.reduce((a, b) => (b.length > a.length ? b : a), { name: '', length: 0 })
  const say = `content that names ${longest.name === '' ? 'the longest field' : longest.name}`
  return withAnswer('content', say, context, (answer) => {
    const named = answer.body.toLowerCase().includes(longest.name.toLowerCase())
    return {
      got: named ? `${longest.name} is named` : `${answer.bodyBytes} bytes without that name`,
      holds: longest.length < LONG || (!named && isCutShort(answer)) ? 'unknown' : named,
    }
  })
}

/** Whether the answer has content, or whether it names what was too long (RFC 6585 §5). */
export const body: Check<NonNullable<ExpectationMembers['body']>> = (wanted, context) =>
  typeof wanted === 'object' ? mention(wanted.mentions, context) : extent(wanted, context)

/** The answer departs from HTTP/1.1 in none of the named ways. */
export const answerFreeOf: Check<readonly string[]> = (wanted, context) =>
  withAnswer('answer', `no ${wanted.join(', no ')}`, context, (answer) => {
    const found = answer.violations.find((each) => wanted.includes(each.code))
    return { got: found?.say ?? `${answer.status} in order`, holds: found === undefined }
  })

// A short or plain word may stand in an answer by itself: only what nobody writes by chance is proof.
function isUnmistakable(secret: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((each) => each.test(secret))
  return secret.length >= 12 ? classes.length >= 2 : secret.length >= 8 && classes.length >= 3
}

// A token reads the same in every spelling that matters: its middle is enough, and much cheaper.
const TOKEN_LENGTH = 120

function soughtFor(secret: string): readonly string[] {
  const isToken = secret.length >= TOKEN_LENGTH && /^[\w.~+/=-]+$/.test(secret)
  if (!isToken) return spellingsOf(secret)
  const middle = Math.floor(secret.length / 2)
  return [secret.slice(middle - 24, middle + 24)]
}

/** True where a text holds one of the secrets in a usual spelling, and not by chance. */
export function holdsSecret(secrets: readonly string[], text: string): boolean {
  return secrets.some(
    (each) => isUnmistakable(each) && soughtFor(each).some((spelling) => text.includes(spelling)),
  )
}

// Login redirects and error pages repeat the URI they were asked for: that is no secret they took
// from elsewhere, and it was the sender who put it there.
const isInTarget = ({ target }: Request): boolean =>
  target.some(({ secret }) => secret !== undefined)

/** Nothing secret that was sent stands in the answer, in any usual spelling; a URI may be repeated. */
export const echo: Check<'none'> = (_wanted, context) =>
  withAnswer('echo', 'none of the secrets sent', context, (answer) => {
    const text = `${answer.fields.map(([name, value]) => `${name}: ${value}`).join('\n')}\n${answer.body}`
    const told = holdsSecret(context.secrets, text)
    if (!told && isCutShort(answer)) return { got: 'content that was cut short', holds: 'unknown' }
    if (told && isInTarget(context.exchange.request)) {
      return { got: 'a secret that stood in the request target', holds: 'unknown' }
    }
    return { got: told ? 'a secret that was sent' : 'none of them', holds: !told }
  })

const saysClose = (answer: Answer): boolean =>
  answer.version === 'HTTP/1.0' ||
  answer.fields.some(
    ([name, value]) => name.toLowerCase() === 'connection' && /\bclose\b/i.test(value),
  )

const closes: Check<'closes'> = (_wanted, context) => {
  const { answer, trouble } = context.exchange
  const wanted = 'closed after the answer'
  if (answer === undefined) {
    const ended = trouble?.code === 'ended' || trouble?.code === 'reset'
    return { check: 'connection', wanted, got: noAnswer(context), holds: ended ? true : 'unknown' }
  }
  const closed = saysClose(answer) || context.closed === true
  return {
    check: 'connection',
    wanted,
    got: closed ? 'closed' : 'kept open',
    holds: closed ? true : context.closed === undefined ? 'unknown' : false,
  }
}

const announced: Check<'announced'> = (_wanted, context) =>
  withAnswer('connection', 'not closed unless the answer says so', context, (answer) => {
    if (saysClose(answer)) return { got: 'closed, as the answer says', holds: true }
    const { closed } = context
    return {
      got: closed ? 'closed without a word' : 'kept open',
      holds: closed === undefined ? 'unknown' : !closed,
    }
  })

/** The server closes the connection after the answer, or says it if it does (RFC 9112 §9.6). */
export const connection: Check<NonNullable<ExpectationMembers['connection']>> = (
  wanted,
  context,
) => (wanted === 'closes' ? closes(wanted, context) : announced(wanted, context))
