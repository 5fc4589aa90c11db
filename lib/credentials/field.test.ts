import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FieldFault } from '../model/case.ts'
import type { FieldLine, Labelled } from '../model/exchange.ts'
import { type Placed, place, sayFieldFault, valueSpans } from './field.ts'
import { bytesOfSpans } from './spans.ts'

const presented = { scheme: 'Basic', credentials: 'YTpi/+=', label: 'L', faulty: false }
const stranger: Labelled = [{ text: 'Basic ' }, { text: 'eDp5', secret: 'S' }]

const placed = (but: FieldFault): Placed => place(presented, but, { stranger, userinfo: 'a:b' })

/** A line as it would be written, without its line end. */
const written = (line: FieldLine): string =>
  [
    bytesOfSpans(line.name),
    bytesOfSpans(line.beforeColon ?? []),
    ':',
    bytesOfSpans(line.afterColon ?? [{ text: ' ' }]),
    bytesOfSpans(line.value),
  ].join('')

const lines = (but: FieldFault): string[] => placed(but).lines.map(written)

/** The text of the spans that carry the fault. */
const faults = (lines: readonly FieldLine[]): string =>
  lines
    .flatMap((line) => [
      ...line.name,
      ...(line.beforeColon ?? []),
      ...(line.afterColon ?? []),
      ...line.value,
    ])
    .filter((span) => span.fault)
    .map((span) => span.text)
    .join('|')

test('a credential without a fault is one Authorization line', () => {
  assert.deepEqual(lines({}), ['Authorization: Basic YTpi/+='])
  assert.equal(faults(placed({}).lines), '')
  assert.deepEqual(placed({}).trailers, [])
})

test('each fault of the line gives exactly these bytes and marks exactly them', () => {
  const table: readonly (readonly [FieldFault, string, string])[] = [
    [{ scheme: { letters: 'lower' } }, 'Authorization: basic YTpi/+=', 'basic'],
    [{ scheme: { letters: 'upper' } }, 'Authorization: BASIC YTpi/+=', 'BASIC'],
    [{ scheme: { letters: 'swapped' } }, 'Authorization: bASIC YTpi/+=', 'bASIC'],
    [{ scheme: { word: 'Basics' } }, 'Authorization: Basics YTpi/+=', 'Basics'],
    [{ scheme: { parted: { $bytes: '00' } } }, 'Authorization: Ba\0sic YTpi/+=', 'Ba\0sic'],
    [{ scheme: 'absent' }, 'Authorization: YTpi/+=', ''],
    [{ separator: '' }, 'Authorization: BasicYTpi/+=', ''],
    [{ separator: '  ' }, 'Authorization: Basic  YTpi/+=', '  '],
    [{ separator: { $bytes: '0d0a20' } }, 'Authorization: Basic\r\n YTpi/+=', '\r\n '],
    [{ before: 'Basic ' }, 'Authorization: Basic Basic YTpi/+=', 'Basic '],
    [{ after: { $bytes: '00' } }, 'Authorization: Basic YTpi/+=\0', '\0'],
    [{ quoted: 'credentials' }, 'Authorization: Basic "YTpi/+="', '"|"'],
    [{ quoted: 'value' }, 'Authorization: "Basic YTpi/+="', '"|"'],
    [{ fieldName: { letters: 'lower' } }, 'authorization: Basic YTpi/+=', 'authorization'],
    [{ fieldName: { letters: 'upper' } }, 'AUTHORIZATION: Basic YTpi/+=', 'AUTHORIZATION'],
    [{ fieldName: { letters: 'swapped' } }, 'aUTHORIZATION: Basic YTpi/+=', 'aUTHORIZATION'],
    [{ fieldName: { is: 'X-Auth' } }, 'X-Auth: Basic YTpi/+=', 'X-Auth'],
    [{ beforeColon: ' ' }, 'Authorization : Basic YTpi/+=', ' '],
    [{ afterColon: '' }, 'Authorization:Basic YTpi/+=', ''],
    [{ afterColon: '\t' }, 'Authorization:\tBasic YTpi/+=', '\t'],
  ]
  for (const [but, wanted, marked] of table) {
    assert.deepEqual(lines(but), [wanted], JSON.stringify(but))
    assert.equal(faults(placed(but).lines), marked, JSON.stringify(but))
  }
})

test('credentials that carry the fault are marked and still a secret', () => {
  const spans = valueSpans({ ...presented, faulty: true }, {})
  assert.deepEqual(spans.at(-1), { text: 'YTpi/+=', secret: 'L', fault: true })
})

test('a second credential stands before or after the valid one, on its own line or joined', () => {
  const valid = 'Basic YTpi/+='
  const other = 'Basic eDp5'
  const table: readonly (readonly [FieldFault['beside'], readonly string[]])[] = [
    [{ what: 'stranger', place: 'before' }, [other, valid]],
    [{ what: 'stranger', place: 'after' }, [valid, other]],
    [{ what: 'same', place: 'after' }, [valid, valid]],
    [{ what: { is: 'Basic' }, place: 'before' }, ['Basic', valid]],
    [{ what: 'stranger', place: 'after', joined: true }, [`${valid}, ${other}`]],
    [{ what: 'stranger', place: 'before', joined: true }, [`${other}, ${valid}`]],
  ]
  for (const [beside, wanted] of table) {
    assert.deepEqual(
      lines(beside === undefined ? {} : { beside }),
      wanted.map((value) => `Authorization: ${value}`),
    )
  }
  const [first, second] = placed({ beside: { what: 'same', place: 'after' } }).lines
  assert.equal(faults(first === undefined ? [] : [first]), '')
  assert.equal(faults(second === undefined ? [] : [second]), 'Basic| |YTpi/+=')
})

