import type { Suite } from '../../lib/model/case.ts'

/** Authentication under other methods and with fields that change what a request means. */
export const methods: Suite = {
  id: 'methods',
  title: 'Methods: authentication does not depend on them',
  about:
    'What is protected against GET is protected against every other method, and fields such as Range or If-None-Match are looked at only after credentials are.',
  cases: [
    {
      id: 'head-anonymous',
      title: 'Refuses HEAD without credentials',
      severity: 'critical',
      send: { to: 'protected', with: 'nothing', but: { method: 'HEAD' } },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc6750#1.3-token-validated-before-serving',
          ],
        },
      ],
      harm: 'Anyone learns what exists, how large it is and when it changed; handlers that treat HEAD as GET do their work for everybody.',
      fix: 'Attach the check to the path, not to a list of methods.',
    },
    {
      id: 'head-like-get',
      title: 'Answers HEAD without credentials like GET',
      severity: 'low',
      steps: [
        { as: 'get', send: { to: 'protected', with: 'nothing', but: { method: 'GET' } } },
        { as: 'get-again', send: { to: 'protected', with: 'nothing', but: { method: 'GET' } } },
        {
          as: 'head',
          send: { to: 'protected', with: 'nothing', but: { method: 'HEAD' } },
          expect: [
            {
              when: { status: { noneOf: [405, 501] }, alike: ['get', 'get-again'] },
              should: { same: 'get', in: ['status', 'challenge'] },
              because: ['rfc9110#9.3.2-head-same-fields'],
            },
          ],
        },
      ],
      harm: 'Clients that ask with HEAD first do not learn how to log in.',
      fix: 'Serve HEAD by the code that serves GET and leave out the content; some frameworks have to be told to.',
    },
    {
      id: 'head-without-content',
      title: 'Sends no content in answer to HEAD',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { method: 'HEAD' },
          must: { answerFreeOf: ['content-on-head'] },
          because: ['rfc9110#9.3.2-head-no-content'],
        },
      ],
      harm: 'On a connection that is kept, the content is taken for the beginning of the next answer.',
      fix: 'Suppress content for HEAD where answers are written, error pages included.',
    },
    {
      id: 'method-unknown',
      title: 'Refuses a method that nobody defined',
      severity: 'critical',
      send: { to: 'protected', with: 'nothing', but: { method: 'CONFORM' } },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc6750#1.3-token-validated-before-serving',
          ],
        },
      ],
      harm: 'A rule that names GET and POST lets every other word pass, and the handler answers as for GET.',
      fix: 'Protect all methods: in Apache outside of <Limit>, in Java without http-method elements.',
    },
    {
      id: 'method-unknown-no-success',
      title: 'Answers no method that nobody defined with success',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { method: 'CONFORM' } },
      expect: [
        {
          should: { status: { noneOf: ['2xx'] } },
          because: ['rfc9110#9.1-unrecognized-method-501'],
        },
      ],
      harm: 'A client believes that something was done.',
      fix: 'Answer 501 to methods that are not known and 405 to those that the resource does not allow; 401 is as good.',
    },
    {
      id: 'method-letter-case',
      title: 'Tells methods apart by letter case',
      severity: 'critical',
      send: { to: 'protected', with: 'nothing' },
      examples: { lower: { method: 'get' }, title: { method: 'Get' } },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc9110#9.1-method-case-sensitive', 'rfc7617#2-service-only-when-validated'],
        },
      ],
      harm: 'A rule for GET does not see get, and the handler does.',
      fix: 'Compare method names exactly, in the rule and in the handler.',
    },
    {
      id: 'method-letter-case-valid',
      title: 'Takes get for another method than GET',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'any' }, but: { method: 'get' } },
      expect: [
        {
          should: { access: 'denied' },
          // A server that answers every word as if it were GET does not fold letter case either.
          because: ['rfc9110#9.1-method-case-sensitive', 'rfc9110#9.1-unrecognized-method-501'],
        },
      ],
      harm: 'Rules for GET do not see what the handler serves.',
      fix: 'Answer 501 to methods that are not known, get among them, and do not change their letter case.',
    },
    {
      id: 'method-unsafe-anonymous',
      title: 'Refuses methods that change things without credentials',
      severity: 'critical',
      risk: ['unsafe-method'],
      send: { to: 'protected', with: 'nothing' },
      examples: {
        post: { method: 'POST' },
        put: { method: 'PUT' },
        patch: { method: 'PATCH' },
        delete: { method: 'DELETE' },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc6750#1.3-token-validated-before-serving',
          ],
        },
      ],
      harm: 'Anyone changes or deletes what only some may read.',
      fix: 'Attach the check to the path, not to a list of methods, and refuse before the content is read.',
    },
    {
      id: 'method-unsafe-no-success',
      title: 'Answers no unsafe method without credentials with success',
      severity: 'high',
      risk: ['unsafe-method'],
      send: { to: 'protected', with: 'nothing' },
      examples: {
        post: { method: 'POST' },
        put: { method: 'PUT' },
        patch: { method: 'PATCH' },
        delete: { method: 'DELETE' },
      },
      expect: [
        {
          should: { status: { noneOf: ['2xx'] } },
          because: ['rfc9110#11.4-401-when-credentials-missing'],
        },
      ],
      harm: 'Anyone changes or deletes what only some may read, whatever the answer looks like.',
      fix: 'Answer 401 before the content is read; where the method is meant for everybody, give it a path of its own.',
    },
    {
      id: 'trace-without-secrets',
      title: 'Repeats no credentials in answer to TRACE',
      severity: 'medium',
      send: { to: 'protected', with: { stranger: 'basic' }, but: { method: 'TRACE' } },
      expect: [{ should: { echo: 'none' }, because: ['rfc9110#9.3.8-trace-excludes-credentials'] }],
      harm: 'Scripts read credentials that the browser hides from them.',
      fix: 'Turn TRACE off (TraceEnable off in Apache), or leave Authorization and Cookie out of what it repeats.',
    },
    {
      id: 'precondition-after-credentials',
      title: 'Evaluates no precondition without credentials',
      severity: 'medium',
      send: { to: 'protected', with: 'nothing' },
      examples: {
        'if-none-match': { fields: [{ name: 'If-None-Match', value: '*' }] },
        'if-match': { fields: [{ name: 'If-Match', value: '"conformance"' }] },
        'if-modified-since': {
          fields: [{ name: 'If-Modified-Since', value: 'Fri, 01 Jan 2100 00:00:00 GMT' }],
        },
        'if-unmodified-since': {
          fields: [{ name: 'If-Unmodified-Since', value: 'Mon, 01 Jan 1990 00:00:00 GMT' }],
        },
      },
      expect: [
        {
          when: { anonymous: { noneOf: ['2xx', 412] } },
          must: { status: { noneOf: [304, 412] } },
          because: ['rfc9110#13.2.1-no-precondition-result-without-auth'],
        },
      ],
      harm: 'Anyone learns whether the resource exists and when it last changed.',
      fix: 'Check credentials before anything that answers 304 or 412, the cache in front included.',
    },
    {
      id: 'range-after-credentials',
      title: 'Evaluates no Range without credentials',
      severity: 'medium',
      send: { to: 'protected', with: 'nothing' },
      examples: {
        'first-byte': { fields: [{ name: 'Range', value: 'bytes=0-0' }] },
        'beyond-the-end': { fields: [{ name: 'Range', value: 'bytes=999999999999-' }] },
      },
      expect: [
        {
          when: { anonymous: { noneOf: [200] } },
          must: { status: { noneOf: [206, 416] } },
          because: ['rfc9110#14.2-range-not-evaluated-without-auth'],
        },
      ],
      harm: 'Anyone reads parts of the resource or learns its size.',
      fix: 'Check credentials before files are opened or ranges computed.',
    },
    {
      id: 'query-in-same-space',
      title: 'Accepts credentials unasked, whatever the query says',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'basic' },
        // No other case asks for this URL, so that nobody was challenged for it.
        but: { target: { append: '?conformance=unasked' } },
      },
      expect: [
        {
          should: { status: { noneOf: [401] } },
          because: ['rfc7617#2.2-path-prefix-scope', 'rfc7617#2.2-preemptive-authorization'],
        },
      ],
      harm: 'Clients that send known credentials along, as they may, are asked for them again.',
      fix: 'Decide by the path which accounts count, not by the whole URL, and take credentials without having asked for them.',
    },
    {
      id: 'path-below-in-same-space',
      title: 'Accepts credentials below the path they are good for',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'basic' },
        but: { target: { append: '/other' } },
      },
      expect: [
        {
          should: { status: { noneOf: [401] } },
          because: [
            'rfc7617#2.2-path-prefix-scope',
            'rfc9110#11.6.2-same-credentials-within-realm',
          ],
        },
      ],
      harm: 'Clients that send known credentials along, as they may, are asked for them again.',
      fix: 'Use one set of accounts for everything below a path, or answer 403 where an account does not suffice.',
    },
    {
      id: 'query-anonymous',
      title: 'Refuses a request without credentials whatever the query says',
      severity: 'critical',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { target: { append: '?conformance=query' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc6750#1.3-token-validated-before-serving',
          ],
        },
      ],
      harm: 'A question mark is enough to get past the log-in.',
      fix: 'Match protected paths against the path alone, after the query is cut off.',
    },
    {
      id: 'identity-fields-anonymous',
      title: 'Grants nothing on fields that name a user or an address',
      severity: 'critical',
      send: { to: 'protected', with: 'nothing' },
      examples: {
        'remote-user': { fields: [{ name: 'Remote-User', value: 'admin' }] },
        'x-forwarded-user': { fields: [{ name: 'X-Forwarded-User', value: 'admin' }] },
        'x-remote-user': { fields: [{ name: 'X-Remote-User', value: 'admin' }] },
        'x-forwarded-for': { fields: [{ name: 'X-Forwarded-For', value: '127.0.0.1' }] },
        forwarded: { fields: [{ name: 'Forwarded', value: 'for=127.0.0.1' }] },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc6750#1.3-token-validated-before-serving',
            'rfc9700#4.13-proxy-sanitises-security-headers',
          ],
        },
      ],
      harm: 'Anyone gets in by claiming to be somebody or to come from inside.',
      fix: 'Have the proxy remove these fields from what comes from outside, and believe them from the address of the proxy only.',
    },
  ],
}
