/** Breaks text at blanks so that no line is longer than it need be. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`
    } else lines.push(word)
  }
  return lines
}

/** Text beside a label; a label that is too long gets a line of its own. */
export function beside(label: string, text: string, column: number, width: number): string {
  const lines = wrap(text, Math.max(width - column, 20))
  const own = label.length >= column
  const first = own ? [label] : [`${label.padEnd(column)}${lines[0] ?? ''}`]
  const rest = own ? lines : lines.slice(1)
  return [...first, ...rest.map((line) => `${' '.repeat(column)}${line}`)].join('\n')
}
