import { replaceSecrets } from '../text/needles.ts'

/** Replaces secrets, in every spelling the tool knows, by a mark. */
export interface Masker {
  readonly add: (secret: string) => void
  readonly mask: (text: string) => string
  readonly secrets: () => readonly string[]
}

export const MARK = '‹secret›'

/** A masker that learns secrets as they are sent. */
export function createMasker(initial: readonly string[]): Masker {
  const known = new Set<string>(initial.filter((each) => each.length >= 6))
  return {
    add(secret) {
      if (secret.length >= 6) known.add(secret)
    },
    mask: (text) => replaceSecrets(text, [...known], MARK),
    secrets: () => [...known],
  }
}
