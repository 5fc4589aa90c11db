import type { Suite } from '../../lib/model/case.ts'

/** Requests that are wrong byte by byte, where two parts of a chain could read two requests. */
export const requestFraming: Suite = {
  id: 'request-framing',
  title: 'Requests: bytes that two parts of a chain could read differently',
  about:
    'A gateway that checks credentials and a server that serves have to read the same request. RFC 9112 says how to deal with bytes on which they could disagree.',
  cases: [
    {
      id: 'space-before-colon',
      title: 'Refuses a field name with a space before its colon',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'any', but: { beforeColon: ' ' } } },
      expect: [
        { must: { access: 'denied' }, because: ['rfc9112#5.1-reject-space-before-colon'] },
        {
          must: { status: 400 },
          severity: 'low',
          because: ['rfc9112#5.1-reject-space-before-colon'],
        },
      ],
      harm: 'A gateway that does not know the name lets the field pass unseen, and the server reads it.',
      fix: 'Answer 400 where whitespace stands before the colon; dropping the line only is not enough.',
    },
    {
      id: 'whitespace-before-first-field',
      title: 'Takes no credentials from a first line that begins with a space',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'any' }, but: { beforeFields: ' ' } },
      expect: [
        { must: { access: 'denied' }, because: ['rfc9112#2.2-whitespace-before-first-field'] },
      ],
      harm: 'A gateway ignores the line and the server reads it, or the other way round.',
      fix: 'Answer 400, or skip all lines that begin with whitespace before the first field.',
    },
    {
      id: 'fold-not-joined',
      title: 'Joins no word that a folded line has parted',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'any', but: { scheme: { parted: '\r\n ' } } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc9112#5.2-obs-fold'] }],
      harm: 'Filters that look at one line at a time miss a word that the server puts together.',
      fix: 'Answer 400 to folded lines, or put a space where the fold was.',
    },
    {
      id: 'fold-survived',
      title: 'Answers a folded field in good order',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'any' } },
      examples: {
        'after-scheme': { separator: '\r\n ' },
        'before-value': { afterColon: '\r\n ' },
      },
      expect: [{ must: { status: { noneOf: ['5xx'] } }, because: ['rfc9112#5.2-obs-fold'] }],
      harm: 'An old way of writing a line ends in an error of the server.',
      fix: 'Answer 400 to folded lines, or put a space where the fold was.',
    },
    {
      id: 'line-without-colon',
      title: 'Answers a header line without a colon with 400',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { headLine: 'this is no field line' } },
      expect: [
        {
          should: { status: 400, connection: 'closes' },
          because: ['rfc9112#2.2-non-http-gets-400-and-close'],
        },
      ],
      harm: 'Parts of a chain that guess at broken lines guess differently.',
      fix: 'Answer 400 and close the connection where a line does not parse.',
    },
    {
      id: 'request-line-unreadable',
      title: 'Answers with 400 what is no request line',
      severity: 'low',
      send: { to: 'protected', with: 'nothing' },
      examples: {
        words: { requestLine: 'this is no request line' },
        'method-alone': { requestLine: 'GET' },
      },
      expect: [
        {
          should: { status: 400, connection: 'closes' },
          because: ['rfc9112#2.2-non-http-gets-400-and-close'],
        },
      ],
      harm: 'Parts of a chain that guess at broken lines guess differently.',
      fix: 'Answer 400 and close the connection where the first line does not parse.',
    },
    {
      id: 'host-exactly-one',
      title: 'Answers 400 unless exactly one valid Host line is there',
      severity: 'low',
      send: { to: 'protected', with: 'nothing' },
      examples: {
        absent: { host: 'absent' },
        twice: { host: 'twice' },
        invalid: { host: 'invalid' },
      },
      // A MUST that half of the field breaks without letting anybody in: reported as a warning.
      expect: [{ should: { status: 400 }, because: ['rfc9112#3.2-host-exactly-one-valid'] }],
      harm: 'Parts of a chain choose different hosts, and the rules of one protect what the other serves.',
      fix: 'Check Host before routing. Node and several Python servers let a second or an invalid Host pass: check it in the application or in a proxy.',
    },
    {
      id: 'request-line-not-repaired',
      title: 'Repairs no request target with a space in it',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'any' },
        but: { target: { append: ' conformance' } },
      },
      expect: [
        {
          should: { status: { noneOf: ['2xx'] } },
          because: ['rfc9112#3.2-no-autocorrect-request-line'],
        },
        {
          may: { status: { anyOf: [400, 301] } },
          because: ['rfc9112#3.2-invalid-request-line-400-or-301'],
        },
      ],
      harm: 'A filter sees another path than the server.',
      fix: 'Answer 400 to a request line that is not method, target and version.',
    },
    {
      id: 'absolute-form-accepted',
      title: 'Accepts a request target in absolute form',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'any' }, but: { target: 'absolute-form' } },
      // A MUST that many origin servers break without letting anybody in: reported as a warning.
      expect: [{ should: { access: 'granted' }, because: ['rfc9112#3.2.2-accept-absolute-form'] }],
      harm: 'Clients that take the server for a proxy get the wrong answer.',
      fix: 'Cut scheme and authority from the target before routing, and use that authority instead of Host.',
    },
    {
      id: 'https-target-in-cleartext',
      title: 'Refuses an https URL over a connection that is not encrypted',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'any' }, but: { target: 'absolute-form-https' } },
      expect: [
        {
          // A MUST with an exception for trusted gateways, and we may look like one.
          when: { over: 'cleartext' },
          may: { access: 'denied' },
          because: ['rfc9110#7.4-https-target-over-plaintext'],
        },
      ],
      harm: 'Rules that hold for https URLs only are kept by name and not in fact.',
      fix: 'Answer 421 to a target with the scheme https, unless the connection comes from the gateway that ends TLS.',
    },
    {
      id: 'head-awaited',
      title: 'Waits for the whole head before it decides',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'any' }, but: { pause: 'before-credentials' } },
      expect: [
        {
          must: { access: 'granted' },
          because: ['rfc9110#5.3-whole-header-section-before-applying'],
        },
      ],
      harm: 'Clients whose head comes in two pieces are refused now and then, and fields that come late count for nothing.',
      fix: 'Read up to the empty line before anything is decided, however many packets that takes.',
    },
    {
      id: 'expectation-answered-at-once',
      title: 'Answers at once a client that waits with its content',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { framing: 'awaits-continue' } },
      expect: [
        {
          must: { answerFreeOf: ['continue-withheld'] },
          because: ['rfc9110#10.1.1-expect-100-immediate-answer'],
        },
      ],
      harm: 'Clients that want to know whether they may before they send much wait for nothing.',
      fix: 'Answer 401 before the content is read, or send 100 Continue; never wait for content that was announced with Expect.',
    },
    {
      id: 'early-answer-announces-close',
      title: 'Says so if it closes after an answer that did not wait for the content',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { framing: 'awaits-continue' } },
      expect: [
        {
          should: { connection: 'announced' },
          because: ['rfc9110#10.1.1-early-final-close-indication'],
        },
      ],
      harm: 'The client sends content or its next request into a connection that is gone.',
      fix: 'Send Connection: close with an answer after which the connection is closed.',
    },
    {
      id: 'content-read-or-closed',
      title: 'Takes content it did not read for no further request',
      severity: 'high',
      risk: ['intrusive'],
      send: { to: 'protected', with: 'nothing', but: { framing: 'unread-body' } },
      // A second answer is one to the content.
      expect: [
        {
          must: { answerFreeOf: ['bytes-after-answer'] },
          because: ['rfc9112#9.3-read-body-or-close'],
        },
      ],
      harm: 'Whoever controls content sends requests of their own, past every filter in front.',
      fix: 'Read the content to its end before the next request, or close the connection after the answer.',
    },
    {
      id: 'te-and-cl-closed',
      title: 'Closes the connection after Transfer-Encoding together with Content-Length',
      severity: 'medium',
      risk: ['intrusive'],
      send: { to: 'protected', with: 'nothing', but: { framing: 'te-and-cl' } },
      expect: [{ must: { connection: 'closes' }, because: ['rfc9112#6.1-te-and-cl-close'] }],
      harm: 'A proxy in front that goes by the length takes what is left for the next request, and one user finishes the request of another.',
      fix: 'Answer 400 and close; never go on reading from such a connection.',
    },
    {
      id: 'content-length-invalid',
      title: 'Answers an invalid Content-Length with 400 and closes',
      severity: 'high',
      risk: ['intrusive'],
      send: { to: 'protected', with: 'nothing' },
      examples: {
        'no-number': { framing: 'bad-content-length' },
        'two-numbers': { framing: 'two-content-lengths' },
      },
      expect: [
        { must: { connection: 'closes' }, because: ['rfc9112#6.3-unparsable-content-length'] },
        {
          must: { status: 400 },
          severity: 'low',
          because: ['rfc9112#6.3-unparsable-content-length'],
        },
      ],
      harm: 'Two parts of a chain disagree about where a request ends, and one user finishes the request of another.',
      fix: 'Accept digits only and refuse two lengths that differ; close the connection after the 400.',
    },
    {
      id: 'chunked-not-final-refused',
      title: 'Refuses a Transfer-Encoding that does not end in chunked',
      severity: 'high',
      risk: ['intrusive'],
      send: { to: 'protected', with: 'nothing', but: { framing: 'chunked-not-final' } },
      expect: [
        { must: { connection: 'closes' }, because: ['rfc9112#6.3-chunked-not-final'] },
        {
          must: { status: { anyOf: [400, 501] } },
          severity: 'low',
          because: ['rfc9112#6.3-chunked-not-final'],
        },
      ],
      harm: 'Two parts of a chain disagree about where a request ends, and one user finishes the request of another.',
      fix: 'Answer 400 and close the connection.',
    },
  ],
}
