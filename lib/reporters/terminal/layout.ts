/** Names for what colours mean here; without colour they change nothing. */
export type Style = 'bold' | 'dim' | 'bad' | 'warn' | 'good' | 'fault'

/** What may be left out, in this order, so that a short report fits one screen. */
export type Spared = 'blanks' | 'curl' | 'harm' | 'links'

/** How lines are made: how wide, what is left out, and how text is painted. */
export interface Layout {
  readonly width: number
  readonly without: ReadonlySet<Spared>
  readonly paint: (text: string, style: Style) => string
}

const codes: Readonly<Record<Style, string>> = {
  bold: '1',
  dim: '2',
  bad: '31;1',
  warn: '33;1',
  good: '32',
  fault: '7',
}

/** Paints only where colour is wanted. */
export const painter =
  (colour: boolean): Layout['paint'] =>
  (text, style) =>
    colour && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text

/** How many columns unpainted text takes. */
export const columns = (text: string): number => [...text].length

const pieces = (word: string, width: number): readonly string[] => {
  // A URL that is broken cannot be followed, so it may stand out instead.
  if (columns(word) <= width || /^https?:\/\/\S{1,200}$/.test(word)) return [word]
  const characters = [...word]
  return Array.from({ length: Math.ceil(characters.length / width) }, (_, at) =>
    characters.slice(at * width, (at + 1) * width).join(''),
  )
}

/** Breaks text at spaces into lines of at most `width` columns; longer words are cut apart. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((one) => pieces(one, width))) {
    if (line === '') line = word
    else if (columns(line) + 1 + columns(word) <= width) line = `${line} ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

/** Column where the label of an evidence row stands, and where its text begins. */
export const labelAt = 4
export const textAt = 14

/** A row `label     text`, the text wrapped and indented under itself. */
export const labelled = (label: string, lines: readonly string[], layout: Layout): string[] =>
  lines.map((line, at) =>
    at === 0
      ? `${' '.repeat(labelAt)}${layout.paint(label.padEnd(textAt - labelAt - 1), 'dim')} ${line}`
      : gutter.test(line)
        ? `${' '.repeat(textAt - 2)}${line}`
        : `${' '.repeat(textAt)}${line}`,
  )

const gutter = /^│ /

/**
 * Lines of text in which a target's own bytes may stand: all but the first get a stroke before
 * them, so that no line begins with what a target wrote.
 */
export const guarded = (lines: readonly string[]): readonly string[] =>
  lines.map((line, at) => (at === 0 ? line : `│ ${line}`))

// Text that quotes a target can be long; the other reporters have all of it.
const mostLines = 6

const few = (text: string, room: number): readonly string[] => {
  const lines = wrap(text, room)
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines - 1), '…']
}

/** The same for running text of our own; nothing where there is none. */
export const told = (label: string, text: string, layout: Layout): string[] =>
  text === '' ? [] : labelled(label, few(text, layout.width - textAt), layout)

/** The same for text in which a target's own bytes may stand. */
export const heard = (label: string, text: string, layout: Layout): string[] =>
  text === '' ? [] : labelled(label, guarded(few(text, layout.width - textAt)), layout)

/** A sentence with a sign before it, or under a heading, that may quote a target. */
export const paragraph = (text: string, layout: Layout, sign: string = ' '): readonly string[] =>
  few(text, layout.width - 4).map((line, at) => `  ${at === 0 ? sign : '│'} ${line}`)

/** A sentence of our own under a heading. */
export const sentence = (text: string, layout: Layout): readonly string[] =>
  few(text, layout.width - 4).map((line) => `    ${line}`)

/** Parts one after the other, broken only between them. */
export const flow = (parts: readonly string[], gap: string, width: number): readonly string[] => {
  const lines: string[] = []
  for (const part of parts) {
    const line = lines.at(-1)
    const fits = line !== undefined && columns(line) + columns(gap) + columns(part) <= width
    if (fits) lines[lines.length - 1] = `${line}${gap}${part}`
    else lines.push(part)
  }
  return lines
}

/** Blanks between a left and a right part so that the right one ends at the margin; at least two. */
export const apart = (left: string, right: string, width: number): string =>
  ' '.repeat(Math.max(2, width - columns(left) - columns(right)))
