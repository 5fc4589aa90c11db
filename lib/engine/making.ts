import { type Built, build } from '../credentials/build.ts'
import type { Missing } from '../credentials/credential.ts'
import type { Moment } from '../credentials/jwt/base.ts'
import { foreignPath } from '../host/foreign.ts'
import type { CredentialKind, Send } from '../model/case.ts'
import type { Target } from '../model/profile.ts'
import { randomFrom } from '../text/random.ts'
import type { RunContext } from './context.ts'

/** One exchange to be made. */
export interface Order {
  readonly send: Send
  readonly kind: CredentialKind | undefined
  /** Names the stream of random choices, so that a case gives the same bytes in every run. */
  readonly label: string
  readonly attempt: number
  readonly pastCache?: boolean
  /** Now where it is left out; the same one makes two tokens comparable. */
  readonly moment?: Moment
}

/** Now, by the server's clock as far as it is known. */
export function momentOf(context: RunContext): Moment {
  const skew = context.clock.skew()
  return { now: Math.floor(Date.now() / 1000 + (skew ?? 0)), exact: skew !== undefined }
}

/** The target with what preflight was told about it. */
export function targetOf(context: RunContext): Target {
  const [metadataUrl] = [...context.told.values()].flatMap(({ metadata }) => metadata ?? [])
  return metadataUrl === undefined ? context.target : { ...context.target, metadataUrl }
}

/** Makes the request of an exchange, or says what the operator would have to supply. */
export function make(context: RunContext, order: Order): Built | Missing {
  const { listener } = context
  return build({
    target: targetOf(context),
    send: order.send,
    kind: order.kind,
    random: randomFrom(context.options.seed, order.label, String(order.attempt)),
    agent: context.agent,
    keyring: context.keyring,
    moment: order.moment ?? momentOf(context),
    ...(order.pastCache ? { pastCache: true } : {}),
    ...(listener === undefined
      ? {}
      : {
          callback: (tag: string, alg: string, document: string) =>
            listener.urlOf(foreignPath(tag, alg, document)),
        }),
  })
}
