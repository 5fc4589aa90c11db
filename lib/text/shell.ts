/** Writes arbitrary bytes as one word of a POSIX shell command that is safe to show and to paste. */

/** Whether a command line can carry the text at all: NUL ends every argument. */
export function fitsShell(text: string): boolean {
  return !text.includes('\0')
}

/**
 * One shell word that stands for exactly these bytes (latin1; a character above ff stands for its
 * UTF-8 bytes). Printable ASCII is quoted in single quotes where it needs quotes, any other byte is
 * written in octal for `printf`, so that no target can act on the terminal that shows the command.
 * Throws RangeError on NUL, which no argument can hold.
 */
export function quoteForShell(text: string): string {
  if (!fitsShell(text)) throw new RangeError('no shell word can hold a NUL byte')
  if (/^[A-Za-z0-9_./:@%,+-][A-Za-z0-9_./:@%,+=-]*$/.test(text)) return text
  if (text === '') return "''"
  return bytesOf(text).replace(PIECES, (piece, printable?: string, ending?: string) => {
    if (printable !== undefined) return `'${printable.replaceAll("'", "'\\''")}'`
    return ending === undefined ? printed(piece) : `'${ending}'`
  })
}

// Command substitution takes the newlines off the end of what it prints, so a run of bytes that
// would end in one takes the next character along. Where the text ends in newlines there is none,
// and they stand in quotes as they are: then the lines begin with our closing quote, not with
// bytes of the target.
const PIECES =
  /([\x20-\x7e]+)|(\n+)$|[^\x20-\x7e]*?[^\n\x20-\x7e](?=\n*$)|[^\x20-\x7e]+(?:(?<=\n)[\x20-\x7e])?/g

function printed(bytes: string): string {
  const octal = [...bytes].map((byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`)
  return `"$(printf '${octal.join('')}')"`
}

function bytesOf(text: string): string {
  return text.replace(/[^\0-\xff]+/g, (run) => Buffer.from(run, 'utf8').toString('latin1'))
}
