/** Reads the times that header fields carry (RFC 9110 §5.6.7, §10.2.3). */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const MONTH = `(?<month>${MONTHS.join('|')})`
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const LONG_DAY = '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)'
const TIME = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)'
const FORMATS = [
  new RegExp(`^${DAY}, (?<day>\\d\\d) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^${LONG_DAY}, (?<day>\\d\\d)-${MONTH}-(?<year>\\d\\d) ${TIME} GMT$`),
  new RegExp(`^${DAY} ${MONTH} (?<day>\\d\\d| \\d) ${TIME} (?<year>\\d{4})$`),
]

/**
 * An HTTP-date in any of its three formats as milliseconds since 1970; undefined for anything else,
 * dates that no calendar has included. The name of the day is not compared with the date. `now`, in
 * milliseconds, places the two-digit years of RFC 850 and is the present unless told.
 */
export function parseHttpDate(value: string, now: number = Date.now()): number | undefined {
  const parts = FORMATS.map((format) => format.exec(value.trim())?.groups).find(Boolean)
  if (parts === undefined) return undefined
  const number = (name: string): number => Number(parts[name])
  const month = MONTHS.indexOf(parts.month ?? '')
  const clock = { hour: number('hour'), minute: number('minute'), second: number('second') }
  // A leap second is a legal 60; JavaScript knows none and counts it as the next minute's start.
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 60) return undefined
  const at = (year: number): number | undefined => {
    const time = new Date(0)
    time.setUTCFullYear(year, month, number('day'))
    if (time.getUTCMonth() !== month || time.getUTCDate() !== number('day')) return undefined
    return time.setUTCHours(clock.hour, clock.minute, clock.second)
  }
  return parts.year?.length === 2 ? inThisEra(number('year'), at, now) : at(number('year'))
}

// §5.6.7: more than 50 years in the future means the most recent past year with those digits.
function inThisEra(
  year: number,
  at: (year: number) => number | undefined,
  now: number,
): number | undefined {
  const latest = new Date(now)
  latest.setUTCFullYear(latest.getUTCFullYear() + 50)
  const century = Math.floor(latest.getUTCFullYear() / 100) * 100
  const time = at(century + year)
  // 29 February exists in one century and may not in the one before.
  if (time === undefined || time > latest.getTime()) return at(century + year - 100)
  return time
}

/** Seconds to wait from now, or in one word what the value is instead of a delay or a date. */
export type RetryAfter =
  | { readonly seconds: number }
  | { readonly fault: 'empty' | 'negative' | 'fraction' | 'unreadable' }

/** The longest delay that is told apart from for ever (RFC 9111 §1.2.2). */
const LONGEST = 2 ** 31

/**
 * A Retry-After value (RFC 9110 §10.2.3) as whole seconds from `now` (milliseconds since 1970); a
 * date in the past is 0, nothing is more than 2^31.
 */
export function parseRetryAfter(value: string, now: number): RetryAfter {
  const text = value.trim()
  if (text === '') return { fault: 'empty' }
  if (/^\d+$/.test(text)) return { seconds: Math.min(Number(text), LONGEST) }
  if (/^-\d+(?:\.\d+)?$/.test(text)) return { fault: 'negative' }
  if (/^\d*\.\d+$/.test(text)) return { fault: 'fraction' }
  const date = parseHttpDate(text, now)
  if (date === undefined) return { fault: 'unreadable' }
  return { seconds: Math.min(Math.max(0, Math.ceil((date - now) / 1000)), LONGEST) }
}
