import type { Suite } from '../../lib/model/case.ts'

/** What a server that takes bearer tokens says when it refuses one. */
export const bearerAnswers: Suite = {
  id: 'bearer-answers',
  title: 'Bearer: what a refusal says',
  about:
    'A client that was refused has to know whether to fetch a new token, to ask for more scope, or to mend its request. RFC 6750 §3 says so in the status and in the error parameter of the challenge.',
  cases: [
    {
      id: 'bearer-invalid-401',
      title: 'Answers text that is no token of its own with 401 or 400',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', but: { token: 'other' } } },
      expect: [
        {
          // Text that is no token of this server may count as a malformed request.
          should: { status: { anyOf: [400, 401, 404] } },
          because: ['rfc6750#3.1-invalid-token-401', 'rfc9110#11.4-401-when-credentials-invalid'],
        },
        { may: { status: { noneOf: [404] } }, because: ['rfc9110#15.5.4-404-hiding'] },
      ],
      harm: 'A client cannot tell a token that has run out from a page it may not see, and fetches no new one.',
      fix: 'Answer 401 with the challenge whenever a token does not validate; keep 403 for valid ones that do not suffice.',
    },
    {
      id: 'bearer-unverified-401',
      title: 'Answers a token that does not verify with 401',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt', but: { signature: 'flipped' } } },
      expect: [
        {
          should: { status: { anyOf: [401, 404] } },
          because: ['rfc6750#3.1-invalid-token-401', 'rfc9110#11.4-401-when-credentials-invalid'],
        },
      ],
      harm: 'A client cannot tell a token that is not good any more from a mistake of its own, and fetches no new one.',
      fix: 'Answer 401 with error="invalid_token" to every token that is well-formed and does not validate.',
    },
    {
      id: 'bearer-expired-401',
      title: 'Answers an expired token with 401',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { exp: { $now: -3600 } } } },
      },
      expect: [
        {
          when: { outcome: 'denied' },
          should: { status: { anyOf: [401, 404] } },
          because: ['rfc6750#3.1-expired-token-401'],
        },
      ],
      harm: 'Clients that wait for a 401 to fetch a new token never do.',
      fix: 'Answer 401 with error="invalid_token" when a token has expired, not 403 or 400.',
    },
    {
      id: 'bearer-invalid-token-error',
      title: 'Names invalid_token in the challenge to an invalid token',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', but: { token: 'other' } } },
      expect: [
        {
          when: { status: 401, challenge: 'Bearer' },
          should: { challenge: { scheme: 'Bearer', error: 'invalid_token' } },
          because: ['rfc6750#3-error-when-token-failed', 'rfc6750#3.1-invalid-token-401'],
        },
      ],
      harm: 'Clients do not learn that a new token would help.',
      fix: 'Send error="invalid_token" in the Bearer challenge to a token that was looked at and refused.',
    },
    {
      id: 'bearer-malformed-refused',
      title: 'Answers a malformed Bearer field with 400 or 401',
      severity: 'low',
      send: { to: 'protected', with: 'nothing' },
      examples: {
        'two-words': { fields: [{ name: 'Authorization', value: 'Bearer abc def' }] },
        quoted: { fields: [{ name: 'Authorization', value: 'Bearer "abc"' }] },
        comma: { fields: [{ name: 'Authorization', value: 'Bearer abc,' }] },
        parameter: { fields: [{ name: 'Authorization', value: 'Bearer token="abc"' }] },
      },
      expect: [
        {
          should: { status: { anyOf: [400, 401, 404] } },
          because: [
            'rfc6750#3.1-invalid-request-400',
            'rfc9110#11.4-401-when-credentials-invalid',
            'rfc9110#15.5.1-400-for-malformed-authorization',
          ],
        },
      ],
      harm: 'Clients cannot tell their own mistake from one of the server.',
      fix: 'Treat what cannot be read like a token that does not validate: 401 with the challenge, or 400.',
    },
    {
      id: 'bearer-400-invalid-request',
      title: 'Names invalid_request in every challenge that comes with 400',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: 400, challenge: 'Bearer' },
          should: { challenge: { every: 'Bearer', error: 'invalid_request' } },
          because: ['rfc6750#3.1-invalid-request-400'],
        },
      ],
      harm: 'Clients fetch a new token where their request has to be mended.',
      fix: 'Send error="invalid_request" with 400, and invalid_token with 401 only.',
    },
    {
      id: 'bearer-challenge-scheme',
      title: 'Offers Bearer where it refuses a bearer token',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', but: { token: 'other' } } },
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: { challenge: { scheme: 'Bearer' } },
          because: [
            'rfc6750#3-scheme-is-bearer',
            'rfc6750#3-challenge-when-token-missing-or-insufficient',
          ],
        },
      ],
      harm: 'Clients are told to log in by a scheme that their token has nothing to do with.',
      fix: 'Name the scheme Bearer in the challenge, not JWT, Token or OAuth.',
    },
    {
      id: 'bearer-anonymous-no-error',
      title: 'Names no error to a request without credentials',
      severity: 'low',
      send: { to: 'protected', with: 'nothing' },
      expect: [
        {
          when: { challenge: 'Bearer' },
          should: { challenge: { every: 'Bearer', error: null } },
          because: ['rfc6750#3.1-no-error-without-auth-info'],
        },
      ],
      harm: 'Clients that have no token yet take themselves for clients whose token was refused.',
      fix: 'Leave error and its details out of the challenge where Authorization is absent.',
    },
    {
      id: 'bearer-unsupported-scheme-no-error',
      title: 'Names no error to a request under an unsupported scheme',
      severity: 'low',
      send: { to: 'protected', with: { authorization: 'Xyzzy abcdefgh' } },
      expect: [
        {
          when: { challenge: 'Bearer' },
          should: { challenge: { every: 'Bearer', error: null } },
          because: ['rfc6750#3.1-no-error-for-unsupported-scheme'],
        },
      ],
      harm: 'Clients look for a mistake in a token they have not sent.',
      fix: 'Look at the scheme first, and answer another one as if nothing had been sent.',
    },
    {
      id: 'bearer-insufficient-scope',
      title: 'Answers 403 to a valid token that does not suffice',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', account: 'unprivileged' } },
      expect: [
        {
          should: { status: { anyOf: [403, 404] } },
          because: ['rfc6750#3.1-insufficient-scope-403', 'rfc9110#11.4-403-valid-but-inadequate'],
        },
      ],
      harm: 'Clients throw away a good token and fetch another one of the same kind, again and again.',
      fix: 'Validate the token first and answer 401 only where that fails; answer 403 where the scope is missing.',
    },
    {
      id: 'bearer-insufficient-scope-error',
      title: 'Names insufficient_scope where a valid token does not suffice',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', account: 'unprivileged' } },
      expect: [
        {
          when: { status: 403 },
          should: { challenge: { scheme: 'Bearer', error: 'insufficient_scope' } },
          because: [
            'rfc6750#3.1-insufficient-scope-403',
            'rfc6750#3-challenge-on-403-insufficient-scope',
          ],
        },
      ],
      harm: 'Clients do not learn that a token with more scope would get them in.',
      fix: 'Send WWW-Authenticate: Bearer error="insufficient_scope" with the 403, and scope="…" with what is needed.',
    },
    {
      id: 'bearer-challenge-parameter-once',
      title: 'Gives realm, scope and error once in a Bearer challenge',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { challenge: 'Bearer' },
          must: { challengeFreeOf: ['duplicate-param'] },
          because: [
            'rfc6750#3-realm-at-most-once',
            'rfc6750#3-scope-at-most-once',
            'rfc6750#3-error-members-at-most-once',
          ],
        },
      ],
      harm: 'Two clients can read two different errors from one challenge.',
      fix: 'Build the challenge in one place; list several scopes in one value, with spaces between them.',
    },
    {
      id: 'bearer-challenge-not-steered',
      title: 'Lets no token write into the challenge it is refused with',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt', but: { signature: 'kept' } } },
      examples: {
        issuer: { claims: { iss: 'a", realm="b", realm="c' } },
        audience: { claims: { aud: 'a", realm="b", realm="c' } },
        kid: { header: { kid: 'a", realm="b", realm="c' } },
        algorithm: { header: { alg: 'a", realm="b", realm="c' } },
      },
      expect: [
        {
          when: { field: 'WWW-Authenticate' },
          must: {
            challengeFreeOf: [
              'duplicate-param',
              'missing-comma',
              'unclosed-quote',
              'value-not-token',
              'junk',
            ],
          },
          because: ['rfc6750#3-error-charset', 'rfc6750#3-error-description-no-injection'],
        },
      ],
      harm: 'Whoever writes a token decides what a client reads in the challenge, the address of a log-in page among it.',
      fix: 'Put fixed sentences into error_description, and nothing of an unverified token.',
    },
    {
      id: 'bearer-token-not-echoed',
      title: 'Repeats no token in its refusal',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'bearer', but: { token: { append: 'x' } } } },
      expect: [
        {
          should: { echo: 'none' },
          because: [
            'rfc9700#4.9.3-tokens-treated-as-secrets',
            'rfc6750#3-error-description-no-injection',
          ],
        },
      ],
      harm: 'A token that was mistyped by a character ends up in logs of answers and on the screens of others.',
      fix: 'Say in error_description what is wrong with the token, never the token itself.',
    },
    {
      id: 'bearer-head-like-get',
      title: 'Answers HEAD with an invalid token like GET',
      severity: 'low',
      steps: [
        {
          as: 'get',
          send: {
            to: 'protected',
            with: { valid: 'bearer', but: { token: 'other' } },
            but: { method: 'GET' },
          },
        },
        {
          as: 'head',
          send: {
            to: 'protected',
            with: { valid: 'bearer', but: { token: 'other' } },
            but: { method: 'HEAD' },
          },
          expect: [
            {
              should: { same: 'get', in: ['status', 'challenge'] },
              because: ['rfc9110#9.3.2-head-same-fields'],
            },
          ],
        },
      ],
      harm: 'Clients that ask with HEAD first do not learn that their token was refused.',
      fix: 'Serve HEAD by the code that serves GET and leave out the content; some frameworks have to be told to.',
    },
  ],
}
