import type { ClauseId, Report, Verdict } from '../../model/index.ts'

const written = (id: string): string =>
  id.replace(/[^A-Za-z0-9._@/-]/gu, (character) =>
    character === '#' ? ':' : `~${character.codePointAt(0)?.toString(16)}`,
  )

/** The fragment of a result or a case; the id itself wherever it is made of ordinary characters. */
export const resultAnchor = (id: string): string => written(id)

/** The fragment of a clause; no result can have it. */
export const clauseAnchor = (id: ClauseId): string => `clause:${written(id)}`

/** The fragment of a part of the page; no result can have it. */
export const sectionAnchor = (name: string): string => `section:${name}`

/** The order of the page, which is the order of what a reader has to do. */
export const pageOrder: readonly Verdict[] = [
  'fail',
  'broken',
  'inconclusive',
  'warn',
  'note',
  'skip',
  'pass',
]

/**
 * For each case that has only examples, the result that carries the anchor of the case: the first
 * in the order of the page. Keys are result ids, values case ids.
 */
export const caseAnchors = (report: Report): ReadonlyMap<string, string> => {
  const taken = new Set(report.results.map(({ id }) => id))
  const anchors = new Map<string, string>()
  for (const verdict of pageOrder) {
    for (const result of report.results) {
      if (result.verdict !== verdict || taken.has(result.case)) continue
      taken.add(result.case)
      anchors.set(result.id, result.case)
    }
  }
  return anchors
}
