import type { Suite } from '../../lib/model/case.ts'

/** What else stands in answers: fields that statuses call for, and secrets that have no place there. */
export const answers: Suite = {
  id: 'answers',
  title: 'Answers: what goes with a status, and what never goes out',
  about:
    'These cases send nothing. They look at every answer of the run for fields that its status calls for, and for secrets in places where others can read them.',
  cases: [
    {
      id: 'secret-not-echoed',
      title: 'Repeats no secret of the request in its answer',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { outcome: 'denied', sent: 'secret' },
          should: { echo: 'none' },
          because: ['house#secrets-are-not-echoed'],
        },
        // Some pages are there to show a user the key in use.
        {
          when: { outcome: 'granted', sent: 'secret' },
          may: { echo: 'none' },
          severity: 'low',
          because: ['house#secrets-are-not-echoed'],
        },
      ],
      harm: 'Passwords reach caches, logs of answers and the screens of others.',
      fix: 'Leave Authorization and what was decoded from it out of error pages, debug fields and request dumps.',
    },
    {
      id: 'secret-not-in-uri',
      title: 'Puts no secret of the request into a URI of the answer',
      severity: 'high',
      watch: 'every-exchange',
      expect: [
        {
          when: { sent: 'secret', field: 'Location' },
          should: { echo: 'none' },
          because: ['rfc9110#17.9-no-credentials-in-uris'],
        },
      ],
      harm: 'The password ends up in histories, logs and the Referer field of the next site.',
      fix: 'Build Location from the path and known parameters; never copy Authorization, userinfo or a query that carries a token.',
    },
    {
      id: 'userinfo-never-generated',
      title: 'Sends no user information in URIs',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'Location' },
          must: { field: { name: 'Location', syntax: 'uri-without-userinfo' } },
          because: ['rfc9110#4.2.4-no-userinfo-generated'],
        },
        {
          when: { field: 'Content-Location' },
          must: { field: { name: 'Content-Location', syntax: 'uri-without-userinfo' } },
          because: ['rfc9110#4.2.4-no-userinfo-generated'],
        },
      ],
      harm: 'Names and passwords in URIs are logged, shown and sent on.',
      fix: 'Strip everything up to the "@" of the authority before a URI of the request is used in a field.',
    },
    {
      id: 'refusal-explained',
      title: 'Explains a refusal in its content',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: { anyOf: [401, 403] }, method: 'GET' },
          should: { body: 'some' },
          because: ['rfc9110#15.5-4xx-explains'],
        },
      ],
      harm: 'People who cancel the log-in see an empty page, and developers have nothing to go by.',
      fix: 'Send a sentence or a JSON object that says that credentials are missing or wrong, without saying which.',
    },
    {
      id: 'proxy-authenticate-with-407',
      title: 'Sends Proxy-Authenticate with every 407',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: 407 },
          must: { field: { name: 'Proxy-Authenticate', present: true } },
          because: ['rfc9110#15.5.8-407-has-proxy-authenticate'],
        },
      ],
      harm: 'A client behind the proxy does not learn how to log in to it.',
      fix: 'Have the proxy send its challenge; an origin answers 401 instead of 407.',
    },
    {
      id: 'upgrade-with-426',
      title: 'Names the protocol it wants with every 426',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: 426 },
          must: { field: { name: 'Upgrade', present: true } },
          because: ['rfc9110#15.5.22-426-has-upgrade'],
        },
      ],
      harm: 'The client is told to change the protocol and not to which one.',
      fix: 'Send Upgrade with the protocol, such as TLS/1.2, and Connection: upgrade with it.',
    },
    {
      id: 'upgrade-in-connection',
      title: 'Names Upgrade in Connection wherever it sends Upgrade',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'Upgrade' },
          must: { field: { name: 'Connection', lists: ['upgrade'] } },
          because: ['rfc9110#7.8-upgrade-connection-option'],
        },
      ],
      harm: 'Proxies pass the offer on to clients it was not meant for.',
      fix: 'Send Connection: upgrade together with Upgrade.',
    },
    {
      id: 'retry-after-readable',
      title: 'Writes Retry-After as a date or a number of seconds',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'Retry-After' },
          must: { field: { name: 'Retry-After', syntax: 'retry-after' } },
          because: ['rfc9110#10.2.3-retry-after-grammar'],
        },
      ],
      harm: 'Clients do not know how long to wait and come back at once.',
      fix: 'Send a whole number of seconds without a unit or fraction, or a date such as Sun, 06 Nov 1994 08:49:37 GMT.',
    },
    {
      id: 'throttling-explained',
      title: 'Explains a 429 in its content',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: 429 },
          should: { body: 'some' },
          because: ['rfc6585#4-429-explains'],
        },
      ],
      harm: 'Nobody can tell a rate limit from a locked account.',
      fix: 'Say in the content what was limited and for how long.',
    },
    {
      id: 'throttling-says-how-long',
      title: 'Says with a 429 when to come back',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: 429 },
          may: { field: { name: 'Retry-After', present: true } },
          because: ['rfc6585#4-429-retry-after'],
        },
      ],
      harm: 'Clients guess, and mostly too short.',
      fix: 'Send Retry-After with the number of seconds that are left.',
    },
    {
      id: 'throttling-not-cached',
      title: 'Keeps every 429 out of caches',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: 429 },
          must: { field: { name: 'Age', present: false } },
          because: ['rfc6585#4-429-not-cached'],
        },
        {
          when: { status: 429 },
          should: { field: { name: 'Cache-Control', freeOf: ['public', 's-maxage'] } },
          because: ['rfc6585#4-429-not-cached'],
        },
      ],
      harm: "One client's rate limit is served to everybody.",
      fix: 'Take 429 out of the statuses that the cache in front stores.',
    },
    {
      id: 'oversize-explained',
      title: 'Says in a 431 what was too large',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: 431 },
          should: { body: 'some' },
          because: ['rfc6585#5-431-names-field', 'rfc9110#15.5-4xx-explains'],
        },
        // It may be all fields together that were too large, which no name would explain.
        {
          when: { status: 431 },
          may: { body: { mentions: 'longest-field' } },
          because: ['rfc6585#5-431-names-field'],
        },
      ],
      harm: 'Nobody learns which field to shorten.',
      fix: 'Name the field in the content of the 431; do not repeat its value.',
    },
    {
      id: 'oversize-not-cached',
      title: 'Keeps every 431 out of caches',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: 431 },
          must: { field: { name: 'Age', present: false } },
          because: ['rfc6585#5-431-not-cached'],
        },
        {
          when: { status: 431 },
          should: { field: { name: 'Cache-Control', freeOf: ['public', 's-maxage'] } },
          because: ['rfc6585#5-431-not-cached'],
        },
      ],
      harm: "One client's oversized request is answered to everybody.",
      fix: 'Take 431 out of the statuses that the cache in front stores.',
    },
    {
      id: 'never-511',
      title: 'Leaves 511 to networks that ask for a log-in',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { status: { anyOf: ['4xx', '5xx'] } },
          should: { status: { noneOf: [511] } },
          because: ['rfc6585#6-511-not-from-origin'],
        },
      ],
      harm: 'Clients take the answer for a captive network between them and the server.',
      fix: 'Answer 401 with a challenge.',
    },
    {
      id: 'authentication-info-over-tls',
      title: 'Sends no Authentication-Info in cleartext',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { outcome: 'granted', over: 'cleartext' },
          should: { field: { name: 'Authentication-Info', present: false } },
          because: ['rfc9110#17.16.4-authentication-info-over-cleartext'],
        },
      ],
      harm: 'Whoever listens on the way learns something about the log-in that they could not see otherwise.',
      fix: 'Take credentials over TLS only; send the field nowhere else.',
    },
    {
      id: 'authentication-info-readable',
      title: 'Writes Authentication-Info as a list of parameters',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { field: 'Authentication-Info' },
          must: { field: { name: 'Authentication-Info', syntax: 'auth-params' } },
          because: ['rfc9110#11.6.3-authentication-info-grammar'],
        },
      ],
      harm: 'Clients cannot read what the server says about the log-in.',
      fix: 'Write name="value" pairs parted by commas, without a scheme before them.',
    },
  ],
}
