import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TextChange } from '../model/case.ts'
import { randomFrom } from '../text/random.ts'
import { changeLetters, changeText, otherText, sayTextChange } from './text-change.ts'

const stream = () => randomFrom('1', 'text')

test('letter case is changed for ASCII letters only', () => {
  assert.equal(changeLetters('aB1-\xc4\xe4', 'lower'), 'ab1-\xc4\xe4')
  assert.equal(changeLetters('aB1-\xc4\xe4', 'upper'), 'AB1-\xc4\xe4')
  assert.equal(changeLetters('aB1-\xc4\xe4', 'swapped'), 'Ab1-\xc4\xe4')
})

test('each change of a text that needs no chance gives exactly these bytes', () => {
  const table: readonly (readonly [TextChange, string])[] = [
    ['empty', ''],
    [{ letters: 'swapped' }, 'sECRET:wORD'],
    [{ letters: 'lower' }, 'secret:word'],
    [{ letters: 'upper' }, 'SECRET:WORD'],
    [{ append: 'x' }, 'Secret:Wordx'],
    [{ append: { $bytes: '00' } }, 'Secret:Word\0'],
    [{ append: 'é' }, 'Secret:Word\xc3\xa9'],
    [{ prepend: 'x:' }, 'x:Secret:Word'],
    [{ onlyFirst: 3 }, 'Sec'],
    [{ onlyFirst: 99 }, 'Secret:Word'],
    [{ dropLast: 1 }, 'Secret:Wor'],
    [{ dropLast: 99 }, ''],
    [{ cutAtLast: ':' }, 'Secret'],
    [{ cutAtLast: '@' }, 'Secret:Word'],
    [{ keepFirst: 11 }, 'Secret:Word'],
    [{ keepFirst: 99 }, 'Secret:Word'],
    [{ is: ':' }, ':'],
    [{ is: { $repeat: 'a', times: 3 } }, 'aaa'],
  ]
  for (const [change, wanted] of table) {
    assert.equal(changeText('Secret:Word', change, stream()), wanted, JSON.stringify(change))
  }
})

test('what is replaced keeps its length and differs at every place', () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const from = 'xyXY09abcdefghijklmnopqrstuvwxyz'
    const other = otherText(from, randomFrom(String(seed), 'other'))
    assert.equal(other.length, from.length)
    assert.match(other, /^[A-Za-z0-9]+$/)
    for (const [at, char] of [...other].entries()) assert.notEqual(char, from[at])
    const kept = changeText(from, { keepFirst: 8 }, randomFrom(String(seed), 'kept'))
    assert.equal(kept.slice(0, 8), from.slice(0, 8))
    assert.equal(kept.length, from.length)
    for (let at = 8; at < from.length; at += 1) assert.notEqual(kept[at], from[at])
  }
})

test('nothing is replaced by something, so that it differs', () => {
  assert.equal(otherText('', stream()).length, 1)
})

test('the same stream of choices gives the same text', () => {
  assert.equal(changeText('password', 'other', stream()), changeText('password', 'other', stream()))
  assert.notEqual(
    changeText('password', 'other', stream()),
    changeText('password', 'other', randomFrom('2', 'text')),
  )
})

test('each change is said in words that show no byte that cannot be printed', () => {
  const table: readonly (readonly [TextChange, string])[] = [
    ['other', 'replaced by random text of the same length'],
    ['empty', 'left empty'],
    [{ letters: 'swapped' }, 'with the case of its letters swapped'],
    [{ letters: 'upper' }, 'in upper-case letters'],
    [{ letters: 'lower' }, 'in lower-case letters'],
    [{ append: '\0' }, 'with a NUL appended'],
    [{ prepend: ' ' }, 'with a space put before it'],
    [{ keepFirst: 8 }, 'with all after its first 8 characters replaced'],
    [{ onlyFirst: 8 }, 'cut after its first 8 characters'],
    [{ dropLast: 1 }, 'without its last character'],
    [{ dropLast: 2 }, 'without its last 2 characters'],
    [{ cutAtLast: ':' }, 'cut at its last ":"'],
    [{ is: '' }, 'replaced by nothing'],
  ]
  for (const [change, wanted] of table) assert.equal(sayTextChange(change), wanted)
})
