import type { Suite } from '../../lib/model/case.ts'

const lenient =
  'Most runtimes decode leniently by default, and nobody gets in who does not know the password.'

/** Basic: how strictly the Base64 text is read. */
export const basicBase64: Suite = {
  id: 'basic-base64',
  title: 'Basic: how strictly Base64 is read',
  about:
    'RFC 7617 takes Base64 from RFC 4648 §4 without any exception. A decoder that takes more than one spelling of the same credentials lets nobody in who does not know them, and makes two parts of a chain disagree about who is calling.',
  cases: [
    {
      id: 'basic-plus-slash',
      title: 'Accepts "+" and "/" in Base64',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'basic', account: 'plus-slash' } },
      expect: [{ must: { access: 'granted' }, because: ['rfc7617#2-base64-standard-alphabet'] }],
      harm: 'Some users cannot log in, depending on the letters of their password.',
      fix: 'Decode with the standard alphabet of RFC 4648 §4, not with the one made for URLs.',
    },
    {
      id: 'basic-url-safe-alphabet',
      title: 'Refuses credentials written in the URL-safe alphabet',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'basic', account: 'plus-slash', but: { base64: 'url-safe' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          softened: lenient,
          because: ['rfc4648#3.3-reject-url-safe-alphabet'],
        },
      ],
      harm: 'Two servers can disagree about who is calling.',
      fix: 'Check the text against the alphabet before decoding it; Buffer.from(text, "base64") reads both alphabets.',
    },
    {
      id: 'basic-foreign-characters',
      title: 'Refuses characters outside the Base64 alphabet',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'basic' },
      },
      examples: {
        exclamation: { base64: { insert: '!', at: 'middle' } },
        dot: { base64: { insert: '.', at: 'middle' } },
        'tilde-at-end': { base64: { insert: '~', at: 'end' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          softened: lenient,
          because: ['rfc4648#3.3-reject-non-alphabet'],
        },
      ],
      harm: 'One credential has endless spellings, so filters and limits that compare the field are passed.',
      fix: 'Match the text against ^[A-Za-z0-9+/]*={0,2}$ before decoding, or use a decoder with a strict mode (validate=True in Python, true as second argument of base64_decode in PHP).',
    },
    {
      id: 'basic-embedded-whitespace',
      title: 'Refuses whitespace inside Base64',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'basic' },
      },
      examples: {
        space: { base64: { insert: ' ', at: 'middle' } },
        tab: { base64: { insert: '\t', at: 'middle' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          softened: lenient,
          because: ['rfc4648#3.3-reject-embedded-whitespace'],
        },
      ],
      harm: 'A part of the chain that cuts at blanks sees other credentials than the one that decodes.',
      fix: 'Take exactly one word after the scheme and check it against the alphabet before decoding.',
    },
    {
      id: 'basic-not-encoded',
      title: 'Refuses credentials that are not encoded',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { base64: 'not-encoded' } } },
      expect: [
        {
          must: { access: 'denied' },
          softened: lenient,
          because: ['rfc4648#3.3-reject-non-alphabet'],
        },
      ],
      harm: 'Passwords travel in a form that masks in logs do not know.',
      fix: 'Refuse where decoding fails instead of going on with the text as it came.',
    },
    {
      id: 'basic-encoded-twice',
      title: 'Refuses credentials that are encoded twice',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { base64: 'twice' } } },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7617#2-service-only-when-validated', 'rfc7617#2-missing-colon-rejected'],
        },
      ],
      harm: 'Filters that decode once see a name that nobody has.',
      fix: 'Decode once and refuse what has no colon then.',
    },
    {
      id: 'basic-base64-letter-case',
      title: 'Tells the letters of Base64 apart by case',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'basic', but: { base64: 'letters-swapped' } } },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7617#2-service-only-when-validated'],
        },
      ],
      harm: 'What decodes to another password is let in, because a cache or a table of known fields compares without case.',
      fix: 'Compare the field, or a key made from it, byte by byte.',
    },
    {
      id: 'basic-padding-inside',
      title: 'Refuses padding that is not at the end of Base64',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic' } },
      examples: {
        'equals-in-middle': { base64: { insert: '=', at: 'middle' } },
        'text-after-padding': { base64: { insert: 'QUJD', at: 'end' } },
        // Brings its own sign: not every account's Base64 ends in one.
        'text-after-sign': { base64: { insert: '=QUJD', at: 'end' } },
        'in-two-pieces': { base64: 'in-two-pieces' },
      },
      expect: [{ should: { access: 'denied' }, because: ['rfc4648#3.3-pad-inside-data'] }],
      harm: 'Some decoders stop at the sign and others read on, so they see different credentials.',
      fix: 'Allow padding at the end only.',
    },
    {
      id: 'basic-padding-absent',
      title: 'Refuses Base64 without its padding',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { base64: 'padding-absent' } } },
      expect: [{ should: { access: 'denied' }, because: ['rfc4648#3.2-padding-required'] }],
      harm: 'One credential has two spellings, and strict parts of the chain refuse what others take.',
      fix: 'Refuse text whose length is not a multiple of four.',
    },
    {
      id: 'basic-padding-excess',
      title: 'Refuses more padding than Base64 needs',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { base64: 'padding-excess' } } },
      expect: [{ may: { access: 'denied' }, because: ['rfc4648#3.3-excess-padding'] }],
      harm: 'Allowed; one credential has several spellings.',
      fix: 'Refuse text whose length is not a multiple of four, if one spelling only is wanted.',
    },
    {
      id: 'basic-trailing-bits',
      title: 'Refuses Base64 with non-zero trailing bits',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { base64: 'trailing-bits' } } },
      expect: [{ may: { access: 'denied' }, because: ['rfc4648#3.5-nonzero-pad-bits'] }],
      harm: 'Allowed; one credential has several spellings.',
      fix: 'Encode what was decoded and compare it with the text, if one spelling only is wanted.',
    },
    {
      id: 'basic-dangling-symbol',
      title: 'Refuses Base64 with a symbol too many',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'basic', account: 'long', but: { base64: 'dangling-symbol' } },
      },
      expect: [{ should: { access: 'denied' }, because: ['rfc4648#4-impossible-length'] }],
      harm: 'One credential has sixty-five spellings.',
      fix: 'Refuse text whose length is not a multiple of four; Buffer.from drops a last symbol that completes no byte.',
    },
    {
      id: 'basic-base64-junk',
      title: 'Survives Base64 that decodes to nothing useful',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { authorization: 'Basic ====' },
      },
      examples: {
        'padding-only': { authorization: 'Basic ====' },
        'one-symbol': { authorization: 'Basic Q' },
        'five-symbols': { authorization: 'Basic QQQQQ' },
        'foreign-only': { authorization: 'Basic !!!!' },
        'nul-octets': { authorization: 'Basic AAAA' },
        'nul-user': { authorization: 'Basic ADoA' },
        'high-octets': { authorization: 'Basic //////8=' },
        'cut-utf8': { authorization: 'Basic dTrDKA==' },
        'colon-only': { authorization: 'Basic Og==' },
        colons: { authorization: 'Basic Ojo6Ojo6' },
        'no-colon': { authorization: 'Basic bm9jb2xvbg==' },
      },
      expect: [{ should: { orderly: true }, because: ['rfc4648#12-no-covert-channel-or-crash'] }],
      harm: 'A single line of text brings a worker down or fills the log with stack traces.',
      fix: 'Catch decoding errors and a missing colon where the field is read, and answer 401.',
    },
  ],
}
