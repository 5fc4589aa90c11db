/** Edits that turn one word into the other: insert, drop, replace, or swap two neighbours. */
export function distance(from: string, to: string): number {
  const [a, b] = [[...from], [...to]]
  let before: number[] = []
  let row = [...b.keys(), b.length]
  for (const [i, character] of a.entries()) {
    const next = [i + 1]
    for (const [j, other] of b.entries()) {
      const same = character === other ? 0 : 1
      const replaced = (row[j] ?? 0) + same
      const edited = Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1)
      const swaps = i > 0 && j > 0 && character === b[j - 1] && a[i - 1] === other
      next.push(swaps ? Math.min(edited, (before[j - 1] ?? 0) + 1) : edited)
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}

/** The name the caller may have meant, or undefined where none is near. */
export function closest(word: string, names: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  const limit = wanted.length < 4 ? 1 : 2
  const ranked = [...names]
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  if (best !== undefined && best.edits <= limit) return best.name
  return wanted.length < 3
    ? undefined
    : ranked.find(({ name }) => name.toLowerCase().startsWith(wanted))?.name
}

/** `did you mean X?` as a hint, where something is near enough. */
export function didYouMean(
  word: string,
  names: Iterable<string>,
  shown: (name: string) => string = (name) => name,
): string | undefined {
  const near = closest(word, names)
  return near === undefined ? undefined : `Did you mean ${shown(near)}?`
}
