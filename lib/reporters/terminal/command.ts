import { columns, flow } from './layout.ts'

type Context = 'plain' | 'single' | 'double' | 'ansi'

const opened = (context: Context, character: string, next: string): Context | 'up' | undefined => {
  if (context === 'single' || context === 'ansi') return character === "'" ? 'up' : undefined
  if (character === '$' && next === '(') return 'plain'
  if (character === '$' && next === "'" && context === 'plain') return 'ansi'
  if (character === '"') return context === 'double' ? 'up' : 'double'
  if (context === 'plain' && character === "'") return 'single'
  return context === 'plain' && character === ')' ? 'up' : undefined
}

/**
 * Cuts a shell command at the spaces where a line may be continued: outside quotation marks, or
 * inside a command substitution.
 */
export const words = (command: string): readonly string[] => {
  const stack: Context[] = ['plain']
  const found: string[] = []
  let word = ''
  for (let at = 0; at < command.length; at += 1) {
    const character = command.charAt(at)
    const context = stack.at(-1) ?? 'plain'
    if (character === '\\' && context !== 'single') {
      word += command.slice(at, at + 2)
      at += 1
      continue
    }
    if (character === ' ' && context === 'plain') {
      found.push(word)
      word = ''
      continue
    }
    const change = opened(context, character, command.charAt(at + 1))
    // What follows the dollar must not be read again as opening or closing something itself.
    const taken = change === 'plain' || change === 'ansi' ? 2 : 1
    word += command.slice(at, at + taken)
    at += taken - 1
    if (change === 'up') stack.pop()
    else if (change !== undefined) stack.push(change)
  }
  return [...found, word]
}

// An option and its value belong on one line, as does a pipe with what it leads to.
const leads = (word: string | undefined): boolean =>
  word !== undefined && /^--?[A-Za-z]|^\|$/.test(word)

const units = (command: string, room: number): readonly string[] => {
  const found: string[] = []
  let last: string | undefined
  for (const word of words(command)) {
    const open = found.at(-1)
    const joined = `${open} ${word}`
    // A line that began so would be a command to the runner of a pipeline.
    const bound = /^(?:::|##)/.test(word)
    const pair = leads(last) && !leads(word) && columns(joined) <= room
    if (open !== undefined && (bound || pair)) found[found.length - 1] = joined
    else found.push(word)
    last = word
  }
  return found
}

/** A command over several lines that can be copied as it stands; later lines are indented by two. */
export const continued = (command: string, width: number): readonly string[] => {
  const room = width - 4
  return flow(units(command, room), ' ', room).map(
    (one, at, all) => `${at > 0 ? '  ' : ''}${one}${at < all.length - 1 ? ' \\' : ''}`,
  )
}
