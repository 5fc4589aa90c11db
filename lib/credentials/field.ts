import type { FieldFault } from '../model/case.ts'
import type { FieldLine, Labelled, Span } from '../model/exchange.ts'
import { visible } from '../text/visible.ts'
import { bytesOf, nameBytes, utf8 } from './bytes.ts'
import { plain, secret } from './spans.ts'
import { changeLetters } from './text-change.ts'

/** A scheme word and what follows it, before any fault of the field. */
export interface Presented {
  readonly scheme: string
  readonly credentials: string
  /** What a report shows instead of the credentials. */
  readonly label: string
  /** True where the credentials themselves carry the fault. */
  readonly faulty: boolean
}

/** Where the credential ends up in a request. */
export interface Placed {
  readonly lines: readonly FieldLine[]
  readonly trailers: readonly FieldLine[]
  /** Appended to the request-target's query. */
  readonly query?: Labelled
  /** The `user:password@` of an absolute-form target. */
  readonly userinfo?: Labelled
  /** Content that replaces the operation's own. */
  readonly content?: { readonly type: string; readonly body: Labelled }
}

function schemeSpan(scheme: string, fault: FieldFault['scheme']): Span | undefined {
  if (fault === undefined) return plain(scheme)
  if (fault === 'absent') return undefined
  if ('word' in fault) return plain(fault.word, true)
  if ('parted' in fault) {
    return plain(scheme.slice(0, 2) + bytesOf(fault.parted) + scheme.slice(2), true)
  }
  return plain(changeLetters(scheme, fault.letters), true)
}

function optional(bytes: FieldFault['before']): Span[] {
  return bytes === undefined ? [] : [plain(bytesOf(bytes), true)]
}

/** The field value: scheme, separator and credentials with the faults laid over them. */
export function valueSpans(presented: Presented, but: FieldFault): Labelled {
  const scheme = schemeSpan(presented.scheme, but.scheme)
  const credentials = secret(presented.credentials, presented.label, presented.faulty)
  const separator = but.separator === undefined ? plain(' ') : plain(bytesOf(but.separator), true)
  const quote = plain('"', true)
  const inner = but.quoted === 'credentials' ? [quote, credentials, quote] : [credentials]
  const value = scheme === undefined ? inner : [scheme, separator, ...inner]
  const quoted = but.quoted === 'value' ? [quote, ...value, quote] : value
  return [...optional(but.before), ...quoted, ...optional(but.after)]
}

function faulty(spans: Labelled): Labelled {
  return spans.map((span) => ({ ...span, fault: true as const }))
}

function lineOf(value: Labelled, but: FieldFault): FieldLine {
  const name = but.fieldName
  const shown =
    name === undefined
      ? plain('Authorization')
      : plain('is' in name ? name.is : changeLetters('Authorization', name.letters), true)
  return {
    name: [shown],
    ...(but.beforeColon === undefined
      ? {}
      : { beforeColon: [plain(bytesOf(but.beforeColon), true)] }),
    ...(but.afterColon === undefined ? {} : { afterColon: [plain(bytesOf(but.afterColon), true)] }),
    value,
  }
}

function besideValue(
  beside: NonNullable<FieldFault['beside']>,
  value: Labelled,
  stranger: Labelled,
): Labelled {
  if (beside.what === 'same') return faulty(value)
  if (beside.what === 'stranger') return faulty(stranger)
  return [plain(bytesOf(beside.what.is), true)]
}

function withBeside(value: Labelled, but: FieldFault, stranger: Labelled): readonly FieldLine[] {
  const { beside } = but
  if (beside === undefined) return [lineOf(value, but)]
  const other = besideValue(beside, value, stranger)
  const pair = beside.place === 'before' ? [other, value] : [value, other]
  if (beside.joined) {
    const [first = [], second = []] = pair
    return [lineOf([...first, plain(', ', true), ...second], but)]
  }
  return pair.map((each) => lineOf(each, but))
}

function percentEncoded(value: Labelled): Labelled {
  return value.map((span) => ({
    ...span,
    text: [...span.text]
      .map((char) =>
        /[A-Za-z0-9._~-]/.test(char)
          ? char
          : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
      )
      .join(''),
  }))
}

const nowhere: Placed = { lines: [], trailers: [] }

type Carrier = Exclude<NonNullable<FieldFault['carriedIn']>, string>

