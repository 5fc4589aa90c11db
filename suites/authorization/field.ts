import type { Line, Suite } from '../../lib/model/case.ts'

const malformed: Line = {
  should: { access: 'denied' },
  because: ['rfc9110#11.2-token68-credentials-grammar', 'rfc7617#2-token68-credentials'],
}

/** The Authorization field: which spellings of it count, and where credentials do not count. */
export const authorizationField: Suite = {
  id: 'authorization-field',
  title: 'Authorization: how the field is written, and where it counts',
  about:
    'HTTP leaves some freedom in writing a field and no more. Each case takes valid credentials and writes them otherwise, or puts them where no server looks for them.',
  cases: [
    {
      id: 'authorization-name-case',
      title: 'Accepts the field name in any letter case',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'any' } },
      examples: {
        lower: { fieldName: { letters: 'lower' } },
        upper: { fieldName: { letters: 'upper' } },
        swapped: { fieldName: { letters: 'swapped' } },
      },
      expect: [
        { must: { access: 'granted' }, because: ['rfc9110#5.1-field-name-case-insensitive'] },
      ],
      harm: 'Clients behind a proxy that writes field names in lower case cannot log in.',
      fix: 'Compare field names without regard to case, or use the lookup of the HTTP library.',
    },
    {
      id: 'authorization-outer-spaces',
      title: 'Ignores spaces around the field value',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'any' } },
      examples: {
        'none-before': { afterColon: '' },
        'two-before': { afterColon: '  ' },
        after: { after: ' ' },
      },
      expect: [
        { must: { access: 'granted' }, because: ['rfc9110#5.5-trim-surrounding-whitespace'] },
      ],
      harm: 'Clients that write the line a little differently cannot log in.',
      fix: 'Strip whitespace from both ends of the value before it is read.',
    },
    {
      id: 'authorization-outer-tabs',
      title: 'Ignores tabs around the field value',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'any' } },
      examples: { before: { afterColon: '\t' }, after: { after: '\t' } },
      expect: [
        { should: { access: 'granted' }, because: ['rfc9110#5.5-trim-surrounding-whitespace'] },
      ],
      harm: 'A client that parts name and value by a tab cannot log in.',
      fix: 'Count tabs to the whitespace that is stripped from both ends of a value.',
    },
    {
      id: 'authorization-two-blanks',
      title: 'Accepts more than one space after the scheme',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { separator: '  ' } } },
      expect: [
        { should: { access: 'granted' }, because: ['rfc9110#11.2-token68-credentials-grammar'] },
      ],
      harm: 'Clients that write another space, which the grammar of RFC 9110 §11.4 allows, cannot log in.',
      fix: 'Skip all spaces between the scheme and the word after it.',
    },
    {
      id: 'authorization-tab-after-scheme',
      title: 'Refuses a tab between scheme and credentials',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { separator: '\t' } } },
      expect: [
        { may: { access: 'denied' }, because: ['rfc9110#11.2-token68-credentials-grammar'] },
      ],
      harm: 'None by itself; parts of a chain that look for a space find another scheme.',
      fix: 'Split the value at spaces only, if one spelling is wanted.',
    },
    {
      id: 'authorization-scheme-apart',
      title: 'Refuses credentials that follow the scheme without a space',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { separator: '' } } },
      expect: [malformed],
      harm: 'Parts of a chain that read the scheme as a word see another scheme than the one that cuts off five letters.',
      fix: 'Split the value at its first space and compare the whole word before it.',
    },
    {
      id: 'authorization-scheme-twice',
      title: 'Refuses a scheme that is written twice',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { before: 'Basic ' } } },
      expect: [malformed],
      harm: 'A server that takes the last word of the value reads what others do not see.',
      fix: 'Expect exactly one scheme and one word after it, and refuse everything else.',
    },
    {
      id: 'authorization-quoted',
      title: 'Refuses credentials in double quotes',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: { credentials: { quoted: 'credentials' }, value: { quoted: 'value' } },
      expect: [malformed],
      harm: 'One credential has several spellings, so filters that compare the field are passed.',
      fix: 'Do not strip quotes: Basic and Bearer credentials have none.',
    },
    {
      id: 'authorization-trailing-text',
      title: 'Refuses text after the credentials',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        word: { after: ' junk' },
        parameter: { after: ', realm="x"' },
        comma: { after: ',' },
        semicolon: { after: ';x' },
        nul: { after: { $bytes: '006a756e6b' } },
      },
      expect: [malformed],
      harm: 'Filters and logs see a value that the server does not use.',
      fix: 'Match the whole value, from the scheme to the end, instead of taking the second word.',
    },
    {
      id: 'authorization-nul-or-cr',
      title: 'Drops no NUL or CR from a field value',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'any' } },
      examples: {
        nul: { scheme: { parted: '\u0000' } },
        cr: { scheme: { parted: '\r' } },
      },
      expect: [
        { must: { access: 'denied' }, because: ['rfc9110#5.5-reject-or-replace-cr-lf-nul'] },
      ],
      harm: 'Two parts of a chain read two different values from one line, which is what smuggling needs.',
      fix: 'Answer 400 to a field value with NUL or CR, or put a space in its place; never delete it.',
    },
    {
      id: 'authorization-other-controls',
      title: 'Drops no control character from a field value',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'any' } },
      examples: {
        soh: { scheme: { parted: '\u0001' } },
        'vertical-tab': { scheme: { parted: '\u000b' } },
        delete: { scheme: { parted: '\u007f' } },
      },
      expect: [{ should: { access: 'denied' }, because: ['rfc9110#5.5-other-ctl-invalid'] }],
      harm: 'Filters that look for the word do not find it, and the server does.',
      fix: 'Answer 400 to control characters in a field value.',
    },
    {
      id: 'proxy-authorization-not-for-origin',
      title: 'Grants nothing on Proxy-Authorization',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'any', but: { carriedIn: { field: 'Proxy-Authorization' } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc9110#11.7.2-proxy-authorization-not-for-origin'],
        },
      ],
      harm: 'Credentials meant for a proxy are taken for those of a user, and reach logs that mask Authorization only.',
      fix: 'Read Authorization and no other field; have the proxy remove its own before it forwards a request.',
    },
    {
      id: 'authorization-elsewhere',
      title: 'Grants nothing on credentials in other fields or in content',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'any' } },
      examples: {
        'x-authorization': { carriedIn: { field: 'X-Authorization' } },
        cookie: { carriedIn: { cookie: 'authorization' } },
        form: { carriedIn: { form: 'authorization' } },
      },
      expect: [
        { should: { access: 'denied' }, because: ['rfc9110#11.4-401-when-credentials-missing'] },
      ],
      harm: 'Caches and logs know that Authorization is secret and do not know it of other fields; a cookie is sent by any page that links here.',
      fix: 'Read Authorization and no other field, unless the API documents another one.',
    },
    {
      id: 'authorization-in-query',
      title: 'Grants nothing on credentials in the query',
      severity: 'medium',
      // A password in a request target may end up in the target's access log.
      risk: ['intrusive'],
      send: {
        to: 'protected',
        with: { valid: 'basic', but: { carriedIn: { query: 'authorization' } } },
      },
      expect: [
        {
          should: { access: 'denied' },
          because: [
            'rfc9110#17.9-no-credentials-in-uris',
            'rfc9110#11.4-401-when-credentials-missing',
          ],
        },
      ],
      harm: 'Passwords are accepted from a place that is logged, shown and sent on.',
      fix: 'Take credentials from Authorization only.',
    },
    {
      id: 'authorization-in-trailer',
      title: 'Grants nothing on Authorization in the trailer section',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'any', but: { carriedIn: 'trailer' } } },
      expect: [
        { must: { access: 'denied' }, because: ['rfc9110#6.5.1-no-credentials-from-trailer'] },
      ],
      harm: 'Filters in front decide before the trailer has come and let pass what they would have stopped.',
      fix: 'Keep trailer fields apart from header fields; never merge Authorization.',
    },
    {
      id: 'userinfo-not-taken',
      title: 'Grants nothing on a user and password in the request target',
      severity: 'medium',
      // A password in a request target may end up in the target's access log.
      risk: ['intrusive'],
      send: { to: 'protected', with: { valid: 'basic', but: { carriedIn: 'userinfo' } } },
      expect: [
        {
          should: { access: 'denied' },
          because: ['rfc9110#4.2.4-userinfo-in-target', 'rfc9110#17.9-no-credentials-in-uris'],
        },
      ],
      harm: 'Passwords are accepted from a place that is logged, shown and sent on.',
      fix: 'Take credentials from Authorization only; answer 400 to a target with userinfo.',
    },
    {
      id: 'userinfo-refused',
      title: 'Refuses a request target with user information',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'any' },
        but: { target: 'absolute-form-userinfo' },
      },
      expect: [{ should: { access: 'denied' }, because: ['rfc9110#4.2.4-userinfo-in-target'] }],
      harm: 'Parts of a chain can disagree about which host a URI names.',
      fix: 'Answer 400 to an absolute request target whose authority has an "@".',
    },
    {
      id: 'authorization-oversized',
      title: 'Answers oversized credentials with a client error',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        '8-kib': { password: { append: { $repeat: 'a', times: 6144 } } },
        '64-kib': { password: { append: { $repeat: 'a', times: 49152 } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7617#2-service-only-when-validated'],
        },
        {
          must: { status: { noneOf: ['5xx'] } },
          because: ['rfc9110#5.4-oversized-field-4xx'],
        },
      ],
      harm: 'A long line brings a worker down, or is cut and read as other credentials.',
      fix: 'Limit the size of fields in the server and answer 431 beyond it; a proxy in front needs a limit no larger than that of the server behind.',
    },
    {
      id: 'field-oversized',
      title: 'Answers an oversized field with a client error',
      severity: 'low',
      send: { to: 'protected', with: 'nothing' },
      examples: { '16-kib': { bulk: { bytes: 16384 } }, '64-kib': { bulk: { bytes: 65536 } } },
      expect: [
        {
          must: { status: { noneOf: ['5xx'] } },
          because: ['rfc9110#5.4-oversized-field-4xx'],
        },
      ],
      harm: 'A long line brings a worker down or hides the fields after it.',
      fix: 'Limit the size of fields in the server and answer 431 beyond it.',
    },
  ],
}
