import type { Line, Suite } from '../../lib/model/case.ts'

/** The user-id or the password that the server decodes is not the account's. */
const refused: Line = {
  must: { access: 'denied' },
  because: ['rfc7617#2-service-only-when-validated'],
}

/** Basic: which user-ids and passwords get in. */
export const basic: Suite = {
  id: 'basic',
  title: 'Basic: which user-ids and passwords get in',
  about:
    'A server that takes Basic credentials serves a request only if it can validate exactly the user-id and password that were sent. Each case sends valid credentials with one thing wrong, or credentials of a kind that servers like to get wrong.',
  cases: [
    {
      id: 'basic-wrong-password',
      title: 'Refuses a wrong password',
      severity: 'critical',
      send: { to: 'protected', with: { valid: 'basic', but: { password: 'other' } } },
      expect: [refused],
      harm: 'Anyone who knows a name is let in as that user.',
      fix: 'Compare the password with the one stored for the user, and refuse unless the comparison says that they are equal.',
    },
    {
      id: 'basic-unknown-user',
      title: 'Refuses a user it does not know',
      severity: 'critical',
      send: { to: 'protected', with: { valid: 'basic', but: { user: 'other' } } },
      expect: [refused],
      harm: 'One password opens the door under any name, and the log names people who do not exist.',
      fix: 'Look up the user first and compare the password of that user only; refuse where there is none.',
    },
    {
      id: 'basic-password-of-another',
      title: 'Refuses the password of another account',
      severity: 'critical',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        'plus-slash': { password: { ofAccount: 'plus-slash' } },
        colon: { password: { ofAccount: 'colon' } },
      },
      expect: [refused],
      harm: 'Everybody who has an account is let in as any other user.',
      fix: 'Look up the user first and compare the password of that user only, never one of a list.',
    },
    {
      id: 'basic-parts-swapped',
      title: 'Refuses user-id and password that have changed places',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'basic', but: { userPass: 'swapped' } } },
      // A server that takes a token in either place validates it in both.
      expect: [
        { should: { access: 'denied' }, because: ['rfc7617#2-service-only-when-validated'] },
      ],
      harm: 'Passwords end up where names are logged, shown and counted.',
      fix: 'Take what stands before the first colon for the user-id and nothing else.',
    },
    {
      id: 'basic-empty-password',
      title: 'Refuses an empty password',
      severity: 'critical',
      send: { to: 'protected', with: { valid: 'basic', but: { password: 'empty' } } },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7617#2-service-only-when-validated', 'rfc7617#2-empty-userid-or-password'],
        },
      ],
      harm: 'Anyone who knows a name is let in; an LDAP bind without a password counts as success.',
      fix: 'Compare an empty password like any other, and refuse it before it reaches an LDAP server.',
    },
    {
      id: 'basic-empty-user',
      title: 'Refuses an empty user-id',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        'valid-password': { user: 'empty' },
        'empty-password': { userPass: { is: ':' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7617#2-service-only-when-validated', 'rfc7617#2-empty-userid-or-password'],
        },
      ],
      harm: 'A request without a name is served as somebody, often as the first user of a table.',
      fix: 'Do not let an empty name skip the lookup: in many languages it is a false value.',
    },
    {
      id: 'basic-password-letter-case',
      title: 'Refuses a password in other letter case',
      severity: 'high',
      send: {
        to: 'protected',
        with: { valid: 'basic', but: { password: { letters: 'swapped' } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc7617#2-password-case-and-bytes-exact',
          ],
        },
      ],
      harm: 'Passwords lose about one bit for each letter, and guessing gets that much easier.',
      fix: 'Compare bytes; in a database, use a binary collation for the column or compare hashes.',
    },
    {
      id: 'basic-password-truncated',
      title: 'Compares the whole password',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        'without-last': { password: { dropLast: 1 } },
        'at-8': { password: { keepFirst: 8 } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc7617#2-password-case-and-bytes-exact',
          ],
        },
      ],
      harm: 'A part of the password is enough to log in.',
      fix: 'Compare lengths too; replace the DES crypt of old password files, which reads eight characters.',
    },
    {
      id: 'basic-password-truncated-at-72',
      title: 'Compares what follows the first 72 bytes of a password',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'basic', account: 'long', but: { password: { keepFirst: 72 } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc7617#2-password-case-and-bytes-exact',
          ],
        },
      ],
      harm: 'Whatever stands after byte 72 does not count, so a passphrase with a long known beginning protects nothing.',
      fix: 'bcrypt reads 72 bytes: refuse longer passwords when they are set, hash them with SHA-256 and Base64 first, or use Argon2id or scrypt.',
    },
    {
      id: 'basic-password-extended',
      title: 'Refuses a password with more around it',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        letter: { password: { append: 'x' } },
        'space-after': { password: { append: ' ' } },
        'space-before': { password: { prepend: ' ' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc7617#2-password-case-and-bytes-exact',
          ],
        },
      ],
      harm: 'Many passwords open one account, and two servers can disagree about which.',
      fix: 'Compare without trimming and without a prefix match; beware of SQL comparisons that pad with blanks.',
    },
    {
      id: 'basic-user-extended',
      title: 'Refuses a user-id with blanks around it',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        after: { user: { append: ' ' } },
        before: { user: { prepend: ' ' } },
      },
      expect: [refused],
      harm: 'One person goes by several names, and block lists and limits per user are passed by a blank.',
      fix: 'Look the user up by the exact text; MySQL, for one, compares text columns as if trailing blanks were not there.',
    },
    {
      id: 'basic-user-letter-case',
      title: 'Tells user-ids apart by letter case',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { user: { letters: 'swapped' } } } },
      expect: [{ may: { access: 'denied' }, because: ['rfc7617#2-service-only-when-validated'] }],
      harm: 'No rule is broken; limits, logs and permissions have to fold letter case in the same way.',
      fix: 'If names are compared without case, fold them once, right after decoding, and use only that form from there on.',
    },
    {
      id: 'basic-extra-colon',
      title: 'Counts every colon after the first to the password',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        after: { password: { append: ':x' } },
        before: { password: { prepend: 'x:' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7617#2-split-at-first-colon', 'rfc7617#2-service-only-when-validated'],
        },
      ],
      harm: 'A part of the text is thrown away before it is compared, so many passwords open one account.',
      fix: 'Cut at the first colon only: const [user, password] = text.split(":") drops the rest, and so does taking the last part.',
    },
    {
      id: 'basic-no-colon',
      title: 'Refuses credentials without a colon',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        joined: { userPass: 'no-colon' },
        'name-alone': { userPass: { cutAtLast: ':' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7617#2-service-only-when-validated', 'rfc7617#2-missing-colon-rejected'],
        },
      ],
      harm: 'Whoever knows a name is let in without a password, or ends up in an error of the server.',
      fix: 'Refuse decoded text without a colon before anything is compared.',
    },
    {
      id: 'basic-control-characters',
      title: 'Refuses control characters after a user-id or password',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        nul: { password: { append: { $bytes: '00' } } },
        'nul-and-more': { password: { append: { $bytes: '006a756e6b' } } },
        'line-feed': { password: { append: '\n' } },
        delete: { password: { append: { $bytes: '7f' } } },
        'user-nul': { user: { append: { $bytes: '00' } } },
      },
      expect: [{ should: { access: 'denied' }, because: ['rfc7617#2-no-control-characters'] }],
      harm: 'Text after a NUL is lost on its way through C code, so what was checked is not what was sent.',
      fix: 'Refuse credentials with an octet below 20 or equal to 7F right after decoding; C libraries such as crypt end at the first NUL.',
    },
    {
      id: 'basic-invalid-utf8',
      title: 'Refuses octets that are not UTF-8',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        'stray-octet': { password: { append: { $bytes: 'ff' } } },
        'cut-sequence': { password: { append: { $bytes: 'c3' } } },
        'overlong-nul': { password: { append: { $bytes: 'c080' } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7617#2-service-only-when-validated', 'rfc7617#4-invalid-utf8-handled'],
        },
        { should: { orderly: true }, because: ['rfc7617#4-invalid-utf8-handled'] },
      ],
      harm: 'A decoder that drops what it cannot read lets other passwords pass, and one that throws answers 500.',
      fix: 'Decode strictly and answer a decoding error with 401; leave out "ignore" and "replace" modes.',
    },
    {
      id: 'basic-colon-in-password',
      title: 'Accepts colons in a password',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'basic', account: 'colon' } },
      expect: [{ must: { access: 'granted' }, because: ['rfc7617#2-split-at-first-colon'] }],
      harm: 'Users with a colon in their password cannot log in.',
      fix: 'Split at the first colon only: everything after it belongs to the password.',
    },
    {
      id: 'basic-long-password',
      title: 'Accepts a long password of printable US-ASCII characters',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'basic', account: 'long' } },
      expect: [
        { must: { access: 'granted' }, because: ['rfc7617#2-encoding-us-ascii-compatible'] },
      ],
      harm: 'Users of password managers cannot log in.',
      fix: 'Take the decoded octets as they are: no percent-decoding, no unescaping, no limit below what the stored password may have.',
    },
    {
      id: 'basic-utf8',
      title: 'Accepts user-ids and passwords in UTF-8',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'basic', account: 'utf8' } },
      expect: [
        {
          when: { announced: 'utf-8' },
          must: { access: 'granted' },
          because: ['rfc7617#2.1-utf8-userid-supported', 'rfc7617#2.1-utf8-password-supported'],
        },
        {
          may: { access: 'granted' },
          because: ['rfc7617#2.1-utf8-userid-supported', 'rfc7617#2.1-utf8-password-supported'],
        },
      ],
      harm: 'Users with letters beyond US-ASCII in their name or password cannot log in.',
      fix: 'Decode the octets as UTF-8, compare in Normalization Form C, and say charset="UTF-8" in the challenge.',
    },
    {
      id: 'basic-nfd',
      title: 'Refuses passwords in decomposed form',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'basic', account: 'utf8', but: { charset: 'nfd' } },
      },
      expect: [{ may: { access: 'denied' }, because: ['rfc7617#2.1-nfc-expected'] }],
      harm: 'No rule is broken: a server may bring what it receives into Normalization Form C itself.',
      fix: 'Nothing has to be changed; make sure that every part of the chain normalizes alike.',
    },
    {
      id: 'basic-scheme-case',
      title: 'Accepts the scheme in any letter case',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        lower: { scheme: { letters: 'lower' } },
        upper: { scheme: { letters: 'upper' } },
        swapped: { scheme: { letters: 'swapped' } },
      },
      expect: [{ must: { access: 'granted' }, because: ['rfc9110#11.1-scheme-case-insensitive'] }],
      harm: 'Clients that write basic or BASIC cannot log in.',
      fix: 'Compare the word before the blank without regard to case.',
    },
    {
      id: 'basic-other-scheme',
      title: 'Refuses Basic credentials under another scheme',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        another: { scheme: { word: 'Bearer' } },
        longer: { scheme: { word: 'Basics' } },
        none: { scheme: 'absent' },
      },
      expect: [
        {
          should: { access: 'denied' },
          because: ['rfc9110#11.4-401-when-credentials-invalid'],
        },
      ],
      harm: 'Filters and logs that go by the scheme do not see these log-ins.',
      fix: 'Compare the whole scheme word before decoding what follows it; cutting off six characters is not enough.',
    },
    {
      id: 'basic-injection',
      title: 'Takes user-ids and passwords for nothing but text',
      severity: 'critical',
      risk: ['intrusive'],
      send: {
        to: 'protected',
        with: { valid: 'basic' },
      },
      examples: {
        'sql-user': { user: { is: "' OR '1'='1" } },
        'sql-password': { password: { is: "' OR '1'='1" } },
        'ldap-user': { user: { is: '*)(|(uid=*' } },
        'wildcard-password': { password: { is: '*' } },
        'shell-user': { user: { is: '$(id);`id`' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc9110#17.4-credentials-not-interpreted',
          ],
        },
        {
          should: { orderly: true },
          severity: 'medium',
          because: ['rfc9110#17.4-credentials-not-interpreted'],
        },
      ],
      harm: 'A log-in becomes a query or a command, and everything behind it is open.',
      fix: 'Bind values as parameters, escape LDAP filters, and never build a command from what was sent.',
    },
  ],
}
