import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ChallengeReading, challengesOf, paramOf, parseChallenges } from './challenge.ts'
import { DEVIATION_CODES } from './challenge-deviations.ts'

/** A reading in short: `Basic realm="x" a=b` or `Negotiate ‹token68›`, quotes as they were read. */
function brief(reading: ChallengeReading): string[] {
  return reading.challenges.map((challenge) =>
    [
      challenge.scheme,
      ...(challenge.token68 === undefined ? [] : [`<${challenge.token68}>`]),
      ...challenge.params.map(({ name, value, quoted }) =>
        quoted ? `${name}="${value}"` : `${name}=${value}`,
      ),
    ].join(' '),
  )
}

/** Deviations in short: `code@offset`, with `line:` before the offset beyond the first line. */
function faults(reading: ChallengeReading): string[] {
  return reading.deviations.map(({ code, line, at }) =>
    line === 0 ? `${code}@${at}` : `${code}@${line}:${at}`,
  )
}

type Row = readonly [
  row: string,
  lines: string | readonly string[],
  read: readonly string[],
  deviations: readonly string[],
]

const ROWS: readonly Row[] = [
  // B03: what the grammar admits.
  ['B03', 'Basic realm="x"', ['Basic realm="x"'], []],
  ['B03', 'Bearer', ['Bearer'], []],
  ['B03', 'Bearer error=invalid_token', ['Bearer error=invalid_token'], []],
  ['B03', 'Bearer a="",b=c', ['Bearer a="" b=c'], []],
  ['B03', 'Basic   realm="x"', ['Basic realm="x"'], []],
  ['B03', '  \tBasic realm="x" \t', ['Basic realm="x"'], []],
  ['B03', 'Basic realm="x"\t,\tcharset="UTF-8"', ['Basic realm="x" charset="UTF-8"'], []],
  ['B03', "!#$%&'*+-.^_`|~9 !#$%&'*+-.^_`|~9=~", ["!#$%&'*+-.^_`|~9 !#$%&'*+-.^_`|~9=~"], []],
  ['B03', 'Basic realm="tab\tcaf\xe9"', ['Basic realm="tab\tcaf\xe9"'], []],
  ['B03', [], [], []],
  // B07: empty field value.
  ['B07', '', [], ['no-challenge@0']],
  ['B07', ' \t ', [], ['no-challenge@0']],
  ['B07', ['', 'Basic realm="x"'], ['Basic realm="x"'], ['empty-list-element@0']],
  ['B07', ['Bearer', ''], ['Bearer'], ['empty-list-element@1:0']],
  ['B07', ['', ''], [], ['empty-list-element@0', 'no-challenge@0', 'empty-list-element@1:0']],
  // B08: only a comma.
  ['B08', ',', [], ['empty-list-element@0', 'no-challenge@0']],
  ['B08', ' , ,', [], ['no-challenge@0', 'empty-list-element@1']],
  // B09: scheme then comma then parameters.
  ['B09', 'Basic , realm="x"', ['Basic realm="x"'], ['empty-list-element@6']],
  [
    'B09',
    'Basic ,, realm="x"',
    ['Basic realm="x"'],
    ['empty-list-element@6', 'empty-list-element@7'],
  ],
  ['B09', 'Basic, realm="x"', ['Basic realm="x"'], ['comma-after-scheme@5']],
  ['B09', 'Basic,realm="x", a=b', ['Basic realm="x" a=b'], ['comma-after-scheme@5']],
  ['B09', 'Basic\t, realm="x"', ['Basic realm="x"'], ['comma-after-scheme@6']],
  ['B09', ['Basic ', 'realm="x"'], ['Basic realm="x"'], ['comma-after-scheme@1:0']],
  // B10: a bare scheme.
  ['B10', 'Basic', ['Basic'], []],
  ['B10', 'Negotiate ', ['Negotiate'], []],
  // B11: two bare schemes on one line.
  ['B11', 'Negotiate, NTLM', ['Negotiate', 'NTLM'], []],
  ['B11', 'Negotiate , NTLM', ['Negotiate', 'NTLM'], []],
  ['B11', 'Basic,Bearer', ['Basic', 'Bearer'], []],
  // B12: backslashes in an unquoted value.
  ['B12', 'Basic realm=\\f\\o', ['Basic realm=\\f\\o'], ['realm-unquoted@6', 'value-not-token@12']],
  ['B12', 'Newauth a=b\\"c', ['Newauth a=b\\"c'], ['value-not-token@11']],
  // B13: missing closing quote.
  ['B13', 'Basic realm="x', ['Basic realm="x"'], ['unclosed-quote@12']],
  ['B13', 'Basic realm="', ['Basic realm=""'], ['unclosed-quote@12']],
  ['B13', 'Basic realm="x, a=b', ['Basic realm="x, a=b"'], ['unclosed-quote@12']],
  ['B13', 'Basic realm="x\\', ['Basic realm="x\\"'], ['unclosed-quote@12']],
  ['B13', 'Basic realm="x\\"', ['Basic realm="x""'], ['unclosed-quote@12']],
  ['B13', ['Basic realm="x', 'Bearer'], ['Basic realm="x"', 'Bearer'], ['unclosed-quote@12']],
  ['B13', 'Basic realm="x, charset="UTF-8"', ['Basic realm="x, charset="'], ['junk@25']],
  // B14: an unquoted realm.
  ['B14', 'Basic realm=x', ['Basic realm=x'], ['realm-unquoted@6']],
  ['B14', 'Basic REALM=x', ['Basic REALM=x'], ['realm-unquoted@6']],
  ['B14', 'Basic realm=My Server', ['Basic realm=My'], ['realm-unquoted@6', 'junk@15']],
  // B15: a single-quoted realm.
  ['B15', "Basic realm='x'", ["Basic realm='x'"], ['realm-unquoted@6']],
  ['B15', "Bearer error='invalid_token'", ["Bearer error='invalid_token'"], []],
  [
    'B15',
    "Basic realm='my, site' , a=b",
    ["Basic realm='my, site' a=b"],
    ['realm-unquoted@6', 'single-quoted@12'],
  ],
  ['B15', "Newauth a='b c", ["Newauth a='b"], ['junk@13']],
  ['B15', "Newauth a='x, b='y'", ["Newauth a='x b='y'"], []],
  // B16: upper-case scheme and parameter names.
  ['B16', 'BASIC REALM="x"', ['BASIC REALM="x"'], []],
  ['B16', 'bEARER sCOPE="x"', ['bEARER sCOPE="x"'], []],
  // B17: percent-encoding is left alone.
  ['B17', 'Basic realm="a%20b%22"', ['Basic realm="a%20b%22"'], []],
  // B18: duplicates.
  ['B18', 'Basic realm="a", realm="b"', ['Basic realm="a" realm="b"'], ['duplicate-param@17']],
  ['B18', 'Bearer scope="a", Scope="a"', ['Bearer scope="a" Scope="a"'], ['duplicate-param@18']],
  ['B18', 'Basic realm="a", Basic realm="b"', ['Basic realm="a"', 'Basic realm="b"'], []],
  // B19: whitespace round the equals sign.
  ['B19', 'Basic realm ="x"', ['Basic realm="x"'], ['bad-whitespace@11']],
  ['B19', 'Basic realm= "x"', ['Basic realm="x"'], ['bad-whitespace@12']],
  ['B19', 'Basic realm \t = \t "x"', ['Basic realm="x"'], ['bad-whitespace@11']],
  ['B19', 'Bearer a= b', ['Bearer a=b'], ['bad-whitespace@9']],
  ['B19', 'Bearer a = b, c=d', ['Bearer a=b c=d'], ['bad-whitespace@8']],
  // B20: escapes.
  ['B20', 'Basic realm="\\"a\\\\b\\""', ['Basic realm=""a\\b""'], []],
  ['B20', 'Basic realm="a\\b\\c"', ['Basic realm="abc"'], ['needless-quoted-pair@14']],
  ['B20', 'Basic realm="\\\xe9\\ "', ['Basic realm="\xe9 "'], ['needless-quoted-pair@13']],
  ['B20', 'Basic realm="\\\\", a=b', ['Basic realm="\\" a=b'], []],
  // B21: empty list elements.
  ['B21', ', Basic realm="x"', ['Basic realm="x"'], ['empty-list-element@0']],
  ['B21', 'Basic realm="x",', ['Basic realm="x"'], ['empty-list-element@15']],
  ['B21', 'Basic realm="x", , a=b', ['Basic realm="x" a=b'], ['empty-list-element@17']],
  ['B21', 'Basic,,,Bearer', ['Basic', 'Bearer'], ['empty-list-element@6']],
  ['B21', 'Basic ,', ['Basic'], ['empty-list-element@6']],
  // B22: several challenges.
  [
    'B22',
    'Basic realm="x", Newauth realm="y", type=1, title="Say \\"y\\"", Bearer',
    ['Basic realm="x"', 'Newauth realm="y" type=1 title="Say "y""', 'Bearer'],
    [],
  ],
  [
    'B22',
    ['Basic realm="x"', 'Bearer realm="y", scope="z"'],
    ['Basic realm="x"', 'Bearer realm="y" scope="z"'],
    [],
  ],
  ['B22', ['Digest realm="x"', 'nonce="y"'], ['Digest realm="x" nonce="y"'], []],
  // B23: a value that looks like a parameter.
  [
    'B23',
    'Newauth a="realm=\\"y\\", b=c", realm="x"',
    ['Newauth a="realm="y", b=c" realm="x"'],
    [],
  ],
  ['B23', 'Basic xrealm="y", realm="x"', ['Basic xrealm="y" realm="x"'], []],
  ['B23', 'Basic realm-x="y"', ['Basic realm-x="y"'], []],
  // B24: token68.
  ['B24', 'Negotiate abc+/-._~9==', ['Negotiate <abc+/-._~9==>'], []],
  ['B24', 'Negotiate YQ=', ['Negotiate <YQ=>'], []],
  ['B24', 'Negotiate YQ== , Basic realm="x"', ['Negotiate <YQ==>', 'Basic realm="x"'], []],
  ['B24', 'Basic realm=', ['Basic <realm=>'], []],
  ['B24', 'Basic realm', ['Basic <realm>'], []],
  [
    'B24',
    'Negotiate YQ==, realm="x", a=b',
    ['Negotiate <YQ==> realm="x" a=b'],
    ['token68-with-params@16'],
  ],
  ['B24', 'Negotiate YWI=, a="x"', ['Negotiate <YWI=> a="x"'], ['token68-with-params@16']],
  ['B24', 'Negotiate YQ== a="x"', ['Negotiate <YQ==> a="x"'], ['token68-with-params@15']],
  ['B24', 'Negotiate a="x", YQ==', ['Negotiate a="x" YQ=='], ['value-not-token@20']],
  ['B24', 'Negotiate YQ== YQ', ['Negotiate <YQ==>'], ['junk@15']],
  ['B24', 'Negotiate Y/Q= Zz', ['Negotiate <Y/Q=>'], ['junk@15']],
  ['B24', 'Negotiate YQ==Zz', ['Negotiate YQ==Zz'], ['value-not-token@13']],
  // B25: parameters without a scheme.
  ['B25', 'realm="x"', [], ['param-without-scheme@0', 'no-challenge@0']],
  ['B25', 'realm="x", Basic realm="y"', ['Basic realm="y"'], ['param-without-scheme@0']],
  ['B25', '="x"', [], ['junk@0', 'no-challenge@0']],
  // B26: parameters without equals sign or value.
  ['B26', 'Basic realm, charset="UTF-8"', ['Basic charset="UTF-8"'], ['param-without-equals@6']],
  ['B26', 'Basic realm=, charset="UTF-8"', ['Basic charset="UTF-8"'], ['param-without-value@6']],
  ['B26', 'Basic realm="x", charset=', ['Basic realm="x"'], ['param-without-value@17']],
  ['B26', 'Basic realm="x", a=, b=c', ['Basic realm="x" b=c'], ['param-without-value@17']],
  ['B26', 'Basic realm = ', ['Basic'], ['param-without-value@6']],
  ['B26', 'Basic realm "x"', ['Basic'], ['param-without-equals@6', 'junk@12']],
  ['B26', 'Basic re!alm', ['Basic'], ['param-without-equals@6']],
  ['B26', 'Basic re!alm a=b', ['Basic a=b'], ['param-without-equals@6', 'missing-comma@13']],
  [
    'B26',
    'Digest realm="x", stale, nonce="y"',
    ['Digest realm="x" nonce="y"'],
    ['param-without-equals@18'],
  ],
  ['B26', 'realm, a=b', [], ['param-without-equals@0', 'no-challenge@0', 'param-without-scheme@7']],
  // The grammar reads a lone word as a scheme, and nothing proves that it is none.
  ['B26', 'Basic realm="x", charset', ['Basic realm="x"', 'charset'], []],
  // B27: unknown parameters.
  ['B27', 'Basic realm="x", foo=bar, x-y="z"', ['Basic realm="x" foo=bar x-y="z"'], []],
  // B28: junk after a valid challenge.
  ['B28', 'Basic realm="x" junk', ['Basic realm="x"'], ['junk@16']],
  ['B28', 'Basic realm="x"junk, a=b', ['Basic realm="x" a=b'], ['junk@15']],
  ['B28', 'Basic realm="x", @@@, a=b', ['Basic realm="x" a=b'], ['junk@17']],
  ['B28', 'Basic realm="x", "y", Bearer', ['Basic realm="x"', 'Bearer'], ['junk@17']],
  ['B28', 'Basic realm="x";', ['Basic realm="x"'], ['junk@15']],
  [
    'B28',
    'Basic realm="x", Bearer: realm="y", a=b',
    ['Basic realm="x"'],
    ['junk@17', 'param-without-scheme@36'],
  ],
  ['B28', 'Basic @', ['Basic'], ['junk@6']],
  ['B28', 'Basic a@b', ['Basic'], ['junk@6']],
  // Separators that are none.
  [
    '§5.6.1',
    'Basic realm="x" charset="UTF-8"',
    ['Basic realm="x" charset="UTF-8"'],
    ['missing-comma@16'],
  ],
  ['§5.6.1', 'Basic realm="x"a=b', ['Basic realm="x" a=b'], ['missing-comma@15']],
  [
    '§5.6.1',
    'Basic realm="x" Bearer realm="y"',
    ['Basic realm="x"', 'Bearer realm="y"'],
    ['missing-comma@16'],
  ],
  [
    '§5.6.1',
    'Basic realm="x"; charset="UTF-8"',
    ['Basic realm="x" charset="UTF-8"'],
    ['semicolon-separator@15'],
  ],
  ['§5.6.1', 'Bearer a=b;c=d', ['Bearer a=b c=d'], ['semicolon-separator@10']],
  ['§5.6.1', 'Bearer a=;c=d', ['Bearer c=d'], ['param-without-value@7', 'semicolon-separator@9']],
  [
    '§5.6.1',
    'Basic realm="x"; Bearer realm="y"',
    ['Basic realm="x"', 'Bearer realm="y"'],
    ['semicolon-separator@15'],
  ],
  ['§11.3', 'Basic\trealm="x"', ['Basic realm="x"'], ['tab-after-scheme@5']],
  ['§11.3', 'Basic \trealm="x"', ['Basic realm="x"'], ['tab-after-scheme@6']],
  // Bytes that no field value or no token may hold.
  ['§5.5', 'Basic\x00realm="x"', ['Basic realm="x"'], ['control-character@5']],
  ['§5.5', 'Basic realm="a\r\n b\x1b"', ['Basic realm="a   b\x1b"'], ['control-character@14']],
  ['§5.6.2', 'B\xe4sic realm="x"', ['B\xe4sic realm="x"'], ['non-ascii@1']],
  ['§5.6.2', 'Basic r\xe9alm="x"', ['Basic r\xe9alm="x"'], ['non-ascii@7']],
  ['§5.6.2', 'Basic \xe9', ['Basic'], ['non-ascii@6', 'param-without-equals@6']],
  ['§5.6.2', 'Bearer a=caf\xe9', ['Bearer a=caf\xe9'], ['non-ascii@12']],
]

