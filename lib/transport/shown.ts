/**
 * Bytes from the other side, safe inside a sentence: printable ASCII stays, everything else becomes
 * `\xNN`, and what exceeds `max` characters is cut. Such text can neither move a terminal's cursor
 * nor start a line.
 */
export const shown = (bytes: string, max = 60): string => {
  const kept = bytes.slice(0, max).replace(/[^\x20-\x7e]|["\\]/g, (character) => escaped(character))
  return `"${kept}${bytes.length > max ? '…' : ''}"`
}

const escaped = (character: string): string =>
  character === '"' || character === '\\'
    ? `\\${character}`
    : `\\x${(character.charCodeAt(0) & 0xff).toString(16).padStart(2, '0')}`
