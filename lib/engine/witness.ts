import type { Answer } from '../model/exchange.ts'
import type { Witness } from '../model/profile.ts'
import { pointerGet } from '../text/json-pointer.ts'

function parsed(body: string): unknown {
  try {
    return JSON.parse(Buffer.from(body, 'latin1').toString('utf8'))
  } catch {
    return undefined
  }
}

/** True if an answer has all that a witness names. */
export function witnessHolds(witness: Witness, answer: Answer): boolean {
  const { status, text, pointer } = witness
  if (status !== undefined && answer.status !== status) return false
  if (text !== undefined && !answer.body.includes(Buffer.from(text, 'utf8').toString('latin1'))) {
    return false
  }
  return pointer === undefined || pointerGet(parsed(answer.body), pointer) !== undefined
}

const MIN_LENGTH = 4
const MAX_LENGTH = 60

function pieces(body: string): readonly string[] {
  return body
    .split(/[\r\n<>{}[\]",]+/)
    .map((piece) => piece.trim())
    .filter(
      (piece) =>
        piece.length >= MIN_LENGTH && piece.length <= MAX_LENGTH && /^[\x20-\x7e]+$/.test(piece),
    )
}

/**
 * A text that every granted answer has and no refusal, to be proposed as a witness; never one that
 * holds a secret.
 */
export function proposeWitness(
  granted: readonly Answer[],
  refused: readonly Answer[],
  isSecret: (text: string) => boolean,
): string | undefined {
  const [first, ...others] = granted
  if (first === undefined) return undefined
  return pieces(first.body).find(
    (piece) =>
      others.every((answer) => answer.body.includes(piece)) &&
      !refused.some((answer) => answer.body.includes(piece)) &&
      !isSecret(piece),
  )
}