function placeIn(carrier: Carrier, presented: Presented, value: Labelled): Placed {
  const bare = [secret(presented.credentials, presented.label)]
  if ('form' in carrier) {
    const body = [plain(`${carrier.form}=`, true), ...percentEncoded(bare)]
    return { ...nowhere, content: { type: 'application/x-www-form-urlencoded', body } }
  }
  if ('json' in carrier) {
    const start = plain(`{${utf8(JSON.stringify(carrier.json))}:"`, true)
    const inside = secret(JSON.stringify(presented.credentials).slice(1, -1), presented.label)
    return {
      ...nowhere,
      content: { type: 'application/json', body: [start, inside, plain('"}', true)] },
    }
  }
  const [name = ''] = Object.values(carrier)
  const shown = /authorization$/i.test(name) ? value : bare
  if ('field' in carrier) {
    return { ...nowhere, lines: [{ name: [plain(name, true)], value: shown }] }
  }
  const pair = [plain(`${name}=`, true), ...percentEncoded(shown)]
  return 'cookie' in carrier
    ? { ...nowhere, lines: [{ name: [plain('Cookie', true)], value: pair }] }
    : { ...nowhere, query: pair }
}

/** Puts a credential where the fault says, or into one Authorization line. */
export function place(
  presented: Presented,
  but: FieldFault,
  extra: { readonly stranger: Labelled; readonly userinfo: string },
): Placed {
  const value = valueSpans(presented, but)
  const carrier = but.carriedIn
  if (carrier === undefined) return { ...nowhere, lines: withBeside(value, but, extra.stranger) }
  if (carrier === 'trailer') {
    return { ...nowhere, trailers: [{ name: [plain('Authorization', true)], value }] }
  }
  if (carrier === 'userinfo') {
    const userinfo = [secret(extra.userinfo, 'user:password', true), plain('@', true)]
    return { ...nowhere, userinfo }
  }
  return placeIn(carrier, presented, value)
}

function sayCarrier(carrier: NonNullable<FieldFault['carriedIn']>): string {
  if (carrier === 'trailer') return 'the Authorization field comes in the trailer section'
  if (carrier === 'userinfo') return 'the credentials stand in the request-target as userinfo'
  if ('field' in carrier) return `the credentials come in the field ${carrier.field}`
  if ('cookie' in carrier) return `the credentials come in the cookie ${carrier.cookie}`
  if ('form' in carrier) return `the credentials come in the form member ${carrier.form}`
  if ('json' in carrier) return `the credentials come in the JSON member ${carrier.json}`
  return `the credentials come in the query parameter ${carrier.query}`
}

function sayBeside(beside: NonNullable<FieldFault['beside']>): string {
  const what =
    beside.what === 'same'
      ? 'the same credentials'
      : beside.what === 'stranger'
        ? 'credentials that are not valid'
        : nameBytes(beside.what.is)
  const where = beside.place === 'before' ? 'before' : 'after'
  return beside.joined
    ? `${what}, ${where} the valid ones in one line, parted by a comma`
    : `a second Authorization line with ${what}, ${where} the valid one`
}

function sayScheme(scheme: NonNullable<FieldFault['scheme']>): string {
  if (scheme === 'absent') return 'no scheme before the credentials'
  if ('parted' in scheme) return `${nameBytes(scheme.parted)} inside the scheme word`
  if ('word' in scheme) return `the scheme "${visible(scheme.word)}"`
  return scheme.letters === 'swapped'
    ? 'the scheme with the case of its letters swapped'
    : `the scheme in ${scheme.letters}-case letters`
}

/** The faults of the field in words, one phrase each. */
export function sayFieldFault(but: FieldFault): string[] {
  const say: string[] = []
  if (but.scheme !== undefined) say.push(sayScheme(but.scheme))
  if (but.separator !== undefined) {
    say.push(`${nameBytes(but.separator)} between scheme and credentials`)
  }
  if (but.before !== undefined) say.push(`${nameBytes(but.before)} before the scheme`)
  if (but.after !== undefined) say.push(`${nameBytes(but.after)} after the credentials`)
  if (but.quoted !== undefined) {
    say.push(
      but.quoted === 'value'
        ? 'the whole value in double quotes'
        : 'the credentials in double quotes',
    )
  }
  if (but.fieldName !== undefined) {
    say.push(
      'is' in but.fieldName
        ? `the field is named ${but.fieldName.is}`
        : `the field name with ${but.fieldName.letters} letters`,
    )
  }
  if (but.beforeColon !== undefined) say.push(`${nameBytes(but.beforeColon)} before the colon`)
  if (but.afterColon !== undefined) say.push(`${nameBytes(but.afterColon)} after the colon`)
  if (but.beside !== undefined) say.push(sayBeside(but.beside))
  if (but.carriedIn !== undefined) say.push(sayCarrier(but.carriedIn))
  return say
}
