import { operationOf } from '../credentials/operations.ts'
import type { Send } from '../model/case.ts'
import type { PreflightFinding } from '../model/report.ts'
import { printKey, type RunContext } from './context.ts'
import { learn } from './fingerprint.ts'
import { answersOf, isUsable, sample } from './samples.ts'

/** What is there for everybody, and what a reader calls it. */
const openOperations = {
  public: { id: 'public-url', name: 'The public URL', given: 'The public URL' },
  'key-set': { id: 'key-set-url', name: 'The key set', given: 'The URL of the key set' },
} as const

type OpenName = keyof typeof openOperations

/** Learns an operation that must serve anonymous requests. */
async function learnOne(context: RunContext, to: OpenName): Promise<PreflightFinding> {
  const { id, name, given } = openOperations[to]
  const send: Send = { to, with: 'nothing' }
  const one = await sample(context, send, undefined, 1)
  // What was asked for four times in vain is not asked for again.
  const two = isUsable(one) ? await sample(context, send, undefined, 2) : undefined
  const asked = [one, ...(two === undefined ? [] : [two])]
  const answers = answersOf(asked)
  const granted = answers.filter((answer) => answer.status >= 200 && answer.status < 300)
  const learned = learn(granted, [])
  // Keys come and go, and nothing was refused here: the status alone tells.
  const { status } = learned.granted ?? {}
  const own =
    to === 'key-set' && status !== undefined ? { ...learned, granted: { status } } : learned
  context.prints.set(printKey(to, undefined), { ...own, tells: ['status'] })
  const holds = granted.length === 2
  return {
    id,
    holds,
    say: holds
      ? `${name} answers without credentials.`
      : `${given} does not answer without credentials (${answers[0]?.status ?? 'no answer'}).`,
    exchanges: asked.map(({ exchange }) => exchange.n),
  }
}

/** Learns all that is there for everybody, as far as the target says where. */
export async function learnOpen(context: RunContext): Promise<PreflightFinding[]> {
  const found: PreflightFinding[] = []
  for (const name of Object.keys(openOperations) as OpenName[]) {
    if (operationOf(context.target, name, undefined) === undefined) continue
    found.push(await learnOne(context, name))
  }
  return found
}
