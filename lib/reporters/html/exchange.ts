import type { ReportExchange, ShownAnswer, ShownSpan } from '../../model/index.ts'
import { linesOf } from '../head.ts'
import { bytes } from '../safe.ts'
import { counted, duration, endingWord, outcomeWord } from '../words.ts'
import { type Html, html, type Slot } from './escape.ts'

const unread = (text: string): Html => html`<span class="unseen">${text}</span>`

const span = (one: ShownSpan): Html => {
  const content: Slot =
    'secret' in one
      ? html`<span class="secret">‹${one.secret}›</span>`
      : one.text === ''
        ? html`<i>(nothing)</i>`
        : bytes(one.text)
  return one.fault
    ? html`<mark>${unread('[fault] ')}${content}${unread(' [end of fault]')}</mark>`
    : html`${content}`
}

const lines = (spans: readonly ShownSpan[]): readonly Html[] =>
  linesOf(spans).map((line) => html`${line.spans.map(span)}\n`)

const request = ({ request: sent }: ReportExchange): Html =>
  html`<pre>${lines(sent.head)}${
    sent.body === undefined ? undefined : html`\n${lines(sent.body)}`
  }</pre>`

// Content comes on one line with its line ends written as escapes; a doubled backslash is none.
const folded = /\\\\|(?:\\r)?\\n|\r?\n/g

const text = (body: string): readonly Html[] =>
  body
    .replace(folded, (found) => (found === '\\\\' ? found : '\n'))
    .split('\n')
    .map((line, at) => html`${at === 0 ? '' : html`\n`}${line}`)

const content = (answer: ShownAnswer): Html => {
  const size = counted(answer.bodyBytes, 'byte')
  if (answer.body === undefined) {
    return html`<p class="aside">${size} of content, SHA-256 <code>${answer.digest}</code></p>`
  }
  return html`<pre class="content">${text(answer.body)}</pre>
<p class="aside">${answer.bodyCut ? `The beginning of ${size}` : size}, SHA-256 <code>${answer.digest}</code></p>`
}

const answered = (answer: ShownAnswer): Html => html`<pre><b>${bytes(
  `${answer.version} ${answer.status} ${answer.reason}`,
)}</b>
${answer.fields.map(([name, value]) => html`${name}: ${value}\n`)}</pre>
${answer.bodyBytes > 0 && content(answer)}
${
  answer.violations.length > 0 &&
  html`<p class="aside">Not as HTTP/1.1 has it: ${answer.violations.map(({ say }) => say).join('; ')}</p>`
}`

const looked = (found: string): Html => html`<pre>${bytes(found)}</pre>`

const unanswered = (exchange: ReportExchange): Html =>
  html`<p>${endingWord(exchange.ending)}${
    exchange.trouble && html`: ${exchange.trouble.say} <code>${exchange.trouble.code}</code>`
  }</p>`

const came = (exchange: ReportExchange): Html => {
  if (exchange.found !== undefined) return looked(exchange.found)
  return exchange.answer === undefined ? unanswered(exchange) : answered(exchange.answer)
}

const circumstances = (exchange: ReportExchange): string =>
  [
    `exchange ${exchange.n}`,
    duration(exchange.ms),
    `connection ${exchange.connection}`,
    exchange.carrier === 'raw' ? 'sent byte for byte' : '',
    exchange.tls === undefined ? '' : `${exchange.tls.version}, ${exchange.tls.cipher}`,
    exchange.at,
  ]
    .filter((part) => part !== '')
    .join(' · ')

/** One request with its fault marked, and the answer under it. */
export const exchangeView = (exchange: ReportExchange, title: string): Html => {
  const outcome = exchange.outcome === 'unjudged' ? '' : outcomeWord(exchange.outcome)
  return html`<div class="exchange" role="group" aria-label="${title}">
<p class="title">${title}</p>
${request(exchange)}
<p class="arrow"><span aria-hidden="true">↓ </span>${outcome === '' ? 'the answer' : outcome}</p>
${came(exchange)}
<p class="aside">${circumstances(exchange)}</p>
</div>`
}
