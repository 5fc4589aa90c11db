import { indexSecrets } from '../text/needles.ts'

/** Replaces secrets, in every spelling the tool knows, by a mark. */
export interface Masker {
  readonly add: (secret: string) => void
  readonly mask: (text: string) => string
  readonly secrets: () => readonly string[]
}

export const MARK = '‹secret›'

// A longer one is a bulk fault: what it repeats of the secret is found by its shorter forms.
const LONGEST = 4096

/** A masker that learns secrets as they are sent; those under six characters cannot be searched for. */
export function createMasker(initial: readonly string[]): Masker {
  const known = new Set<string>()
  const index = indexSecrets()
  const add = (secret: string): void => {
    if (secret.length < 6 || secret.length > LONGEST || known.has(secret)) return
    known.add(secret)
    index.add(secret)
  }
  for (const each of initial) add(each)
  return { add, mask: (text) => index.replace(text, MARK), secrets: () => [...known] }
}
