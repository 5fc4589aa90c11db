import type { CommandName, Given, Option } from './option.ts'
import { commands, optionNamed, optionNames } from './options-table.ts'
import { didYouMean } from './suggest.ts'
import { UsageError } from './usage-error.ts'

/** A command line taken apart; nothing is looked up or checked for sense yet. */
export interface Line {
  readonly command: CommandName
  readonly operands: readonly string[]
  readonly given: readonly Given[]
}

/** Spellings that mean a flag with a certain value. */
const spellings: ReadonlyMap<string, { readonly option: string; readonly text: string }> = new Map([
  ['-h', { option: 'help', text: 'true' }],
  ['--colour', { option: 'color', text: 'true' }],
  ['--no-color', { option: 'color', text: 'false' }],
  ['--no-colour', { option: 'color', text: 'false' }],
])

/** Whether a word names a command. */
export function isCommand(word: string | undefined): word is CommandName {
  return word !== undefined && Object.hasOwn(commands, word)
}

function commandFrom(word: string): CommandName {
  if (isCommand(word)) return word
  if (/^https?:/iu.test(word)) {
    throw new UsageError(
      'unknown-command',
      'A URL stands where a command is expected.',
      'Write --target URL.',
    )
  }
  // The word is not repeated: it may be the rest of a secret that a shell split.
  throw new UsageError(
    'unknown-command',
    'The first word is not a command.',
    didYouMean(word, Object.keys(commands)) ?? `Commands: ${Object.keys(commands).join(', ')}.`,
  )
}

function optionFrom(word: string, command: CommandName): Option {
  const option = word.startsWith('--') ? optionNamed(word.slice(2)) : undefined
  if (option === undefined) {
    const near = didYouMean(word.replace(/^-+/u, ''), optionNames(), (name) => `--${name}`)
    throw new UsageError(
      'unknown-option',
      `There is no option ${word}.`,
      near ?? `See \`npx http-auth-conformance ${command === 'run' ? '' : `${command} `}--help\`.`,
    )
  }
  if (!option.commands.includes(command)) {
    throw new UsageError(
      'wrong-command',
      `${command} takes no ${word}.`,
      `It is an option of ${option.commands.join(', ')}.`,
    )
  }
  return option
}

/** Splits `NAME=VALUE` of a keyed option; the value is never repeated in an error. */
export function keyedGiven(option: Option, text: string, source: Given['source']): Given {
  const at = text.indexOf('=')
  if (option.form !== 'keyed') return { option: option.name, text, source }
  if (at < 1) throw new UsageError('bad-value', `${source.name} wants ${option.value ?? ''}.`)
  return { option: option.name, key: text.slice(0, at), text: text.slice(at + 1), source }
}

function readValue(
  option: Option,
  shown: string,
  attached: string | undefined,
  next: string | undefined,
): string {
  if (option.form === 'flag') {
    if (attached === undefined) return 'true'
    throw new UsageError('unexpected-value', `${shown} takes no value.`)
  }
  if (attached !== undefined) return attached
  if (next === undefined || next.startsWith('--')) {
    throw new UsageError(
      'missing-value',
      `${shown} needs a value: ${option.value ?? ''}.`,
      next === undefined ? undefined : `A value that begins with -- is written ${shown}=VALUE.`,
    )
  }
  return next
}

/** Reads the option a word begins, and says whether the next word was its value. */
function readOption(
  word: string,
  next: string | undefined,
  command: CommandName,
): { readonly given: Given; readonly tookNext: boolean } {
  const equals = word.indexOf('=')
  const shown = equals < 0 ? word : word.slice(0, equals)
  const attached = equals < 0 ? undefined : word.slice(equals + 1)
  const source = { kind: 'argument', name: shown } as const
  const spelling = attached === undefined ? spellings.get(shown) : undefined
  if (spelling !== undefined) return { given: { ...spelling, source }, tookNext: false }
  const option = optionFrom(shown, command)
  return {
    given: keyedGiven(option, readValue(option, shown, attached, next), source),
    tookNext: option.form !== 'flag' && attached === undefined,
  }
}

/**
 * Takes a command line apart: `--name value` and `--name=value` alike, `--` ends the options.
 * Throws UsageError for what no option or command can mean.
 */
export function parseLine(words: readonly string[]): Line {
  const [first] = words
  const named = first !== undefined && !first.startsWith('-')
  const command = named ? commandFrom(first) : 'run'
  const rest = named ? words.slice(1) : words
  const end = rest.indexOf('--')
  const operands = end < 0 ? [] : rest.slice(end + 1)
  const given: Given[] = []
  const before = end < 0 ? rest : rest.slice(0, end)
  for (let at = 0; at < before.length; at += 1) {
    const word = before[at] ?? ''
    if (!word.startsWith('-') || word === '-') operands.push(word)
    else {
      const read = readOption(word, before[at + 1], command)
      given.push(read.given)
      if (read.tookNext) at += 1
    }
  }
  checkOperands(command, operands)
  return { command, operands, given }
}

function checkOperands(command: CommandName, operands: readonly string[]): void {
  const wanted = commands[command].operand === undefined ? 0 : 1
  if (operands.length > wanted) {
    throw new UsageError(
      'unexpected-operand',
      `${command} does not know what to do with ${operands.length === 1 ? 'a word' : 'words'} without an option.`,
      'A value with spaces needs quotes.',
    )
  }
}
