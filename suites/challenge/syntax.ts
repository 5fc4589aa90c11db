import type { Suite } from '../../lib/model/case.ts'

/** How challenges are written: one watch for each way to write them wrong. */
export const challengeSyntax: Suite = {
  id: 'challenge-syntax',
  title: 'Challenges: how they are written',
  about:
    'A client takes a challenge apart by a grammar that is easy to miss. Each case looks at every WWW-Authenticate of the run for one way of missing it.',
  cases: [
    {
      id: 'basic-challenge-realm',
      title: 'Names a realm in every Basic challenge',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { challenge: 'Basic' },
          must: { challenge: { every: 'Basic', realm: 'present' } },
          because: ['rfc7617#2-realm-required'],
        },
      ],
      harm: 'Clients that look for the realm ignore the challenge, and none can tell which password is asked for.',
      fix: 'Send Basic realm="…"; the text is free, and the parameter is not.',
    },
    {
      id: 'challenge-realm-quoted',
      title: 'Writes every realm in double quotes',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['realm-unquoted'] },
          because: ['rfc9110#11.5-realm-quoted-string'],
        },
      ],
      harm: 'Old clients that know only the quoted form read no realm or a wrong one.',
      fix: 'Put double quotes around the value: realm="files", neither realm=files nor single quotes.',
    },
    {
      id: 'basic-challenge-charset',
      title: 'Announces no character set but UTF-8 in a Basic challenge',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { challenge: 'Basic' },
          must: { challenge: { every: 'Basic', charset: 'utf-8-or-absent' } },
          because: ['rfc7617#2.1-charset-only-utf8'],
        },
      ],
      harm: 'Clients ignore the value or encode the password in a way the server does not read.',
      fix: 'Send charset="UTF-8" if the server decodes UTF-8, otherwise leave the parameter out.',
    },
    {
      id: 'basic-challenge-parameters',
      title: 'Adds nothing but realm and charset to a Basic challenge',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { challenge: 'Basic' },
          should: { challenge: { every: 'Basic', params: ['realm', 'charset'] } },
          because: ['rfc7617#2-only-realm-and-charset'],
        },
      ],
      harm: 'Clients ignore what they do not know, so whatever the parameter says is lost.',
      fix: 'Leave the parameter out of the Basic challenge, or give it a challenge of a scheme that defines it.',
    },
    {
      id: 'basic-challenge-realm-ascii',
      title: 'Keeps realms of Basic challenges to US-ASCII',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { challenge: 'Basic' },
          should: { challenge: { every: 'Basic', realm: 'ascii' } },
          because: ['rfc7617#3-realm-ascii'],
        },
      ],
      harm: 'Users see garbled text where the log-in window names the realm.',
      fix: 'Choose a realm of printable US-ASCII characters.',
    },
    {
      id: 'challenge-parameter-once',
      title: 'Gives each parameter once in a challenge',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['duplicate-param'] },
          because: ['rfc9110#11.2-param-once-per-challenge'],
        },
      ],
      harm: 'Two clients can read two different values from one challenge.',
      fix: 'Build the challenge in one place; look for a proxy and an application that both add parameters.',
    },
    {
      id: 'challenge-no-empty-element',
      title: 'Leaves no empty element in the list of challenges',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['empty-list-element'] },
          because: ['rfc9110#5.6.1.1-no-empty-list-elements'],
        },
      ],
      harm: 'Strict clients drop the whole field.',
      fix: 'Join challenges and parameters with a comma between them, and none before the first or after the last.',
    },
    {
      id: 'challenge-no-space-around-equals',
      title: 'Puts no whitespace around the equals sign of a parameter',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['bad-whitespace'] },
          because: ['rfc9110#5.6.3-no-bws-generated'],
        },
      ],
      harm: 'Simple clients read a name with a blank in it and miss the parameter.',
      fix: 'Write realm="files", not realm = "files".',
    },
    {
      id: 'challenge-no-needless-escape',
      title: 'Escapes only quotes and backslashes in quoted values',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          should: { challengeFreeOf: ['needless-quoted-pair'] },
          because: ['rfc9110#5.6.4-no-needless-quoted-pair'],
        },
      ],
      harm: 'Clients that do not undo escapes show or compare the backslash.',
      fix: 'Put a backslash before double quotes and backslashes and before nothing else; do not use the escapes of JSON here.',
    },
    {
      id: 'challenge-space-after-scheme',
      title: 'Parts a scheme from its parameters with a space',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['comma-after-scheme', 'tab-after-scheme'] },
          because: ['rfc9110#2.2-challenge-matches-abnf'],
        },
      ],
      harm: 'Clients take the scheme for a challenge without parameters, and the parameters for nothing.',
      fix: 'Write Basic realm="files": one space after the scheme, no comma and no tab.',
    },
    {
      id: 'challenge-scheme-before-parameters',
      title: 'Begins every challenge with a scheme',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['param-without-scheme'] },
          because: ['rfc9110#2.2-challenge-matches-abnf'],
        },
      ],
      harm: 'No client can tell which scheme is asked for.',
      fix: 'Put the scheme first: Basic realm="files", not realm="files".',
    },
    {
      id: 'challenge-parameter-has-value',
      title: 'Gives every parameter of a challenge a value',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['param-without-equals', 'param-without-value'] },
          because: ['rfc9110#2.2-challenge-matches-abnf'],
        },
      ],
      harm: 'Clients take the bare name for another scheme or drop the challenge.',
      fix: 'Write name="value", and leave out parameters that have nothing to say.',
    },
    {
      id: 'challenge-parameters-or-token68',
      title: 'Gives a challenge either parameters or one token68',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['token68-with-params'] },
          because: ['rfc9110#2.2-challenge-matches-abnf'],
        },
      ],
      harm: 'Clients read one of the two and lose the other.',
      fix: 'Send the Base64 text as a quoted parameter if there are parameters beside it.',
    },
    {
      id: 'challenge-value-quoted',
      title: 'Quotes every parameter value that is no token',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['value-not-token', 'single-quoted'] },
          because: ['rfc9110#2.2-challenge-matches-abnf'],
        },
      ],
      harm: 'Clients cut the value at the first blank, slash or comma.',
      fix: 'Put double quotes around values; single quotes are ordinary characters here.',
    },
    {
      id: 'challenge-quote-closed',
      title: 'Closes every quoted value of a challenge',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['unclosed-quote'] },
          because: ['rfc9110#2.2-challenge-matches-abnf'],
        },
      ],
      harm: 'Clients swallow what follows, other challenges included, or drop the field.',
      fix: 'Escape double quotes and backslashes inside the value, and close it.',
    },
    {
      id: 'challenge-comma-between-parameters',
      title: 'Parts the parameters of a challenge with commas',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['missing-comma', 'semicolon-separator'] },
          because: ['rfc9110#2.2-challenge-matches-abnf'],
        },
      ],
      harm: 'Clients read the first parameter and miss the others.',
      fix: 'Put a comma between parameters, neither a blank alone nor a semicolon.',
    },
    {
      id: 'challenge-well-formed',
      title: 'Sends nothing in a challenge that the grammar has no place for',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challengeFreeOf: ['junk', 'control-character', 'non-ascii'] },
          because: ['rfc9110#2.2-challenge-matches-abnf'],
        },
      ],
      harm: 'Clients drop the challenge or read something else from it.',
      fix: 'Send a scheme, a space and name="value" pairs parted by commas, and no sentence meant for people.',
    },
  ],
}
