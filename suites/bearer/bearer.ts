import type { Line, Suite } from '../../lib/model/case.ts'

const malformed: Line = {
  should: { access: 'denied' },
  because: ['rfc6750#2.1-b64token-syntax'],
}

/** Bearer: which tokens get in, and how the field that carries one is written. */
export const bearer: Suite = {
  id: 'bearer',
  title: 'Bearer: which tokens get in, and how they are written',
  about:
    'Whoever holds a bearer token is let in, so the token counts exactly as it was issued. The field around it has one scheme, one or more spaces, and one token; each case changes one of these.',
  cases: [
    {
      id: 'bearer-token-truncated',
      title: 'Compares the whole token',
      severity: 'critical',
      send: { to: 'protected', with: { valid: 'bearer' } },
      examples: {
        'without-end': { token: { dropLast: 4 } },
        'first-16': { token: { keepFirst: 16 } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc6750#1.3-token-validated-before-serving', 'rfc6750#5.2-token-integrity'],
        },
      ],
      harm: 'A part of a token is enough to get in, and the rest of it can be guessed or left out.',
      fix: 'Look up the whole token, or verify the signature over all of it; compare no prefix and cut nothing off.',
    },
    {
      id: 'bearer-token-extended',
      title: 'Refuses a token with more around it',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'bearer' } },
      examples: {
        after: { token: { append: 'xxxx' } },
        before: { token: { prepend: 'xxxx' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc6750#1.3-token-validated-before-serving', 'rfc6750#5.2-token-integrity'],
        },
      ],
      harm: 'One token has endless spellings, so lists of revoked tokens and limits per token are passed.',
      fix: 'Compare lengths too; a decoder that stops at what it does not know makes such a token look whole.',
    },
    {
      id: 'bearer-token-letter-case',
      title: 'Refuses a token in other letter case',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'bearer', but: { token: { letters: 'swapped' } } } },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc6750#1.1-names-values-case-sensitive',
            'rfc6750#1.3-token-validated-before-serving',
          ],
        },
      ],
      harm: 'A token loses about one bit for each letter, and one token has many spellings.',
      fix: 'Compare bytes; in a database, use a binary collation for the column or look up a hash of the token.',
    },
    {
      id: 'bearer-scheme-case',
      title: 'Accepts Bearer in any letter case',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      examples: {
        lower: { scheme: { letters: 'lower' } },
        upper: { scheme: { letters: 'upper' } },
        swapped: { scheme: { letters: 'swapped' } },
      },
      expect: [{ must: { access: 'granted' }, because: ['rfc9110#11.1-scheme-case-insensitive'] }],
      harm: 'Clients that write bearer, as many do, cannot get in.',
      fix: 'Compare the word before the blank without regard to case; startsWith("Bearer ") is too strict.',
    },
    {
      id: 'bearer-two-blanks',
      title: 'Accepts more than one space after Bearer',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', but: { separator: '  ' } } },
      expect: [
        {
          must: { access: 'granted' },
          softened:
            'Half of the servers in use split at the first space, and hardly any client writes two.',
          because: ['rfc6750#2.1-multiple-spaces'],
        },
      ],
      harm: 'Clients that write another space, which the grammar allows, cannot get in.',
      fix: 'Skip all spaces between the scheme and the token.',
    },
    {
      id: 'bearer-tab-after-scheme',
      title: 'Refuses a tab between Bearer and the token',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', but: { separator: '\t' } } },
      expect: [{ may: { access: 'denied' }, because: ['rfc6750#2.1-b64token-syntax'] }],
      harm: 'None by itself; parts of a chain that look for a space find another scheme.',
      fix: 'Split the value at spaces only, if one spelling is wanted.',
    },
    {
      id: 'bearer-scheme-apart',
      title: 'Refuses a token that follows Bearer without a space',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', but: { separator: '' } } },
      expect: [malformed],
      harm: 'Parts of a chain that read the scheme as a word see another scheme than the one that cuts off six letters.',
      fix: 'Split the value at its first space and compare the whole word before it.',
    },
    {
      id: 'bearer-scheme-absent',
      title: 'Refuses a token without a scheme',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', but: { scheme: 'absent' } } },
      expect: [
        {
          should: { access: 'denied' },
          because: [
            'rfc9110#11.4-401-when-credentials-invalid',
            'rfc9110#11.2-token68-credentials-grammar',
          ],
        },
      ],
      harm: 'Filters and logs that go by the scheme do not see these log-ins, and masks do not hide them.',
      fix: 'Expect a scheme and a space before the token; replace("Bearer ", "") takes whatever is left.',
    },
    {
      id: 'bearer-scheme-twice',
      title: 'Refuses Bearer that is written twice',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', but: { before: 'Bearer ' } } },
      expect: [malformed],
      harm: 'A server that takes the last word of the value reads what others do not see.',
      fix: 'Expect exactly one scheme and one word after it, and refuse everything else.',
    },
    {
      id: 'bearer-other-scheme',
      title: 'Refuses a bearer token under another scheme',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      examples: {
        another: { scheme: { word: 'Basic' } },
        longer: { scheme: { word: 'Bearers' } },
        colon: { scheme: { word: 'Bearer:' } },
      },
      expect: [
        { should: { access: 'denied' }, because: ['rfc9110#11.4-401-when-credentials-invalid'] },
      ],
      harm: 'Filters and logs that go by the scheme do not see these log-ins.',
      fix: 'Compare the whole scheme word before the token is read; taking the second word is not enough.',
    },
    {
      id: 'bearer-scheme-alias',
      title: 'Knows no other name for Bearer',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      examples: { token: { scheme: { word: 'Token' } }, jwt: { scheme: { word: 'JWT' } } },
      expect: [
        { may: { access: 'denied' }, because: ['rfc9110#11.4-401-when-credentials-invalid'] },
      ],
      harm: 'None where the API documents the other name; where it does not, nobody knows of this way in.',
      fix: 'Document the other scheme, or accept Bearer only.',
    },
    {
      id: 'bearer-quoted',
      title: 'Refuses a token in double quotes',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      examples: { token: { quoted: 'credentials' }, value: { quoted: 'value' } },
      expect: [malformed],
      harm: 'One token has several spellings, so filters that compare the field are passed.',
      fix: 'Do not strip quotes: bearer tokens have none.',
    },
    {
      id: 'bearer-trailing-text',
      title: 'Refuses text after the token',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      examples: {
        word: { after: ' junk' },
        parameter: { after: ', x="y"' },
        comma: { after: ',' },
        semicolon: { after: ';x' },
      },
      expect: [malformed],
      harm: 'Filters and logs see a value that the server does not use.',
      fix: 'Match the whole value, from the scheme to the end, instead of taking the second word.',
    },
    {
      id: 'bearer-outer-spaces',
      title: 'Ignores spaces around the value that holds a token',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      examples: {
        'none-before': { afterColon: '' },
        'two-before': { afterColon: '  ' },
        after: { after: ' ' },
      },
      expect: [
        { must: { access: 'granted' }, because: ['rfc9110#5.5-trim-surrounding-whitespace'] },
      ],
      harm: 'Clients that write the line a little differently cannot get in.',
      fix: 'Strip whitespace from both ends of the value before it is read.',
    },
    {
      id: 'bearer-field-name-case',
      title: 'Finds a token whatever the letter case of the field name',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'bearer' } },
      examples: {
        lower: { fieldName: { letters: 'lower' } },
        upper: { fieldName: { letters: 'upper' } },
        swapped: { fieldName: { letters: 'swapped' } },
      },
      expect: [
        { must: { access: 'granted' }, because: ['rfc9110#5.1-field-name-case-insensitive'] },
      ],
      harm: 'Clients behind a proxy that writes field names in lower case cannot get in.',
      fix: 'Compare field names without regard to case, or use the lookup of the HTTP library.',
    },
    {
      id: 'bearer-scheme-alone',
      title: 'Refuses Bearer without a token',
      severity: 'critical',
      send: { to: 'protected', with: { valid: 'bearer', but: { token: 'empty' } } },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc6750#1.3-token-validated-before-serving'],
        },
        {
          should: { status: { anyOf: [400, 401, 404] } },
          severity: 'low',
          because: ['rfc9110#11.4-401-when-credentials-partial', 'rfc6750#3.1-invalid-request-400'],
        },
      ],
      harm: 'The bare word gets in, or ends in an error that no client expects.',
      fix: 'Check that something follows the scheme before it is looked up; an empty text is a false value in many languages.',
    },
    {
      id: 'bearer-junk-survived',
      title: 'Survives Bearer fields full of junk',
      severity: 'medium',
      send: { to: 'protected', with: 'nothing' },
      examples: {
        dots: { fields: [{ name: 'Authorization', value: 'Bearer ...' }] },
        equals: { fields: [{ name: 'Authorization', value: 'Bearer ====' }] },
        backslash: { fields: [{ name: 'Authorization', value: 'Bearer \\' }] },
        'open-quote': { fields: [{ name: 'Authorization', value: 'Bearer "' }] },
        percent: { fields: [{ name: 'Authorization', value: 'Bearer %00%zz%' }] },
        'property-name': { fields: [{ name: 'Authorization', value: 'Bearer __proto__' }] },
        'not-json': { fields: [{ name: 'Authorization', value: 'Bearer e30.e30.e30' }] },
        null: { fields: [{ name: 'Authorization', value: 'Bearer bnVsbA.bnVsbA.bnVsbA' }] },
        'many-segments': {
          fields: [{ name: 'Authorization', value: { $repeat: 'Bearer a.a.', times: 300 } }],
        },
      },
      expect: [{ should: { orderly: true }, because: ['rfc9110#2.3-parse-defensively'] }],
      harm: 'Anyone can bring a worker down with one line, before any log-in.',
      fix: 'Catch what the token reader throws and answer 401; a middleware without an error handler answers 500.',
    },
  ],
}
