import type { RedirectWanted } from '../model/case.ts'
import type { Request } from '../model/exchange.ts'
import { fieldValue } from '../text/fields.ts'
import { type Check, type CheckContext, quote, withAnswer } from './check.ts'

const textOf = (spans: Request['target']): string => spans.map(({ text }) => text).join('')

/** The URL that was asked for, as far as connection and request line say. */
const askedFor = ({ route, target }: Request): string => {
  const host = route.host.includes(':') ? `[${route.host}]` : route.host
  return `${route.scheme}://${host}:${route.port}${textOf(target)}`
}

const wordsOf = (wanted: RedirectWanted): string => {
  const words: string[] = []
  if (wanted.to !== undefined) words.push('to an https URL')
  if (wanted.host !== undefined) words.push('on the host of the target')
  if (wanted.elsewhere) words.push('to another URL than the one asked for')
  if (wanted.omits !== undefined) words.push(`without ${wanted.omits}`)
  return `Location: ${words.join(', ')}`
}

const sameUrl = (one: URL, other: URL): boolean => {
  const [a, b] = [one, other].map((each) => each.href.replace(/#.*$/s, ''))
  return a === b
}

const leads = (wanted: RedirectWanted, to: URL, asked: URL, context: CheckContext): boolean => {
  const host = context.target?.hostname ?? asked.hostname
  return (
    (wanted.to === undefined || to.protocol === 'https:') &&
    (wanted.host === undefined || to.hostname.toLowerCase() === host.toLowerCase()) &&
    (wanted.elsewhere === undefined || !sameUrl(to, asked)) &&
    (wanted.omits === undefined || !decoded(to.href).includes(wanted.omits))
  )
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Where a redirect leads; an answer without a Location leads nowhere. */
export const redirect: Check<RedirectWanted> = (wanted, context) =>
  withAnswer('redirect', wordsOf(wanted), context, ({ fields }) => {
    const location = fieldValue(fields, 'Location')
    if (location === undefined) return { got: 'no Location', holds: true }
    const asked = askedFor(context.exchange.request)
    const got = quote(context, location, 120)
    if (!URL.canParse(location, asked)) return { got, holds: 'unknown' }
    return { got, holds: leads(wanted, new URL(location, asked), new URL(asked), context) }
  })
