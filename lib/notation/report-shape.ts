/** The table of a report: everything `Report` has and nothing else. */
import type { ClauseId } from '../model/clause.ts'
import type { Ending, TlsFacts } from '../model/exchange.ts'
import type { Json } from '../model/json.ts'
import type {
  Headline,
  PreflightFinding,
  Reason,
  Report,
  ReportClause,
  ReportExchange,
  ReportLine,
  ReportResult,
  ShownAnswer,
  ShownRequest,
  ShownSpan,
  Summary,
  Verdict,
} from '../model/report.ts'
import {
  anyText,
  array,
  boolean,
  finite,
  json,
  literal,
  named,
  object,
  optional,
  pair,
  pattern,
  record,
  type Shape,
  text,
  union,
  whole,
} from './shape.ts'
import { clauseId, id, level, outcome, severity } from './word-shapes.ts'

const words = anyText()
const count = whole(0)
const fault = optional(literal(true))
const time = pattern<string>(
  'a time in UTC',
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  '2024-05-01T12:00:00.000Z',
)
const resultId = pattern<string>(
  'a result id',
  /^[a-z0-9-]+(?:\/[a-z0-9-]+)?(?:@[a-z0-9-]+)?$/,
  'jwt-alg-none/mixed',
)
const verdict: Shape<Verdict> = literal(
  'pass',
  'fail',
  'warn',
  'note',
  'skip',
  'inconclusive',
  'broken',
)
const ending: Shape<Ending> = literal('complete', 'closed', 'silent', 'unsent')
const holds: Shape<boolean | 'unknown'> = union(boolean(), literal('unknown'))
const code = id
const coded = named('coded', () =>
  object<{ readonly code: string; readonly say: string }>({ code, say: text() }),
)

const shownSpan: Shape<ShownSpan> = named('shownSpan', () =>
  union(
    object<Extract<ShownSpan, { readonly text: string }>>({ text: words, fault }),
    object<Extract<ShownSpan, { readonly secret: string }>>({ secret: text(), fault }),
  ),
)

const shownRequest: Shape<ShownRequest> = named('shownRequest', () =>
  object<ShownRequest>({
    method: words,
    url: words,
    head: array(shownSpan),
    body: optional(array(shownSpan)),
  }),
)

const shownAnswer: Shape<ShownAnswer> = named('shownAnswer', () =>
  object<ShownAnswer>({
    version: words,
    status: count,
    reason: words,
    fields: array(pair(words, words)),
    mediaType: optional(words),
    bodyBytes: count,
    body: optional(words),
    bodyCut: optional(boolean()),
    digest: pattern<string>('a SHA-256 in hex', /^[0-9a-f]{64}$/, 'a5'.repeat(32)),
    violations: array(coded),
  }),
)

const tlsFacts: Shape<TlsFacts> = named('tlsFacts', () =>
  object<TlsFacts>({
    version: words,
    cipher: words,
    alpn: optional(words),
    issuer: optional(words),
    validTo: optional(words),
  }),
)

const exchange: Shape<ReportExchange> = named('exchange', () =>
  object<ReportExchange>({
    n: whole(1),
    at: time,
    ms: finite(),
    carrier: literal('undici', 'raw'),
    connection: count,
    ending,
    outcome: union(outcome, literal('unjudged')),
    request: shownRequest,
    answer: optional(shownAnswer),
    trouble: optional(coded),
    found: optional(words),
    tls: optional(tlsFacts),
  }),
)

const reportLine: Shape<ReportLine> = named('line', () =>
  object<ReportLine>({
    level,
    severity,
    because: array(clauseId),
    despite: optional(array(clauseId)),
    softened: optional(text()),
    of: optional(words),
    checks: array(
      object<ReportLine['checks'][number]>({ check: text(), wanted: words, got: words, holds }),
    ),
    wanted: words,
    got: words,
    holds,
  }),
)

const reason: Shape<Reason> = named('reason', () =>
  object<Reason>({ code, say: text(), option: optional(text()) }),
)

const result: Shape<ReportResult> = named('result', () =>
  object<ReportResult>({
    id: resultId,
    case: id,
    suite: id,
    title: text(),
    severity,
    verdict,
    level,
    outcome: optional(outcome),
    reason: optional(reason),
    rests: array(text()),
    proves: optional(text()),
    deviates: optional(
      object<NonNullable<ReportResult['deviates']>>({ source: text(), say: text() }),
    ),
    attempts: count,
    lines: array(reportLine),
    sent: words,
    fault: optional(words),
    harm: text(),
    fix: text(),
    control: optional(whole(1)),
    exchanges: array(whole(1)),
    main: optional(whole(1)),
    reproduce: object<ReportResult['reproduce']>({ command: text(), curl: optional(text()) }),
    durationMs: finite(),
    group: optional(text()),
  }),
)

const finding: Shape<PreflightFinding> = named('finding', () =>
  object<PreflightFinding>({
    id,
    holds,
    say: text(),
    hint: optional(text()),
    exchanges: optional(array(whole(1))),
    blocks: optional(literal(true)),
  }),
)

const summary: Shape<Summary> = named('summary', () =>
  object<Summary>({
    pass: count,
    fail: count,
    warn: count,
    note: count,
    skip: count,
    inconclusive: count,
    broken: count,
    deviations: count,
  }),
)

const headline: Shape<Headline> = named('headline', () =>
  object<Headline>({ code, say: text(), hint: optional(text()), count }),
)

const clause: Shape<ReportClause> = named('clause', () =>
  object<ReportClause>({ level, where: text(), url: text(), says: text() }),
)

const target: Shape<Report['target']> = named('target', () =>
  object<Report['target']>({
    url: text(),
    profile: id,
    title: text(),
    offers: array(text()),
    capabilities: array(text()),
    route: record<Report['target']['route']>(words, words),
    witness: record<Report['target']['witness']>(words, words),
  }),
)

export const reportShape: Shape<Report> = object<Report>({
  schema: literal('1.0'),
  tool: object<Report['tool']>({ name: text(), version: text(), node: text() }),
  suites: object<Report['suites']>({ version: text(), sha256: text() }),
  options: record<Report['options']>(words, json<Json>()),
  target,
  startedAt: time,
  durationMs: finite(),
  seed: words,
  requests: count,
  failedLogins: count,
  verdict: literal('conforms', 'does-not-conform', 'could-not-judge'),
  say: text(),
  scope: literal('full', 'anonymous'),
  interrupted: boolean(),
  keySet: optional(
    object<NonNullable<Report['keySet']>>({ where: text(), fetches: optional(whole(0)) }),
  ),
  summary,
  preflight: array(finding),
  headlines: array(headline),
  results: array(result),
  exchanges: array(exchange),
  clauses: record<{ readonly [id: ClauseId]: ReportClause }>(clauseId, clause),
  coverage: object<Report['coverage']>({ decided: count, applicable: count, total: count }),
})
