import type { ShownSpan } from '../model/report.ts'
import { visible, visibleText } from '../text/visible.ts'
import { wrap } from './columns.ts'
import type { Explained, ExplainedLine, ExplainedRequest } from './explained.ts'

interface Look {
  readonly columns: number
  readonly colour: boolean
}

const indent = 12

function row(label: string, text: string, { columns }: Look): readonly string[] {
  const lines = wrap(text, Math.max(columns - indent, 30))
  // The longest label leaves no room of its own before the text.
  const first = `${label} `.padEnd(indent - 2)
  return lines.map((line, at) => `  ${at === 0 ? first : ' '.repeat(indent - 2)}${line}`)
}

function spanText(span: ShownSpan, colour: boolean): string {
  const text = 'secret' in span ? `‹${span.secret}›` : visible(span.text)
  return span.fault && colour && text !== '' ? `\u001b[7m${text}\u001b[0m` : text
}

/** Bytes as lines: each CRLF ends one, any other odd byte is shown as its escape. */
function byteLines(spans: readonly ShownSpan[], colour: boolean): readonly string[] {
  const lines: string[] = ['']
  for (const span of spans) {
    const parts =
      'secret' in span ? [span] : span.text.split('\r\n').map((text) => ({ ...span, text }))
    for (const [at, part] of parts.entries()) {
      if (at > 0) lines.push('')
      lines[lines.length - 1] += spanText(part, colour)
    }
  }
  return lines
}

function requestText(each: ExplainedRequest, look: Look): readonly string[] {
  const label = each.role === 'control' ? 'control' : 'sends'
  const name = each.step === undefined ? '' : `${each.step}: `
  const { head, body } = each.request
  const bytes = [
    ...byteLines(head, look.colour).slice(0, -2),
    ...(body === undefined ? [] : ['', ...byteLines(body, look.colour)]),
  ]
  return [
    ...(each.published ?? []).flatMap((text) => row('publishes', text, look)),
    ...row(label, `${name}${visibleText(each.say)}`, look),
    ...bytes.map((line) => `${' '.repeat(indent + 2)}${line}`.trimEnd()),
    ...(each.fault === undefined
      ? []
      : row('', `the only fault: ${visibleText(each.fault)}`, look)),
  ]
}

function lineText(line: ExplainedLine, explained: Explained, look: Look): readonly string[] {
  const wants = line.wants.map(({ check, wanted }) => `${check}: ${wanted}`).join('; ')
  const soft = line.softened === undefined ? '' : ` (softened: ${line.softened})`
  const clauses = [...line.because, ...line.despite].flatMap((id) => {
    const clause = explained.clauses.find((each) => each.id === id)
    if (clause === undefined) return []
    const label = line.because.includes(id) ? 'because' : 'despite'
    return [...row(label, `${clause.where}   ${clause.says}`, look), ...row('', clause.url, look)]
  })
  const condition = line.when === undefined ? [] : row('where', line.when, look)
  return [...row(line.level, `${wants}${soft}`, look), ...condition, ...clauses]
}

const watching = 'Sends nothing itself: it looks at every exchange of a run.'

/** An explanation for people. */
export function explainedText(explained: Explained, look: Look): string {
  const { id, title, suite, severity, requests, lines, risk, others } = explained
  const curl = requests.find((each) => each.role === 'test')?.curl
  const blocks: readonly (readonly string[])[] = [
    [`${id} · ${suite} · ${severity}`, ...wrap(title, look.columns - 2).map((line) => `  ${line}`)],
    ...(explained.watches ? [row('sends', watching, look)] : []),
    ...requests.map((each) => requestText(each, look)),
    ...lines.map((line) => lineText(line, explained, look)),
    [...row('harm', explained.harm, look), ...row('fix', explained.fix, look)],
    risk.length === 0
      ? []
      : row('risk', `${risk.join(', ')}: run only with --allow ${risk.join(',')}`, look),
    // Commands are not wrapped: they are there to be copied.
    [
      `  ${'again'.padEnd(indent - 2)}${explained.command}`,
      ...(curl === undefined ? [] : [`${' '.repeat(indent)}${curl}`]),
    ],
    others.length === 0 ? [] : row('also', others.join(' '), look),
  ]
  const shown = blocks.filter((block) => block.length > 0)
  return `${shown.map((block) => block.join('\n')).join('\n\n')}\n`
}
