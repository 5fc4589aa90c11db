import { visibleText } from '../../text/visible.ts'

/** Markup that may stand in a page as it is; only `html` and `trusted` make it. */
export interface Html {
  readonly markup: string
}

/** What may be put into a template: text is escaped, markup is kept, nothing is nothing. */
export type Slot = Html | string | number | false | undefined | readonly Slot[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

// Invisible characters would turn text round or hide it; they are shown by number, line ends too.
const escaped = (text: string): string =>
  text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, visibleText)
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')

const most = 2000

// One long string of a target must not bury the rest; report.json has all of it.
const shortened = (text: string): string =>
  text.length <= most ? text : `${text.slice(0, most)} … ${text.length - most} more characters`

const filled = (slot: Slot): string => {
  if (slot === false || slot === undefined) return ''
  if (typeof slot === 'string') return escaped(shortened(slot))
  if (typeof slot === 'number') return String(slot)
  return 'markup' in slot ? slot.markup : slot.map(filled).join('')
}

/** The one way to write markup: whatever is put in is escaped unless it is markup already. */
export const html = (strings: TemplateStringsArray, ...slots: readonly Slot[]): Html => ({
  markup: strings.map((text, at) => (at === 0 ? text : `${filled(slots[at - 1])}${text}`)).join(''),
})

/** Text of any length as markup, for what is of no use unless it is whole. */
export const whole = (text: string): Html => ({ markup: escaped(text) })

/** Takes our own constant style or script as markup; never for anything out of a report. */
export const trusted = (markup: string): Html => ({ markup })

/** A link, or the bare text where the URL is not one that a page should lead to. */
export const link = (url: string, text: Slot): Html =>
  /^(?:https?:\/\/|#)/i.test(url)
    ? html`<a href="${url}"${/^#/.test(url) ? '' : html` rel="noreferrer"`}>${text}</a>`
    : html`${text}`
