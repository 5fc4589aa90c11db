import type { Suite } from '../../lib/model/case.ts'

/** Bearer tokens outside of the Authorization field. */
export const bearerElsewhere: Suite = {
  id: 'bearer-elsewhere',
  title: 'Bearer: where a token counts',
  about:
    'A token belongs into the Authorization field. Everywhere else it is logged, cached, sent along by browsers or lost on the way.',
  cases: [
    {
      id: 'bearer-in-query',
      title: 'Grants nothing on a token in the query',
      severity: 'medium',
      // A token in a request target may end up in the target's access log.
      risk: ['intrusive'],
      send: {
        to: 'protected',
        with: { valid: 'bearer', but: { carriedIn: { query: 'access_token' } } },
      },
      expect: [
        {
          should: { access: 'denied' },
          because: ['rfc9700#4.3.2-no-query-tokens', 'rfc6750#5.3-no-tokens-in-page-urls'],
          despite: ['rfc6750#2.3-query-method-optional'],
        },
      ],
      harm: 'Tokens end up in logs, histories and the Referer field of the next page.',
      fix: 'Take tokens from Authorization only; where a link needs one, give out a short-lived one for that link.',
    },
    {
      id: 'bearer-in-query-private',
      title: 'Calls an answer private that was granted on a token in the query',
      severity: 'low',
      risk: ['intrusive'],
      send: {
        to: 'protected',
        with: { valid: 'bearer', but: { carriedIn: { query: 'access_token' } } },
      },
      expect: [
        {
          when: { outcome: 'granted' },
          should: { field: { name: 'Cache-Control', listsAny: ['private', 'no-store'] } },
          because: ['rfc6750#2.3-query-response-private'],
        },
      ],
      harm: 'Nothing but Authorization keeps a shared cache from serving the answer to others, and it was not sent.',
      fix: 'Send Cache-Control: private, no-store with whatever is served on a token in the query.',
    },
    {
      id: 'bearer-two-methods',
      title: 'Refuses a request that brings tokens in two places',
      severity: 'low',
      risk: ['intrusive'],
      steps: [
        {
          as: 'query-alone',
          send: {
            to: 'protected',
            with: { valid: 'bearer', but: { carriedIn: { query: 'access_token' } } },
          },
        },
        {
          as: 'both',
          send: {
            to: 'protected',
            with: { valid: 'bearer' },
            but: { target: { append: '?access_token=conformance' } },
          },
          expect: [
            {
              // Who takes no token from the query may ignore one there.
              should: { access: 'granted', notAll: ['query-alone', 'both'] },
              because: ['rfc6750#2-single-method-per-request', 'rfc6750#3.1-invalid-request-400'],
            },
          ],
        },
      ],
      harm: 'A gateway that checks one token and a server that serves by the other disagree about who is calling.',
      fix: 'Where tokens are taken from more than one place, answer 400 to a request that uses two.',
    },
    {
      id: 'bearer-in-form',
      title: 'Grants GET nothing on a token in form content',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'bearer', but: { carriedIn: { form: 'access_token' } } },
      },
      expect: [
        {
          when: { method: 'GET' },
          should: { access: 'denied' },
          because: ['rfc6750#2.2-form-method-conditions'],
        },
      ],
      harm: 'Content of a GET is dropped or not looked at by parts of a chain, so they decide about different requests.',
      fix: 'Read no token from content, or only where the method gives content a meaning.',
    },
    {
      id: 'bearer-in-json',
      title: 'Grants nothing on a token in JSON content',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'bearer', but: { carriedIn: { json: 'access_token' } } },
      },
      expect: [{ should: { access: 'denied' }, because: ['rfc6750#2.2-form-method-conditions'] }],
      harm: 'Tokens in content are stored and logged with it.',
      fix: 'Take tokens from Authorization only.',
    },
    {
      id: 'bearer-in-cookie',
      title: 'Grants nothing on a token in a cookie',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'bearer' } },
      examples: {
        'access-token': { carriedIn: { cookie: 'access_token' } },
        token: { carriedIn: { cookie: 'token' } },
        jwt: { carriedIn: { cookie: 'jwt' } },
        authorization: { carriedIn: { cookie: 'authorization' } },
      },
      expect: [
        {
          // Whether there is a guard shows in requests that change something, which none of ours do.
          may: { access: 'denied' },
          because: ['rfc6750#5.3-csrf-when-cookie', 'rfc9110#11.4-401-when-credentials-missing'],
        },
      ],
      harm: 'Browsers send cookies with requests that other sites start; without a guard, those act as the user.',
      fix: 'Where cookies are meant to count, set SameSite, Secure and HttpOnly and check where requests come from; else take tokens from Authorization only.',
    },
    {
      id: 'bearer-cookie-secure',
      title: 'Puts the token into no cookie that can travel in the clear',
      severity: 'medium',
      steps: [
        {
          as: 'granted',
          send: { to: 'protected', with: { valid: 'bearer' } },
          expect: [
            {
              when: { over: 'tls' },
              must: { field: { name: 'Set-Cookie', secretsAre: 'Secure' } },
              because: ['rfc6750#5.3-no-cleartext-cookies'],
            },
            {
              // Some servers set the attribute on https alone.
              when: { over: 'cleartext' },
              should: { field: { name: 'Set-Cookie', secretsAre: 'Secure' } },
              because: ['rfc6750#5.3-no-cleartext-cookies'],
            },
          ],
        },
      ],
      harm: 'A browser that is led to an http address of the host sends the token where anyone on the way can read it.',
      fix: 'Keep tokens out of cookies, or set Secure, HttpOnly and SameSite on them wherever they are set.',
    },
    {
      id: 'bearer-in-other-field',
      title: 'Grants nothing on a token in another field',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      examples: {
        'x-authorization': { carriedIn: { field: 'X-Authorization' } },
        'x-access-token': { carriedIn: { field: 'X-Access-Token' } },
        'x-auth-token': { carriedIn: { field: 'X-Auth-Token' } },
      },
      expect: [
        { may: { access: 'denied' }, because: ['rfc9110#11.4-401-when-credentials-missing'] },
      ],
      harm: 'Caches and logs know that Authorization is secret and do not know it of other fields.',
      fix: 'Read Authorization and no other field, unless the API documents another one.',
    },
    {
      id: 'bearer-in-proxy-authorization',
      title: 'Grants nothing on a token in Proxy-Authorization',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'bearer', but: { carriedIn: { field: 'Proxy-Authorization' } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc9110#11.7.2-proxy-authorization-not-for-origin'],
        },
      ],
      harm: 'A token meant for a proxy is taken for that of a user, and reaches logs that mask Authorization only.',
      fix: 'Read Authorization and no other field; have the proxy remove its own before it forwards a request.',
    },
    {
      id: 'method-override-anonymous',
      title: 'Grants nothing on a field that renames the method',
      severity: 'critical',
      send: { to: 'protected', with: 'nothing' },
      examples: {
        'x-http-method-override': {
          fields: [{ name: 'X-HTTP-Method-Override', value: 'OPTIONS' }],
        },
        'x-method-override': { fields: [{ name: 'X-Method-Override', value: 'OPTIONS' }] },
        'x-http-method': { fields: [{ name: 'X-HTTP-Method', value: 'OPTIONS' }] },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc6750#1.3-token-validated-before-serving',
            'rfc7617#2-service-only-when-validated',
          ],
        },
      ],
      harm: 'A check that lets OPTIONS pass, as browsers need it, is told that everything is OPTIONS.',
      fix: 'Check credentials before methods are renamed, or take out support for renaming them.',
    },
  ],
}
