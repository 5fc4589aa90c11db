/** The proof as a page for readers and as the data that `list --mutants` shows. */
import type { Case, Suite } from '../../lib/model/case.ts'
import type { Clause } from '../../lib/model/clause.ts'
import { unproven } from './exceptions.ts'
import { catchersOf, decidedBy, type Weighed, widest } from './weigh.ts'

/** All that the page is made of. */
export interface Proven {
  readonly suites: readonly Suite[]
  readonly clauses: readonly Clause[]
  readonly weighed: readonly Weighed[]
}

/** The narrowest mutant that proves a case of a suite; undefined where there is none. */
export const proverOf = (
  each: Pick<Case, 'id'>,
  suite: Suite,
  weighed: readonly Weighed[],
): Weighed | undefined => {
  const [narrowest] = catchersOf(each.id, weighed)
  // What preflight decides is proven by servers that are wrong throughout, and by nothing else.
  if (suite.id === 'preflight') return narrowest
  return catchersOf(each.id, weighed).find(
    ({ mutant, changes }) =>
      mutant.kind !== 'universal' && changes.length <= widest(suite.cases.length),
  )
}

const casesOf = (suites: readonly Suite[]): readonly (readonly [Suite, Case])[] =>
  suites.flatMap((suite) => suite.cases.map((each): readonly [Suite, Case] => [suite, each]))

const caughtBy = ({ changes }: Weighed): readonly string[] =>
  [...new Set(changes.filter((change) => change.catches).map((change) => change.case))].sort()

const changed = (count: number): string => (count === 1 ? '1 case' : `${count} cases`)

const caseRow = (suite: Suite, each: Case, weighed: readonly Weighed[]): string => {
  const prover = proverOf(each, suite, weighed)
  const proof =
    prover === undefined
      ? `none: ${unproven[each.id] ?? ''}`
      : `\`${prover.mutant.id}\`: ${prover.mutant.does}`
  const width = prover === undefined ? '' : changed(prover.changes.length)
  return `| \`${each.id}\` | ${each.title} | ${proof} | ${width} |`
}

const verdictOf = (weighed: Weighed, id: string): string =>
  weighed.changes.find((change) => change.case === id)?.verdicts[0] ?? ''

const mutantRow = (each: Weighed): string => {
  const cases = caughtBy(each).map((id) => `\`${id}\` (${verdictOf(each, id)})`)
  const level = each.mutant.breaks === undefined ? '' : each.mutant.breaks
  const soft = each.mutant.softened ? ', softened' : ''
  return `| \`${each.mutant.id}\` | ${each.mutant.does} | ${level}${soft} | ${cases.join(', ')} |`
}

const section = (title: string, about: string, head: string, rows: readonly string[]): string =>
  [`## ${title}`, '', about, '', ...head.split('\n'), ...rows, ''].join('\n')

const mutantHead = '| mutant | what it does | level | caught by |\n| --- | --- | --- | --- |'

const counts = ({ suites, clauses, weighed }: Proven): readonly string[] => {
  const cases = casesOf(suites)
  const proven = cases.filter(([suite, each]) => proverOf(each, suite, weighed) !== undefined)
  const narrow = weighed.filter(({ mutant }) => mutant.kind === 'narrow')
  const benign = weighed.filter(({ mutant }) => mutant.kind === 'benign')
  const caught = narrow.filter((each) => caughtBy(each).length > 0)
  const counted = clauses.filter(({ uncounted }) => uncounted === undefined)
  const decided = decidedBy(weighed)
  return [
    `- ${proven.length} of ${cases.length} cases are proven by a narrow mutant.`,
    `- ${caught.length} of ${narrow.length} narrow mutants are caught.`,
    `- ${counted.filter(({ id }) => decided.has(id)).length} of ${counted.length} requirements are decided: a mutant made to break them is caught by a line that cites them.`,
    `- ${benign.length} servers are unusual and right; none of them fails anything.`,
  ]
}

/** The page, in Markdown. */
export const pageOf = (proven: Proven): string => {
  const { suites, weighed } = proven
  const kind = (name: string): readonly string[] =>
    weighed.filter(({ mutant }) => mutant.kind === name).map(mutantRow)
  return [
    '# What proves the cases',
    '',
    'Every case is tried on servers of our own: one that conforms, and one for each defect that the',
    'case looks for. A mutant catches a case if the case has its own failing verdict against it, and',
    'passes on the same server without the defect. It proves the case if it changes what at most three',
    'cases say, or a tenth of those in its suite. This page is generated; `npm test` holds it to be',
    'current.',
    '',
    ...counts(proven),
    '',
    ...suites.map((suite) =>
      section(
        suite.title,
        suite.about,
        '| case | claims | narrowest mutant | changes |\n| --- | --- | --- | --- |',
        suite.cases.map((each) => caseRow(suite, each, weighed)),
      ),
    ),
    section('Narrow mutants', 'One defect each.', mutantHead, kind('narrow')),
    section(
      'Unusual and right',
      'Nothing may fail against them. What is said of them nevertheless is true.',
      mutantHead,
      kind('benign'),
    ),
    section(
      'Wrong throughout',
      'They prove how a run copes, not what a case finds; those that answer at random are left out.',
      mutantHead,
      kind('universal'),
    ).trimEnd(),
    '',
  ].join('\n')
}

const entries = (record: Readonly<Record<string, unknown>>): string => JSON.stringify(record)

/** The module `suites/proof.ts`, before it is formatted. */
export const moduleOf = ({ weighed }: Proven): string => {
  const proof = Object.fromEntries(
    weighed
      .map((each): [string, readonly string[]] => [each.mutant.id, caughtBy(each)])
      .sort(([one], [other]) => one.localeCompare(other)),
  )
  const decided = Object.fromEntries(
    [...decidedBy(weighed)].sort(([one], [other]) => one.localeCompare(other)),
  )
  return [
    "// Generated by test/proof/generate.ts from runs against every mutant; don't edit.",
    "import type { ClauseId } from '../lib/model/clause.ts'",
    '',
    '/** The cases that catch each mutant. */',
    `export const proof: Readonly<Record<string, readonly string[]>> = ${entries(proof)}`,
    '',
    '/** For each clause that is decided, the narrowest mutant made to break it that is caught. */',
    `export const decided: Readonly<Record<ClauseId, string>> = ${entries(decided)}`,
    '',
  ].join('\n')
}
