import { decodeUtf8Visible, visibleText } from '../text/visible.ts'

/**
 * Text of a report on one line, fit to be printed: nothing in it can act on a terminal, a log or a
 * reader's direction. Backslashes stay single, since such text may hold escapes already.
 */
export const prose = (text: string): string => text.split('\\').map(visibleText).join('\\')

/** Bytes of a request (latin1), fit to be printed; every escape can be read back. */
export const bytes = (latin1: string): string =>
  /[^\0-\xff]/.test(latin1) ? prose(latin1) : decodeUtf8Visible(latin1)

/** A URL that the operator gave: like `prose`, but an IPv6 host keeps its colons. */
export const address = (url: string): string => url.split('[::').map(prose).join('[::')

// What cannot be printed as it is would be another command once it is escaped.
const unprintable = /[\p{C}\p{Zl}\p{Zp}]|##\[|^\s*::/u

/** A command as it can be typed, or undefined where printing it as it is would not be safe. */
export const typeable = (command: string | undefined): string | undefined =>
  command === undefined || unprintable.test(command) ? undefined : command

/** The beginning of a text, with an ellipsis where characters were left out. */
export const cut = (text: string, max: number): string => {
  const characters = [...text]
  return characters.length <= max ? text : `${characters.slice(0, Math.max(0, max - 1)).join('')}…`
}
