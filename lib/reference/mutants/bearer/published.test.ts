import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../ask.test.helper.ts'
import {
  type BearerRow,
  seen,
  showBearerDifferences,
  withBearer,
} from '../../bearer/ask.test.helper.ts'
import { bearerMutants } from '../../start.ts'
import { benignPublished } from './benign-published.ts'
import { publishedDefects } from './published.ts'

const asked = request('GET /jwks.json HTTP/1.1')

type Key = Readonly<Record<string, string | readonly string[] | null>>

/** What is published, with one thing taken out of it that does not change from run to run. */
const published = (
  look: (keys: readonly Key[], body: string) => unknown,
  plain: string,
  mutated: string,
): BearerRow => ({
  send: () => asked,
  see: 'body',
  tidy: (body) => {
    const { keys } = JSON.parse(body)
    return String(look(Array.isArray(keys) ? keys : [], body))
  },
  plain,
  mutated,
})

const mediaType = (mutated: string): BearerRow => ({
  send: () => asked,
  see: 'Content-Type',
  plain: 'application/json',
  mutated,
})

const lengthOf = (value: unknown): number => Buffer.from(String(value), 'base64url').length

/** Names and values of members of the keys; what a server does not have is a dash. */
const members = (...names: readonly string[]): ((keys: readonly Key[]) => string) => {
  const shown = (key: Key): string => names.map((name) => key?.[name] ?? '-').join(' ')
  return (keys) => keys.map(shown).join(', ')
}

/** Which of these members the keys have. */
const having =
  (...names: readonly string[]) =>
  (keys: readonly Key[]): string =>
    keys.map((key) => names.filter((name) => name in key).join(' ')).join(', ')

const outline = (_keys: readonly Key[], body: string): string =>
  body.trim().replace(/^(\{"keys":.|.{2}).*$/s, '$1')

showBearerDifferences(publishedDefects, {
  'key-set-private': published(having('kty', 'x', 'd'), 'kty x', 'kty x d'),
  'key-set-private-rsa': published(having('n', 'd', 'p', 'qi'), 'n', 'n p qi'),
  'key-set-secret': published(
    (keys) => keys.map(({ kty, k = '' }) => `${kty} ${lengthOf(k)}`),
    'EC 0',
    'EC 0,oct 32',
  ),
  'key-set-array': published(outline, '{"keys":[', '[{'),
  'key-set-single': published(outline, '{"keys":[', '{"'),
  'key-set-by-kid': published(outline, '{"keys":[', '{"keys":{'),
  'key-set-null-entry': published(
    (keys) => keys.map((each) => each?.kty ?? 'null'),
    'EC',
    'EC,null',
  ),
  'key-set-repeated-member': published((_keys, body) => body.split('"kid":').length - 1, '1', '2'),
  'key-set-repeated-keys': published((_keys, body) => body.split('"keys":').length - 1, '1', '2'),
  'key-set-without-kty': published(members('kty', 'crv'), 'EC P-256', '- P-256'),
  'key-set-as-page': mediaType('text/html; charset=utf-8'),
  'key-set-as-text': mediaType('text/plain'),
  'key-set-two-purposes': published(members('use', 'key_ops'), 'sig -', 'sig verify'),
  'key-set-contradiction': published(members('use', 'key_ops'), 'sig -', 'sig encrypt'),
  'key-set-unrelated-operations': published(members('use', 'key_ops'), 'sig -', '- verify,encrypt'),
  'key-set-repeated-operation': published(members('use', 'key_ops'), 'sig -', '- verify,verify'),
  'key-set-one-kid': published(
    members('kid'),
    'demo-es256-1, demo-es256-2, demo-es384-3',
    'current, current, current',
  ),
  'key-set-without-y': published(having('crv', 'x', 'y'), 'crv x y', 'crv x'),
  'key-set-without-crv': published(having('crv', 'x', 'y'), 'crv x y', 'x y'),
  'key-set-zero-lost': published((keys) => keys.map(({ x }) => lengthOf(x)), '32', '32,31'),
  'key-set-padded-coordinates': published(
    (keys) => keys.map(({ x }) => String(x).length),
    '43',
    '44',
  ),
  'key-set-signed-modulus': published((keys) => keys.map(({ n }) => lengthOf(n)), '256', '257'),
  'key-set-padded-exponent': published(members('e'), 'AQAB', 'AAEAAQ'),
  'key-set-without-exponent': published(members('e'), 'AQAB', '-'),
  'key-set-1024': published((keys) => keys.map(({ n }) => lengthOf(n)), '256', '256,128'),
})

test('unusual sets are what they are said to be', async () => {
  const looks: Readonly<Record<string, readonly [(keys: readonly Key[]) => unknown, string]>> = {
    'benign-key-set-operations': [members('use', 'key_ops'), '- verify'],
    'benign-key-set-unknown': [members('kty'), 'EC, X-NEW, EC'],
    'benign-key-set-empty-members': [having('d', 'k', 'oth', 'key_ops'), 'd k oth key_ops'],
    'benign-key-set-without-kid': [having('kid', 'kty'), 'kty, kty'],
    'benign-key-set-same-kid': [
      members('kty', 'kid'),
      'EC demo-es256-1, EC demo-es256-1, OKP demo-es256-1',
    ],
    'benign-key-set-encryption': [members('use'), 'sig, enc'],
    'benign-key-set-small-for-encryption': [
      (keys) => keys.map(({ use, n }) => `${use} ${lengthOf(n)}`),
      'sig 256,enc 128',
    ],
    'benign-key-set-empty': [members('kty'), ''],
    'benign-key-set-spelling': [members('kty'), 'EC'],
    'benign-key-set-two-operations': [members('key_ops'), 'sign,verify, sign,verify'],
  }
  for (const [mutant, [look, wanted]] of Object.entries(looks)) {
    const row = published(look, '', '')
    assert.equal(await withBearer({ mutant }, (server) => seen(server, row)), wanted, mutant)
  }
  const untold = benignPublished.filter(({ id }) => looks[id] === undefined).map(({ id }) => id)
  assert.deepEqual(untold, ['benign-key-set-type', 'benign-key-set-charset'])
})

test('a set is the same whenever it is asked for', async () => {
  const ids = [...publishedDefects, ...benignPublished].map(({ id }) => id)
  assert.ok(ids.every((id) => bearerMutants.some((mutant) => mutant.id === id)))
  const row: BearerRow = { send: () => asked, see: 'body', plain: '', mutated: '' }
  for (const mutant of ids) {
    await withBearer({ mutant }, async (server) => {
      assert.equal(await seen(server, row), await seen(server, row), mutant)
    })
  }
})
