import type { ReportLine } from '../../model/index.ts'
import { cut, prose } from '../safe.ts'
import { holdsSign } from '../words.ts'
import { columns, type Layout, labelAt, labelled, textAt, wrap } from './layout.ts'

interface Row {
  readonly check: string
  readonly wanted: string
  readonly got: string
  readonly holds: boolean | 'unknown'
  readonly step: string
  readonly how: string
}

const rowsOf = (lines: readonly ReportLine[], told: string | undefined): readonly Row[] =>
  lines.flatMap((line) =>
    line.checks.map((one) => ({
      check: cut(prose(one.check), 24),
      wanted: prose(one.wanted),
      got: prose(one.got),
      holds: one.holds,
      step: line.of === undefined ? '' : `step ${prose(line.of)}`,
      how: one.check === 'access' && told !== undefined ? `told apart by ${prose(told)}` : '',
    })),
  )

const style = (holds: boolean | 'unknown'): 'good' | 'warn' | 'bad' =>
  holds === 'unknown' ? 'warn' : holds ? 'good' : 'bad'

const sign = (row: Row, layout: Layout): string =>
  layout.paint(holdsSign(row.holds), style(row.holds))

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(columns))

const gap = 4

const aligned = (rows: readonly Row[], layout: Layout): readonly string[] | undefined => {
  const label = Math.max(textAt - labelAt, widest(rows.map((row) => row.check)) + 1)
  const wanted = Math.max(6, widest(rows.map((row) => row.wanted))) + gap
  const got = Math.max(3, widest(rows.map((row) => row.got))) + gap
  if (labelAt + label + wanted + got > layout.width) return undefined
  const indent = ' '.repeat(labelAt)
  const head = layout.paint(`${''.padEnd(label)}${'wanted'.padEnd(wanted)}got`, 'dim')
  const body = rows.map((row) => {
    const cells = `${row.check.padEnd(label)}${row.wanted.padEnd(wanted)}${row.got.padEnd(got - 1)}`
    const room = layout.width - labelAt - columns(cells) - 4
    const remark = [[row.step, row.how].filter((part) => part !== '').join(', '), row.step].find(
      (text) => columns(text) <= room,
    )
    const aside = remark ? `   ${layout.paint(remark, 'dim')}` : ''
    return `${indent}${cells}${sign(row, layout)}${aside}`
  })
  return [`${indent}${head}`, ...body]
}

// Where columns would be too narrow to read, each check takes a line for what was wanted and one
// for what came; the second is cut, since it repeats what the target sent.
const stacked = (row: Row, layout: Layout): readonly string[] => {
  const room = layout.width - textAt - 8
  const step = row.step === '' ? '' : ` (${row.step})`
  const wanted = wrap(cut(`${row.wanted}${step}`, room * 4), room).map((line, at) =>
    at === 0 ? `wanted  ${line}` : `      │ ${line}`,
  )
  const got = `got     ${cut(row.got, room - 2)} ${sign(row, layout)}`
  return labelled(row.check, [...wanted, got], layout)
}

const single = (row: Row, layout: Layout): readonly string[] | undefined => {
  const before = `wanted ${row.wanted}, got `
  const room = layout.width - textAt - columns(before) - 2
  const fits = columns(row.got) <= room || room >= 30
  if (!fits || columns(row.check) >= textAt - labelAt) return undefined
  return labelled(row.check, [`${before}${cut(row.got, room)} ${sign(row, layout)}`], layout)
}

/**
 * What was wanted and what came, one check after the other. `told` says how granted and refused
 * answers are told apart; checks that hold are left out where `lines` are many.
 */
export const table = (
  lines: readonly ReportLine[],
  told: string | undefined,
  layout: Layout,
): readonly string[] => {
  const all = rowsOf(lines, told)
  const rows = all.length > 8 ? all.filter((row) => row.holds !== true) : all
  const [only, ...others] = rows
  if (only === undefined) return []
  const short =
    layout.without.has('blanks') && others.length === 0 ? single(only, layout) : undefined
  return short ?? aligned(rows, layout) ?? rows.flatMap((row) => stacked(row, layout))
}
