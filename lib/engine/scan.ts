import type { Suite } from '../model/case.ts'
import type { Clause } from '../model/clause.ts'
import type { RunOptions } from '../model/options.ts'
import type { Report, ReportResult } from '../model/report.ts'
import { replaceSecrets } from '../text/needles.ts'
import { concludes, summarise } from './assemble.ts'
import { MARK } from './mask.ts'

interface Corpus {
  readonly suites: readonly Suite[]
  readonly clauses: readonly Clause[]
  readonly options: Pick<RunOptions, 'maxInconclusive'>
}

/** Words of our own texts and of the target's address cannot be told from a secret that equals them. */
function searchable(secrets: readonly string[], report: Report, corpus: Corpus): string[] {
  const own = `${JSON.stringify(corpus.suites)}${JSON.stringify(corpus.clauses)}${report.target.url} password another user wrong unknown encoded`
  const folded = own.toLowerCase()
  return secrets.filter((each) => each.length >= 6 && !folded.includes(each.toLowerCase()))
}

function leak(): ReportResult {
  return {
    id: 'no-secret-in-the-report',
    case: 'no-secret-in-the-report',
    suite: 'tool',
    title: 'This tool keeps secrets out of its own report',
    severity: 'high',
    verdict: 'broken',
    level: 'must',
    reason: {
      code: 'secret-in-report',
      say: 'A secret was found in the finished report and replaced; this is a mistake of this tool.',
    },
    rests: [],
    attempts: 0,
    lines: [],
    sent: 'nothing',
    harm: 'A report that is passed on would give away a secret.',
    fix: 'Please report it; the report at hand no longer holds the secret.',
    exchanges: [],
    reproduce: { command: 'npx http-auth-conformance --version' },
    durationMs: 0,
  }
}

/** The second net under the labels: a secret found in the finished report is replaced and confessed. */
export function scan(report: Report, secrets: readonly string[], corpus: Corpus): Report {
  const text = JSON.stringify(report)
  const clean = replaceSecrets(text, searchable(secrets, report, corpus), MARK)
  if (clean === text) return report
  const masked = JSON.parse(clean) as Report
  const results = [...masked.results, leak()]
  const confessed = { ...masked, results, summary: summarise(results) }
  return { ...confessed, ...concludes(confessed, corpus.options.maxInconclusive) }
}
