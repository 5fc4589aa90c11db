/** Reads Strict-Transport-Security (RFC 6797 §6.1). */

export interface HstsDirective {
  /** In lower case. */
  readonly name: string
  /** Without quotes; absent where the directive has none. */
  readonly value?: string
}

/** The directives of one field line, and the first thing in it that its grammar does not know. */
export interface Hsts {
  readonly directives: readonly HstsDirective[]
  readonly fault?: string
}

const directive =
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]*=[ \t]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"((?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\t\x20-\x7e\x80-\xff])*)"))?$/

/** Cuts at the semicolons that stand outside of quotes. */
function parts(value: string): readonly string[] {
  return value.match(/(?:"(?:[^"\\]|\\.)*"|[^;])+/gs) ?? []
}

function read(part: string): HstsDirective | undefined {
  const [, name, token, quoted] = directive.exec(part) ?? []
  if (name === undefined) return undefined
  const value = token ?? quoted?.replace(/\\(.)/gs, '$1')
  return { name: name.toLowerCase(), ...(value === undefined ? {} : { value }) }
}

/** Reads one field line; what follows a fault is read all the same. */
export function parseHsts(line: string): Hsts {
  const directives: HstsDirective[] = []
  let fault: string | undefined
  for (const part of parts(line)) {
    const text = part.trim()
    // The grammar lets a directive be empty: a semicolon may stand at the end.
    if (text === '') continue
    const found = read(text)
    if (found === undefined) fault ??= text
    else directives.push(found)
  }
  if (directives.length === 0) fault ??= line.trim()
  return { directives, ...(fault === undefined ? {} : { fault }) }
}
