import type { Built } from '../credentials/build.ts'
import { secretsOf } from '../credentials/spans.ts'
import type { Exchange } from '../model/exchange.ts'
import type { ReportExchange, ReportResult } from '../model/report.ts'
import { withoutPrivateParts } from '../text/private-members.ts'
import type { Performed, RunEvent } from './event.ts'
import { createMasker, MARK, type Masker } from './mask.ts'
import { showExchange } from './show.ts'

/** Keeps what happened: exchanges by number, results in order, each told to a listener at once. */
export interface Recorder {
  readonly exchange: (performed: Performed) => void
  readonly result: (result: ReportResult) => void
  readonly event: (event: RunEvent) => void
  readonly exchanges: ReadonlyMap<number, ReportExchange>
  readonly results: readonly ReportResult[]
  readonly mask: (text: string) => string
  readonly secrets: () => readonly string[]
  /** Takes in a secret that an answer gave out, before anything of that answer is shown. */
  readonly keep: (secret: string) => void
  /** Told of every exchange with its answer, for watches and the clock. */
  readonly watchWith: (watch: (performed: Performed) => void) => void
  planned: number
}

/** Content is held as bytes. */
const LATIN1_MARK = Buffer.from(MARK, 'utf8').toString('latin1')

/** Parts of private keys that are learned from one answer; more than any key has. */
const MOST_LEARNED = 100
const MOST_SECRETS = 20_000

function learnSecrets(masker: Masker, built: Built): void {
  const { request } = built
  const spans = [
    ...request.target,
    ...request.fields.flatMap((line) => line.value),
    ...(request.body ?? []),
    ...(request.trailers ?? []).flatMap((line) => line.value),
  ]
  for (const each of [...secretsOf(spans), ...built.secrets]) masker.add(each)
}

/**
 * A private key that the server publishes is no secret any more, and yet no report may pass it on: it
 * goes before anything is kept, whatever its length, so that not even the digest depends on it.
 */
function withoutPrivateKeys({ exchange, send }: Performed, masker: Masker): Exchange {
  const { answer } = exchange
  if (answer === undefined) return exchange
  const { text, parts } = withoutPrivateParts(answer.body, send.to === 'key-set', LATIN1_MARK)
  // A server that sends others every time must not make the search for them endless.
  if (masker.secrets().length < MOST_SECRETS) {
    for (const part of parts.slice(0, MOST_LEARNED)) masker.add(part)
  }
  return text === answer.body ? exchange : { ...exchange, answer: { ...answer, body: text } }
}

/** What a check found may quote the answer: a secret that the server repeated is in it. */
function masked(result: ReportResult, mask: Masker['mask']): ReportResult {
  const { reason } = result
  return {
    ...result,
    ...(reason === undefined ? {} : { reason: { ...reason, say: mask(reason.say) } }),
    lines: result.lines.map((line) => ({
      ...line,
      got: mask(line.got),
      checks: line.checks.map((check) => ({ ...check, got: mask(check.got) })),
    })),
  }
}

/** A recorder that passes each event on as soon as it has happened. */
export function createRecorder(
  secrets: readonly string[],
  on: (event: RunEvent) => void,
): Recorder {
  const masker = createMasker(secrets)
  const exchanges = new Map<number, ReportExchange>()
  const results: ReportResult[] = []
  const watches: ((performed: Performed) => void)[] = []
  const recorder: Recorder = {
    planned: 0,
    exchanges,
    results,
    mask: masker.mask,
    secrets: masker.secrets,
    keep: masker.add,
    exchange(performed) {
      learnSecrets(masker, performed.built)
      const clean = withoutPrivateKeys(performed, masker)
      const shown = showExchange(clean, performed.outcome, masker.mask)
      exchanges.set(shown.n, shown)
      on({ type: 'exchange', exchange: shown })
      for (const watch of watches) watch(performed)
    },
    result(found) {
      const result = masked(found, masker.mask)
      results.push(result)
      on({
        type: 'result',
        result,
        done: results.length,
        of: Math.max(recorder.planned, results.length),
      })
    },
    event: on,
    watchWith(watch) {
      watches.push(watch)
    },
  }
  return recorder
}
