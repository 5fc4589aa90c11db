import type { JsonForm, JsonWanted, ListForm } from '../model/case.ts'
import { parseTargetJson } from '../text/json.ts'
import { pointerGet } from '../text/json-pointer.ts'
import { withoutPrivateParts } from '../text/private-members.ts'
import { webUrlOf } from '../text/uri.ts'
import { type Check, type CheckContext, isCutShort, quote, withAnswer } from './check.ts'

type Holds = (value: unknown, target: URL | undefined) => boolean

/** Whether a host may be the one that a resource is known by: addresses and bare words are not. */
const isPublicName = (hostname: string): boolean =>
  /[a-z][^.]*$/i.test(hostname) && /\./.test(hostname) && !/(?:\.localhost|\])$/.test(hostname)

/** The URL without what an operator's way to it may change: the scheme, or where the host is an address, the host. */
function comparable(url: URL, target: URL): string {
  const rest = url.pathname + url.search
  if (!isPublicName(target.hostname)) return rest
  // The port follows the scheme, so where the one is not compared, nor is the other.
  return target.protocol === 'https:' ? `${url.origin}${rest}` : `//${url.hostname}${rest}`
}

const asUrl = (value: unknown): URL | undefined => {
  const url = typeof value === 'string' && !value.includes('#') ? webUrlOf(value) : undefined
  return url
}

const againstTarget =
  (fits: (named: string, own: string) => boolean): Holds =>
  (value, target) => {
    const url = asUrl(value)
    if (url === undefined || target === undefined) return false
    return fits(comparable(url, target), comparable(target, target))
  }

const isAbove = (named: string, own: string): boolean =>
  own === named ||
  own.startsWith(named.endsWith('/') ? named : `${named}/`) ||
  own.startsWith(`${named}?`)

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const forms: Readonly<Record<Extract<JsonForm, string>, { say: string; holds: Holds }>> = {
  present: { say: 'there', holds: (value) => value !== undefined },
  object: { say: 'an object', holds: isObject },
  filled: {
    say: 'no empty list',
    holds: (value) => !Array.isArray(value) || value.length > 0,
  },
  url: {
    say: 'an absolute URL without a fragment',
    holds: (value) => asUrl(value) !== undefined,
  },
  'https-url': { say: 'an https URL', holds: (value) => asUrl(value)?.protocol === 'https:' },
  target: {
    say: 'the URL that was asked for',
    holds: againstTarget((named, own) => named === own),
  },
  'target-or-above': {
    say: 'the URL that was asked for, or one above it',
    holds: againstTarget(isAbove),
  },
}

function listHolds({ lists, omits }: ListForm, value: unknown): boolean {
  const has = (one: string): boolean => Array.isArray(value) && value.includes(one)
  return (lists ?? []).every(has) && !(omits ?? []).some(has)
}

function formHolds(form: JsonForm, value: unknown, target: URL | undefined): boolean {
  if (typeof form === 'string') return forms[form].holds(value, target)
  if ('hasAny' in form) {
    return isObject(value) && form.hasAny.some((name) => Object.hasOwn(value, name))
  }
  return listHolds(form, value)
}

function formWords(form: JsonForm): string {
  if (typeof form === 'string') return forms[form].say
  if ('hasAny' in form) return `an object with ${form.hasAny.join(' or ')}`
  const { lists, omits } = form
  return [
    ...(lists === undefined ? [] : [`with ${lists.join(', ')}`]),
    ...(omits === undefined ? [] : [`without ${omits.join(', ')}`]),
  ].join(' and ')
}

const placeWords = (pointer: string): string => (pointer === '' ? 'the content' : pointer)

/** What is wanted, in words. */
export function sayJson(wanted: JsonWanted): string {
  const words = Object.entries(wanted).map(
    ([pointer, form]) => `${placeWords(pointer)} is ${formWords(form)}`,
  )
  return words.join(', ')
}

/** A value as it stands at a place; what is private of a key stays untold, however short it is. */
function shown(context: CheckContext, pointer: string, value: unknown): string {
  if (value === undefined) return 'nothing'
  const before = `${JSON.stringify(pointer.split('/').at(-1))}:`
  const isKeySet = context.operation === 'key-set'
  const member = `${before}${JSON.stringify(value)}`
  const { text } = withoutPrivateParts(member, isKeySet, '[secret]')
  return quote(context, text.slice(before.length), 100)
}

/** The content is JSON, and each place that is named holds what is wanted there. */
export const json: Check<JsonWanted> = (wanted, context) =>
  withAnswer('json', sayJson(wanted), context, (answer) => {
    const parsed = parseTargetJson(answer.body)
    if (parsed === undefined) {
      const lost = answer.cut || isCutShort(answer)
      return { got: lost ? 'content that was cut' : 'no JSON', holds: lost ? 'unknown' : false }
    }
    const places = Object.entries(wanted).map(([pointer, form]) => {
      const value = pointerGet(parsed.value, pointer)
      return { pointer, value, holds: formHolds(form, value, context.target) }
    })
    const telling = places.find(({ holds }) => !holds) ?? places[0]
    const { pointer = '', value } = telling ?? {}
    return {
      got: `${placeWords(pointer)} is ${shown(context, pointer, value)}`,
      holds: places.every(({ holds }) => holds),
    }
  })
