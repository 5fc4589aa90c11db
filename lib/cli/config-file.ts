import type { Json } from '../model/json.ts'
import { parseJsonSafely } from '../text/json.ts'
import type { Environment } from './environment.ts'
import type { Given, Option, Source } from './option.ts'
import { optionNamed, optionNames } from './options-table.ts'
import { didYouMean } from './suggest.ts'
import { UsageError } from './usage-error.ts'

interface Context {
  readonly file: string
  readonly environment: Environment
}

type Members = { readonly [key: string]: Json }

function isMembers(value: Json): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(text: string, file: string): Members {
  const read = parseJsonSafely(text)
  if ('fault' in read) {
    const { line, column } = read.at
    throw new UsageError(
      'config',
      `${file} cannot be read as JSON: ${read.fault}`,
      `Line ${line}, column ${column}.`,
    )
  }
  // What was read from JSON text is JSON.
  const value = read.value as Json
  if (!isMembers(value)) throw new UsageError('config', `${file} is not a JSON object.`)
  return value
}

function referenced(variable: Json, source: Source, { environment }: Context): string {
  if (typeof variable !== 'string' || !/^CONFORMANCE_[A-Z0-9_]+$/u.test(variable)) {
    throw new UsageError(
      'config',
      `${source.name} refers to a variable that is not named CONFORMANCE_….`,
      'A configuration file reaches no other part of the environment.',
    )
  }
  const text = environment[variable]
  if (text === undefined) {
    throw new UsageError('config', `${source.name} refers to ${variable}, which is not set.`)
  }
  return text
}

/** One value as text, with where it came from; undefined where its type cannot be one. */
function textOf(
  value: Json,
  source: Source,
  context: Context,
): { readonly text: string; readonly source: Source } | undefined {
  if (typeof value === 'string') return { text: value, source }
  if (typeof value === 'number' || typeof value === 'boolean')
    return { text: String(value), source }
  if (!isMembers(value) || Object.keys(value).join() !== '$env') return undefined
  return {
    text: referenced(value.$env ?? null, source, context),
    source: { ...source, pointed: true },
  }
}

function wrongType(option: Option, source: Source): UsageError {
  const wanted: Readonly<Record<Option['form'], string>> = {
    flag: 'true or false',
    once: 'text',
    many: 'text or a list of texts',
    list: 'text or a list of texts',
    keyed: 'an object of texts',
  }
  return new UsageError('config', `${source.name} wants ${wanted[option.form]}.`)
}

function valuesOf(option: Option, value: Json): readonly (readonly [string | undefined, Json])[] {
  if (option.form === 'keyed') {
    if (!isMembers(value) || '$env' in value) return [[undefined, null]]
    return Object.entries(value)
  }
  const several = option.form === 'many' || option.form === 'list'
  return several && Array.isArray(value)
    ? value.map((item) => [undefined, item] as const)
    : [[undefined, value]]
}

function givenOf(option: Option, value: Json, context: Context): readonly Given[] {
  const place: Source = { kind: 'config', name: `"${option.name}" in ${context.file}` }
  return valuesOf(option, value).map(([key, item]) => {
    const found = textOf(item, place, context)
    const isFlag = typeof item === 'boolean'
    if (found === undefined || (option.form === 'flag') !== isFlag) throw wrongType(option, place)
    // What another file holds was not written by whoever wrote this one.
    const source: Source =
      option.opens || option.name.endsWith('-file')
        ? { ...found.source, pointed: true }
        : found.source
    return { option: option.name, ...(key === undefined ? {} : { key }), text: found.text, source }
  })
}

/**
 * Reads a configuration file: an object with a member per option. `{ "$env": "CONFORMANCE_X" }`
 * stands for the value of that variable. Throws UsageError; no message repeats a value.
 */
export function readConfig(text: string, context: Context): readonly Given[] {
  return Object.entries(parse(text, context.file)).flatMap(([name, value]) => {
    if (name === '$schema') return []
    const option = optionNamed(name)
    if (option === undefined || option.lineOnly || name === 'config') {
      throw new UsageError(
        'config',
        `${context.file} has the unknown member ${JSON.stringify(name)}.`,
        didYouMean(name, optionNames()),
      )
    }
    return givenOf(option, value, context)
  })
}
