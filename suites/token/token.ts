import type { Line, Suite } from '../../lib/model/case.ts'

const refused: Line = {
  should: { access: 'denied' },
  because: ['rfc9110#11.4-401-when-credentials-invalid'],
}

const malformed: Line = {
  should: { access: 'denied' },
  because: ['rfc9110#11.2-token68-credentials-grammar'],
}

/** API tokens after a scheme word that no RFC defines. */
export const token: Suite = {
  id: 'token',
  title: 'API tokens: which get in, and how they are written',
  about:
    'Many APIs take a token after a word of their own, such as Token. What the word is, and whether its letter case counts, says the profile or --scheme WORD=SECRET; each case changes one thing about the field.',
  cases: [
    {
      id: 'token-truncated',
      title: 'Compares the whole API token',
      severity: 'critical',
      send: { to: 'protected', with: { valid: 'token' } },
      examples: {
        'without-end': { token: { dropLast: 4 } },
        'first-half': { token: { onlyFirst: 16 } },
        'other-end': { token: { keepFirst: 16 } },
      },
      expect: [refused],
      harm: 'A part of a token is enough to get in, and the rest of it can be guessed or left out.',
      fix: 'Look up the whole token, by its hash for instance, and compare no prefix.',
    },
    {
      id: 'token-extended',
      title: 'Refuses an API token with more around it',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'token' } },
      examples: {
        after: { token: { append: 'xxxx' } },
        before: { token: { prepend: 'xxxx' } },
      },
      expect: [refused],
      harm: 'One token has endless spellings, so lists of revoked tokens and limits per token are passed.',
      fix: 'Compare lengths too.',
    },
    {
      id: 'token-letter-case',
      title: 'Refuses an API token in other letter case',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'token', but: { token: { letters: 'swapped' } } } },
      expect: [refused],
      harm: 'Tokens lose about one bit for each letter, and lists of revoked tokens are passed.',
      fix: 'Compare bytes; in a database, use a binary collation for the column.',
    },
    {
      id: 'token-empty',
      title: 'Refuses an empty API token',
      severity: 'critical',
      send: { to: 'protected', with: { valid: 'token', but: { token: 'empty' } } },
      expect: [refused],
      harm: 'Anyone who knows the scheme gets in, often as whoever has no token yet.',
      fix: 'Refuse an empty token before it is looked up.',
    },
    {
      id: 'token-scheme-absent',
      title: 'Refuses an API token without a scheme',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'token', but: { scheme: 'absent' } } },
      expect: [malformed],
      harm: 'Filters and logs that look for the scheme do not see the secret and do not mask it.',
      fix: 'Expect the scheme and one space before the token.',
    },
    {
      id: 'token-scheme-apart',
      title: 'Refuses an API token that follows the scheme without a space',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'token', but: { separator: '' } } },
      expect: [malformed],
      harm: 'Parts of a chain that read the scheme as a word see another scheme than the one that is cut off.',
      fix: 'Split the value at its first space and compare the whole word before it.',
    },
    {
      id: 'token-tab-after-scheme',
      title: 'Refuses a tab between scheme and API token',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'token', but: { separator: '\t' } } },
      expect: [
        { may: { access: 'denied' }, because: ['rfc9110#11.2-token68-credentials-grammar'] },
      ],
      harm: 'None by itself; parts of a chain that look for a space find another scheme.',
      fix: 'Split the value at spaces only, if one spelling is wanted.',
    },
    {
      id: 'token-other-scheme',
      title: 'Refuses an API token under the name of another scheme',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'token' } },
      examples: { bearer: { scheme: { word: 'Bearer' } }, basic: { scheme: { word: 'Basic' } } },
      expect: [
        { may: { access: 'denied' }, because: ['rfc9110#11.4-401-when-credentials-invalid'] },
      ],
      harm: 'None by itself: many APIs take the same token as a bearer token too.',
      fix: 'Compare the scheme, if one spelling is wanted, or document the other one.',
    },
    {
      id: 'token-scheme-spellings',
      title: 'Accepts what RFC 9110 takes for the same credentials',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'token' } },
      examples: {
        lower: { scheme: { letters: 'lower' } },
        upper: { scheme: { letters: 'upper' } },
        'two-blanks': { separator: '  ' },
      },
      // A word of one's own may have one spelling, where that is said; then this says nothing.
      expect: [
        {
          when: { exactCase: false },
          may: { access: 'granted' },
          because: [
            'rfc9110#11.1-scheme-case-insensitive',
            'rfc9110#11.2-token68-credentials-grammar',
          ],
        },
      ],
      harm: 'Clients that write the word otherwise, as the RFC allows, cannot get in.',
      fix: 'Compare the scheme without regard to case and skip the spaces after it, or document the one spelling.',
    },
  ],
}