test('a credential that is carried elsewhere leaves no Authorization line', () => {
  const encoded = 'Basic%20YTpi%2F%2B%3D'
  const trailer = placed({ carriedIn: 'trailer' })
  assert.deepEqual(trailer.lines, [])
  assert.deepEqual(trailer.trailers.map(written), ['Authorization: Basic YTpi/+='])

  assert.deepEqual(lines({ carriedIn: { field: 'X-Authorization' } }), [
    'X-Authorization: Basic YTpi/+=',
  ])
  assert.deepEqual(lines({ carriedIn: { cookie: 'authorization' } }), [
    `Cookie: authorization=${encoded}`,
  ])

  const query = placed({ carriedIn: { query: 'authorization' } })
  assert.deepEqual(query.lines, [])
  assert.equal(bytesOfSpans(query.query ?? []), `authorization=${encoded}`)
  const named = placed({ carriedIn: { query: 'access_token' } })
  assert.equal(bytesOfSpans(named.query ?? []), 'access_token=YTpi%2F%2B%3D')

  assert.deepEqual(lines({ carriedIn: { cookie: 'token' } }), ['Cookie: token=YTpi%2F%2B%3D'])
  assert.deepEqual(lines({ carriedIn: { field: 'X-Token' } }), ['X-Token: YTpi/+='])

  const form = placed({ carriedIn: { form: 'access_token' } })
  assert.deepEqual(form.lines, [])
  assert.equal(form.content?.type, 'application/x-www-form-urlencoded')
  assert.equal(bytesOfSpans(form.content?.body ?? []), 'access_token=YTpi%2F%2B%3D')
  const json = placed({ carriedIn: { json: 'tökën' } })
  assert.equal(json.content?.type, 'application/json')
  const text = Buffer.from(bytesOfSpans(json.content?.body ?? []), 'latin1').toString('utf8')
  assert.deepEqual(JSON.parse(text), { tökën: 'YTpi/+=' })

  const userinfo = placed({ carriedIn: 'userinfo' })
  assert.deepEqual(userinfo.lines, [])
  assert.equal(bytesOfSpans(userinfo.userinfo ?? []), 'a:b@')
})

test('wherever a credential travels, its bytes keep their label', () => {
  const carriers: readonly FieldFault[] = [
    {},
    { carriedIn: 'trailer' },
    { carriedIn: 'userinfo' },
    { carriedIn: { field: 'X-A' } },
    { carriedIn: { cookie: 'a' } },
    { carriedIn: { query: 'access_token' } },
    { carriedIn: { query: 'authorization' } },
    { carriedIn: { form: 'access_token' } },
    { carriedIn: { json: 'access_token' } },
    { beside: { what: 'same', place: 'before' } },
  ]
  for (const but of carriers) {
    const all = placed(but)
    const spans = [
      ...all.lines.flatMap((line) => line.value),
      ...all.trailers.flatMap((line) => line.value),
      ...(all.query ?? []),
      ...(all.userinfo ?? []),
      ...(all.content?.body ?? []),
    ]
    const open = spans.filter((span) => span.secret === undefined)
    assert.ok(spans.length > open.length, JSON.stringify(but))
    assert.doesNotMatch(bytesOfSpans(open), /YTpi|a:b/, JSON.stringify(but))
  }
})

test('each fault of the field is one phrase', () => {
  const table: readonly (readonly [FieldFault, string])[] = [
    [{ scheme: 'absent' }, 'no scheme before the credentials'],
    [{ scheme: { word: 'Foo' } }, 'the scheme "Foo"'],
    [{ scheme: { parted: '\r' } }, 'a CR inside the scheme word'],
    [{ scheme: { letters: 'upper' } }, 'the scheme in upper-case letters'],
    [{ scheme: { letters: 'swapped' } }, 'the scheme with the case of its letters swapped'],
    [{ separator: '\t' }, 'a tab between scheme and credentials'],
    [{ before: ' ' }, 'a space before the scheme'],
    [{ after: ',' }, 'a comma after the credentials'],
    [{ quoted: 'value' }, 'the whole value in double quotes'],
    [{ quoted: 'credentials' }, 'the credentials in double quotes'],
    [{ fieldName: { letters: 'lower' } }, 'the field name with lower letters'],
    [{ fieldName: { is: 'X-Auth' } }, 'the field is named X-Auth'],
    [{ beforeColon: ' ' }, 'a space before the colon'],
    [{ afterColon: '' }, 'nothing after the colon'],
    [
      { beside: { what: 'same', place: 'after' } },
      'a second Authorization line with the same credentials, after the valid one',
    ],
    [
      { beside: { what: 'stranger', place: 'before', joined: true } },
      'credentials that are not valid, before the valid ones in one line, parted by a comma',
    ],
    [
      { beside: { what: { is: 'x' }, place: 'before' } },
      'a second Authorization line with "x", before the valid one',
    ],
    [{ carriedIn: 'trailer' }, 'the Authorization field comes in the trailer section'],
    [{ carriedIn: 'userinfo' }, 'the credentials stand in the request-target as userinfo'],
    [{ carriedIn: { field: 'X-A' } }, 'the credentials come in the field X-A'],
    [{ carriedIn: { cookie: 'c' } }, 'the credentials come in the cookie c'],
    [{ carriedIn: { query: 'q' } }, 'the credentials come in the query parameter q'],
  ]
  for (const [but, wanted] of table) assert.deepEqual(sayFieldFault(but), [wanted])
  assert.deepEqual(sayFieldFault({}), [])
})
