import type { Suite } from '../../lib/model/case.ts'

/** What a refusal says: its status and the challenge that tells a client how to go on. */
export const challenge: Suite = {
  id: 'challenge',
  title: 'Challenges: what a refusal says',
  about:
    'A client that is refused knows only what the answer tells it. The status says that credentials are missing, and the challenge says which ones.',
  cases: [
    {
      id: 'anonymous-401',
      title: 'Answers a request without credentials with 401',
      severity: 'medium',
      send: { to: 'protected', with: 'nothing' },
      expect: [
        {
          should: { status: { anyOf: [401, 404] } },
          because: ['rfc9110#11.4-401-when-credentials-missing'],
        },
        { may: { status: 401 }, severity: 'low', because: ['rfc9110#15.5.4-404-hiding'] },
      ],
      harm: 'Clients see an error they cannot act on and never ask their user to log in.',
      fix: 'Answer 401 with a challenge; keep 403 for credentials that are valid and do not suffice.',
    },
    {
      id: 'basic-invalid-401',
      title: 'Answers invalid Basic credentials with 401',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        'wrong-password': { password: 'other' },
        'unknown-user': { user: 'other' },
      },
      expect: [
        {
          should: { status: { anyOf: [401, 404] } },
          because: ['rfc9110#11.4-401-when-credentials-invalid'],
        },
        { may: { status: 401 }, because: ['rfc9110#15.5.4-404-hiding'] },
      ],
      harm: 'A client cannot tell a mistyped password from a page it may not see, and does not ask again.',
      fix: 'Answer 401 with the challenge whenever the credentials do not validate, whether the user or the password is wrong.',
    },
    {
      id: 'basic-unknown-user-like-wrong-password',
      title: 'Answers an unknown user like a wrong password',
      severity: 'low',
      steps: [
        {
          as: 'known',
          send: {
            to: 'protected',
            with: { valid: 'basic', but: { password: { is: 'no-such-Passw0rd' } } },
          },
        },
        {
          as: 'known-again',
          send: {
            to: 'protected',
            with: { valid: 'basic', but: { password: { is: 'no-such-Passw0rd' } } },
          },
        },
        {
          as: 'unknown',
          send: { to: 'protected', with: { valid: 'basic', but: { user: 'other' } } },
          expect: [
            {
              when: { alike: ['known', 'known-again'] },
              should: { same: 'known', in: ['status', 'challenge'] },
              because: ['house#refusals-look-alike'],
            },
            // Request ids and times make bodies differ, so that two of one kind are looked at first.
            {
              when: { alike: ['known', 'known-again'] },
              may: { same: 'known', in: ['shape', 'length', 'body'] },
              because: ['house#refusals-look-alike'],
            },
          ],
        },
      ],
      harm: 'Anyone can find out who has an account.',
      fix: 'Send one and the same refusal whether the user or the password is wrong.',
    },
    {
      id: 'challenge-with-every-401',
      title: 'Sends a challenge with every 401',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: 401 },
          must: { challenge: 'any' },
          because: ['rfc9110#11.6.1-401-has-www-authenticate'],
        },
      ],
      harm: 'Browsers show no log-in and other clients do not learn which scheme to use.',
      fix: 'Set WWW-Authenticate wherever a 401 is made, error handlers included; many JWT middlewares send a bare 401 unless they are told otherwise.',
    },
    {
      id: 'challenge-applicable',
      title: 'Offers a scheme that works with each challenge',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: 401, field: 'WWW-Authenticate' },
          should: { challenge: { applicable: true } },
          because: ['rfc9110#15.5.2-challenge-applicable', 'rfc7617#2-scheme-name-basic-challenge'],
        },
      ],
      harm: 'A client that follows the challenge can never get in, and one that could has to be told by other means.',
      fix: 'Name the scheme that the resource takes, under its registered name: Basic, not xBasic, even where a log-in window in browsers is unwanted.',
    },
    {
      id: 'challenge-known-scheme-first',
      title: 'Offers the schemes that clients know before others',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          may: { challenge: { first: 'well-known' } },
          because: ['rfc9110#11.3-well-supported-scheme-first'],
        },
      ],
      harm: 'Simple clients stop reading at a scheme they do not know and never see the one they could use.',
      fix: 'List Basic, Bearer, Digest or Negotiate first and newer schemes after them.',
    },
    {
      id: 'challenge-on-own-line',
      title: 'Sends each challenge on a line of its own',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          may: { challenge: { apart: true } },
          because: ['rfc9110#11.6.1-one-challenge-per-line'],
        },
      ],
      harm: 'Allowed; simple clients take everything on the line for parameters of the first scheme.',
      fix: 'Write one WWW-Authenticate line for each scheme; a proxy in front may join them again.',
    },
    {
      id: 'challenge-only-with-refusals',
      title: 'Sends no challenge with what it grants',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { outcome: 'granted' },
          may: { challenge: 'none' },
          because: ['rfc9110#11.6.1-www-authenticate-on-other-status'],
        },
      ],
      harm: 'Allowed, and it means that other credentials could change the answer; clients may ask again for nothing.',
      fix: 'Set WWW-Authenticate on refusals only, unless other credentials really give another answer.',
    },
    {
      id: 'basic-inadequate-403',
      title: 'Answers 403 to valid credentials that do not suffice',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', account: 'unprivileged' } },
      expect: [
        {
          should: { status: { anyOf: [403, 404] } },
          because: ['rfc9110#11.4-403-valid-but-inadequate'],
        },
      ],
      harm: 'A user with the right password is asked for it again and again.',
      fix: 'Authenticate first and answer 401 only where that fails; answer 403 where the account lacks the permission.',
    },
    {
      id: 'realm-not-reflected',
      title: 'Names the same realm each time, whatever the query says',
      severity: 'low',
      steps: [
        { as: 'plain', send: { to: 'protected', with: 'nothing' } },
        {
          as: 'again',
          send: { to: 'protected', with: 'nothing' },
          expect: [
            {
              when: { status: 401 },
              should: { same: 'plain', in: ['challenge'] },
              because: ['rfc7617#2-same-realm-same-space'],
            },
          ],
        },
        {
          as: 'with-query',
          send: {
            to: 'protected',
            with: 'nothing',
            but: { target: { append: '?conformance=realm' } },
          },
          expect: [
            {
              when: { status: 401, alike: ['plain', 'again'] },
              should: { same: 'plain', in: ['challenge'] },
              because: ['rfc7617#2-same-realm-same-space'],
            },
          ],
        },
      ],
      harm: 'Clients take each realm for another protection space and ask for the password again; text from the request ends up in the log-in window.',
      fix: 'Use one fixed realm for each set of accounts, never a part of the request.',
    },
  ],
}