for (const [row, lines, read, deviations] of ROWS) {
  const given = typeof lines === 'string' ? [lines] : lines
  test(`${row}: ${JSON.stringify(lines)}`, () => {
    const reading = parseChallenges(given)
    assert.deepEqual(brief(reading), read)
    assert.deepEqual(faults(reading), deviations)
  })
}

test('the rows show every deviation there is', () => {
  const shown = new Set(
    ROWS.flatMap(([, , , deviations]) => deviations.map((it) => it.split('@')[0])),
  )
  assert.deepEqual([...shown].sort(), [...DEVIATION_CODES].sort())
})

test('keeps the value as written, and where each thing stands', () => {
  const reading = parseChallenges(['Basic', '  Digest realm="a\\"b", nonce=c', 'qop=auth'])
  assert.deepEqual(reading.challenges, [
    { scheme: 'Basic', params: [], line: 0, at: 0 },
    {
      scheme: 'Digest',
      params: [
        { name: 'realm', value: 'a"b', quoted: true, raw: '"a\\"b"', line: 1, at: 9 },
        { name: 'nonce', value: 'c', quoted: false, raw: 'c', line: 1, at: 23 },
        { name: 'qop', value: 'auth', quoted: false, raw: 'auth', line: 2, at: 0 },
      ],
      line: 1,
      at: 2,
    },
  ])
})

test('finds parameters and schemes in any letter case, the first of a name', () => {
  const reading = parseChallenges(['Basic Realm="a", REALM="b", BASIC realm="c", Bearer'])
  const found = challengesOf(reading, 'bAsIc')
  assert.deepEqual(
    found.map((challenge) => paramOf(challenge, 'rEALM')?.value),
    ['a', 'c'],
  )
  assert.equal(challengesOf(reading, 'bearer').length, 1)
  assert.equal(challengesOf(reading, 'digest').length, 0)
  assert.equal(found[0] && paramOf(found[0], 'charset'), undefined)
})

test('the sentences carry no byte that could act on a terminal or a log', () => {
  const hostile = 'a\x1b[31m::x\nb\x9b##[z'
  const { deviations } = parseChallenges([
    `@${hostile}, B ${hostile}=${hostile}, ${hostile} x=1, C a\x9b::=, D q="`,
  ])
  assert.ok(deviations.length > 4)
  for (const { say } of deviations) assert.match(say, /^(?!.*(::|##\[))[\x20-\x7e…]+\.$/)
})
