/** What a run begins with. */
import { base64, utf8 } from '../credentials/bytes.ts'
import { createKeyring } from '../credentials/jwt/keyring.ts'
import { kindsOffered } from '../credentials/operations.ts'
import type { Target } from '../model/profile.ts'
import type { Reason } from '../model/report.ts'
import { createTransport } from '../transport/open.ts'
import { createBudget, isLoopback } from './budget.ts'
import { createClock } from './clock.ts'
import type { RunContext, RunEvent } from './context.ts'
import { NAME, type RunInput } from './input.ts'
import { createRecorder } from './recorder.ts'

function knownSecrets(target: Target): string[] {
  const { accounts, tokens, bearer, bearers, signingKey, hosted } = target.supplied
  const pairs = Object.values(accounts).flatMap((account) =>
    account === undefined
      ? []
      : [utf8(account.password), base64(utf8(`${account.user}:${account.password}`))],
  )
  const fields = target.fields.map(([, value]) => value)
  const given = [bearer, ...Object.values(bearers ?? {}), signingKey?.key, hosted?.like]
  const bearing = given.filter((each) => each !== undefined)
  return [...pairs, ...Object.values(tokens), ...bearing, ...fields]
}

/** The options with the profile's witness, where the operator names none. */
function optionsFor({ options, target }: RunInput): RunContext['options'] {
  const { witness } = target.profile
  return options.witness === undefined && witness !== undefined ? { ...options, witness } : options
}

/** The context of a run before anything is sent; `unhosted` as in RunContext. */
export function createContext(input: RunInput, unhosted?: Reason): RunContext {
  const emit = (event: RunEvent): void => {
    input.journal?.(JSON.stringify(event))
    input.on?.(event)
  }
  const { target } = input
  const options = optionsFor(input)
  return {
    target,
    options,
    transport: createTransport({ ...input.transport, timeoutMs: options.timeoutMs }),
    budget: createBudget({
      loopback: isLoopback(target.url.hostname),
      rate: options.rate,
      loginBudget: options.loginBudget,
      limits: target.profile.limits,
    }),
    clock: createClock(),
    recorder: createRecorder(knownSecrets(target), emit),
    signal: input.signal,
    clauses: new Map(input.clauses.map((clause) => [clause.id, clause])),
    agent: `${NAME}/${input.versions.tool}`,
    prints: new Map(),
    told: new Map(),
    kinds: kindsOffered(target),
    keyring: createKeyring(target.supplied, options.seed),
    listener: undefined,
    hosting: undefined,
    ...(unhosted === undefined ? {} : { unhosted }),
    serial: 0,
    restless: false,
    stop: undefined,
  }
}
