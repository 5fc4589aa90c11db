import type { Letters, TextChange } from '../model/case.ts'
import type { Random } from '../text/random.ts'
import { bytesOf, nameBytes } from './bytes.ts'

const ALNUM = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** Changes the letter case of the ASCII letters of a text. */
export function changeLetters(text: string, letters: Letters): string {
  if (letters === 'lower') return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  if (letters === 'upper') return text.replace(/[a-z]/g, (letter) => letter.toUpperCase())
  return text.replace(/[A-Za-z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}

/** Random letters and digits of a length, differing from `from` in every character. */
export function otherText(from: string, random: Random): string {
  return Array.from({ length: Math.max(from.length, 1) }, (_, index) => {
    const candidate = random.pick([...ALNUM])
    return candidate === from[index] ? (candidate === 'x' ? 'y' : 'x') : candidate
  }).join('')
}

/** Applies a change to latin1 bytes. */
export function changeText(text: string, change: TextChange, random: Random): string {
  if (change === 'other') return otherText(text, random)
  if (change === 'empty') return ''
  if ('letters' in change) return changeLetters(text, change.letters)
  if ('append' in change) return text + bytesOf(change.append)
  if ('prepend' in change) return bytesOf(change.prepend) + text
  if ('keepFirst' in change) {
    const rest = text.slice(change.keepFirst)
    return rest === '' ? text : text.slice(0, change.keepFirst) + otherText(rest, random)
  }
  if ('onlyFirst' in change) return text.slice(0, change.onlyFirst)
  if ('dropLast' in change) return text.slice(0, Math.max(0, text.length - change.dropLast))
  if ('cutAtLast' in change) {
    const at = text.lastIndexOf(change.cutAtLast)
    return at < 0 ? text : text.slice(0, at)
  }
  return bytesOf(change.is)
}

/** The change in words, after "the password" or "the user-id". */
export function sayTextChange(change: TextChange): string {
  if (change === 'other') return 'replaced by random text of the same length'
  if (change === 'empty') return 'left empty'
  if ('letters' in change) {
    return change.letters === 'swapped'
      ? 'with the case of its letters swapped'
      : `in ${change.letters}-case letters`
  }
  if ('append' in change) return `with ${nameBytes(change.append)} appended`
  if ('prepend' in change) return `with ${nameBytes(change.prepend)} put before it`
  if ('keepFirst' in change)
    return `with all after its first ${change.keepFirst} characters replaced`
  if ('onlyFirst' in change) return `cut after its first ${change.onlyFirst} characters`
  if ('dropLast' in change) {
    return change.dropLast === 1
      ? 'without its last character'
      : `without its last ${change.dropLast} characters`
  }
  if ('cutAtLast' in change) return `cut at its last ${nameBytes(change.cutAtLast)}`
  return `replaced by ${nameBytes(change.is)}`
}
