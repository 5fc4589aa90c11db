import type { PreflightFinding } from '../model/report.ts'
import { fieldValue } from '../text/fields.ts'
import { visible } from '../text/visible.ts'
import { printKey, type RunContext } from './context.ts'
import { sayWitness } from './fingerprint.ts'
import type { Learned } from './preflight.ts'
import { isRepeated } from './preflight-tokens.ts'

/** What the clock, the chain and the fingerprints look like, as findings that hold or do not. */
export function observations(context: RunContext, learned: readonly Learned[]): PreflightFinding[] {
  const found: PreflightFinding[] = []
  const skew = context.clock.skew()
  if (skew === undefined) {
    found.push({
      id: 'clock',
      holds: 'unknown',
      say: 'The server sends no Date, so its clock is not known.',
    })
  } else {
    const fine = Math.abs(skew) <= 60
    found.push({
      id: 'clock',
      holds: fine,
      say: fine
        ? "The server's clock agrees with ours."
        : `The server's clock is ${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} ours.`,
      ...(fine
        ? {}
        : {
            hint: "Times in tokens are computed from the server's clock; set it right all the same.",
          }),
    })
  }
  for (const each of learned) {
    const print = context.prints.get(printKey(each.operation, each.kind))
    if (print?.granted === undefined || each.blocked !== undefined) continue
    if (isRepeated(context, each.kind)) continue
    found.push({
      id: `told-apart-${each.operation}-${each.kind ?? 'any'}`,
      holds: print.tells.length > 0,
      say: `Granted and refused answers are ${sayWitness(print)}.`,
      exchanges: [...each.valid, ...each.anonymous].map((one) => one.exchange.n),
    })
  }
  return found
}

/** What the chain in front of the target says of itself. */
export function routeFacts(
  learned: readonly Learned[],
  mask: (text: string) => string,
): Record<string, string> {
  const facts: Record<string, string> = {}
  const samples = learned.flatMap((each) => [...each.valid, ...each.anonymous])
  for (const { exchange } of samples) {
    for (const name of ['Server', 'Via', 'X-Powered-By']) {
      const value = exchange.answer && fieldValue(exchange.answer.fields, name)
      if (value !== undefined) facts[name] ??= visible(mask(value), 100)
    }
    if (exchange.tls?.issuer !== undefined)
      facts['TLS issuer'] ??= visible(mask(exchange.tls.issuer), 100)
    if (exchange.tls !== undefined) facts.TLS ??= exchange.tls.version
  }
  return facts
}
