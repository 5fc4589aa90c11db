/** The tables of credential faults and request faults. */
import type {
  Base64Change,
  BasicFault,
  BearerFault,
  Bytes,
  ExampleFault,
  FieldFault,
  JsonChange,
  JwtFault,
  KeyChoice,
  Letters,
  MemberValue,
  RequestFault,
  SegmentChange,
  SignatureChange,
  TextChange,
  TokenFault,
} from '../model/case.ts'
import type { Json } from '../model/json.ts'
import {
  anyText,
  array,
  boolean,
  finite,
  literal,
  type MembersOf,
  named,
  object,
  optional,
  pattern,
  record,
  type Shape,
  some,
  text,
  union,
  whole,
} from './shape.ts'
import { keyName, tlsVersion } from './word-shapes.ts'

// A megabyte is what cases need; the bound keeps a supplied suite from exhausting the memory.
const MOST_TIMES = 16 * 1024 * 1024
const notEmpty = { some: true } as const

const hex = object<{ readonly $bytes: string }>({
  $bytes: pattern<string>('bytes in hex', /^(?:[0-9A-Fa-f]{2})+$/, '00ff'),
})
const repeated = object<{ readonly $repeat: string; readonly times: number }>({
  $repeat: text(),
  times: whole(1, MOST_TIMES),
})

export const bytes: Shape<Bytes> = named('bytes', () => union(anyText(), hex, repeated))

const memberName = pattern<string>('a name that does not begin with "$"', /^(?!\$)/, 'kid')

/** JSON without `$` members at any depth, where one would be sent as it stands. */
const plainJson: Shape<Json> = named('plainJson', () =>
  union(
    literal(null),
    boolean(),
    finite(),
    anyText(),
    array(plainJson),
    record<{ readonly [key: string]: Json }>(memberName, plainJson),
  ),
)

const memberValue: Shape<MemberValue> = named('memberValue', () =>
  union(
    object<{ readonly $absent: true }>({ $absent: literal(true) }),
    object<Extract<MemberValue, { readonly $now: number }>>({
      $now: finite(),
      as: optional(literal('string', 'array', 'milliseconds')),
    }),
    object<Extract<MemberValue, { readonly $valid: string }>>({
      $valid: text(),
      change: optional(textChange),
    }),
    object<Extract<MemberValue, { readonly $foreign: string }>>({
      $foreign: literal('jwk', 'oct', 'certificates'),
    }),
    object<{ readonly $callback: string }>({ $callback: text() }),
    object<{ readonly $list: readonly MemberValue[] }>({ $list: array(memberValue) }),
    hex,
    repeated,
    plainJson,
  ),
)

const members: Shape<{ readonly [member: string]: MemberValue }> = named('members', () =>
  record<{ readonly [member: string]: MemberValue }>(memberName, memberValue, { some: true }),
)

const letters: Shape<Letters> = literal('lower', 'upper', 'swapped')
const lettersObject = object<{ readonly letters: Letters }>({ letters })

export const textChange: Shape<TextChange> = named('textChange', () =>
  union(
    literal('other', 'empty'),
    lettersObject,
    object<{ readonly append: Bytes }>({ append: bytes }),
    object<{ readonly prepend: Bytes }>({ prepend: bytes }),
    object<{ readonly keepFirst: number }>({ keepFirst: whole(1) }),
    object<{ readonly onlyFirst: number }>({ onlyFirst: whole(1) }),
    object<{ readonly dropLast: number }>({ dropLast: whole(1) }),
    object<{ readonly cutAtLast: string }>({ cutAtLast: text() }),
    object<{ readonly is: Bytes }>({ is: bytes }),
  ),
)

const base64Change: Shape<Base64Change> = named('base64Change', () =>
  union(
    literal(
      'padding-absent',
      'padding-excess',
      'url-safe',
      'trailing-bits',
      'dangling-symbol',
      'twice',
      'not-encoded',
    ),
    object<Extract<Base64Change, { readonly insert: Bytes }>>({
      insert: bytes,
      at: literal('start', 'middle', 'end'),
    }),
  ),
)

const fieldFault: MembersOf<FieldFault> = {
  scheme: optional(
    union(lettersObject, object<{ readonly word: string }>({ word: text() }), literal('absent')),
  ),
  separator: optional(bytes),
  before: optional(bytes),
  after: optional(bytes),
  quoted: optional(literal('credentials', 'value')),
  fieldName: optional(union(lettersObject, object<{ readonly is: string }>({ is: text() }))),
  beforeColon: optional(bytes),
  afterColon: optional(bytes),
  beside: optional(
    object<NonNullable<FieldFault['beside']>>({
      what: union(literal('stranger', 'same'), object<{ readonly is: Bytes }>({ is: bytes })),
      place: literal('before', 'after'),
      joined: optional(literal(true)),
    }),
  ),
  carriedIn: optional(
    union(
      object<{ readonly field: string }>({ field: text() }),
      object<{ readonly cookie: string }>({ cookie: text() }),
      object<{ readonly query: string }>({ query: text() }),
      literal('trailer', 'userinfo'),
    ),
  ),
}

const basicMembers: MembersOf<BasicFault> = {
  ...fieldFault,
  user: optional(textChange),
  password: optional(textChange),
  userPass: optional(union(textChange, literal('no-colon'))),
  charset: optional(literal('latin-1', 'nfd')),
  base64: optional(base64Change),
}

const keyChoice: Shape<KeyChoice> = named('keyChoice', () =>
  union(
    literal('trusted', 'foreign'),
    object<{ readonly publicKeyAs: string }>({ publicKeyAs: text() }),
    object<{ readonly secret: Bytes }>({ secret: bytes }),
    object<{ readonly valueOf: 'kid' | 'iss' }>({ valueOf: literal('kid', 'iss') }),
    object<{ readonly hosted: string }>({ hosted: keyName }),
  ),
)

const signatureChange: Shape<SignatureChange> = named('signatureChange', () =>
  union(
    literal('kept', 'flipped', 'empty', 'absent'),
    object<Extract<SignatureChange, { readonly bytes: string }>>({
      bytes: literal(
        'zeros',
        'ones',
        'first-flipped',
        'last-flipped',
        'one-byte',
        'half',
        'without-last',
        'zero-appended',
        'zero-prepended',
      ),
    }),
    object<Extract<SignatureChange, { readonly text: Bytes }>>({ text: bytes }),
    object<Extract<SignatureChange, { readonly alg: string }>>({ alg: text(), key: keyChoice }),
    object<Extract<SignatureChange, { readonly forged: string }>>({ forged: keyName }),
  ),
)

const segmentChange: Shape<SegmentChange> = named('segmentChange', () =>
  union(
    literal('padded', 'standard-alphabet', 'trailing-bits', 'dangling-symbol'),
    object<Extract<SegmentChange, { readonly insert: Bytes }>>({
      insert: bytes,
      at: literal('start', 'middle', 'end'),
    }),
  ),
)

const jsonChange: Shape<JsonChange> = named('jsonChange', () =>
  object<JsonChange>(
    {
      is: optional(bytes),
      before: optional(bytes),
      after: optional(bytes),
      firstMembers: optional(members),
      lastMembers: optional(members),
      spaced: optional(literal(true)),
      escapedNames: optional(literal(true)),
      wrappedIn: optional(literal('array', 'string')),
      nested: optional(whole(1, MOST_TIMES)),
    },
    notEmpty,
  ),
)

const jwtMembers: MembersOf<JwtFault> = {
  ...fieldFault,
  header: optional(members),
  claims: optional(members),
  headerJson: optional(jsonChange),
  claimsJson: optional(jsonChange),
  signature: optional(signatureChange),
  encoding: optional(
    object<NonNullable<JwtFault['encoding']>>({
      of: literal('header', 'payload', 'signature'),
      change: segmentChange,
    }),
  ),
  segments: optional(
    literal(
      'swapped',
      'leading-dot',
      'fourth-empty',
      'fourth-junk',
      'five',
      'dots-only',
      'one-word',
      'thousand-dots',
      'empty-header',
      'empty-payload',
      'with-itself',
    ),
  ),
  lookalike: optional(keyName),
  size: optional(whole(1, MOST_TIMES)),
}

const requestMembers: MembersOf<RequestFault> = {
  method: optional(text()),
  over: optional(literal('cleartext')),
  tls: optional(tlsVersion),
  version: optional(literal('HTTP/1.0')),
  fields: optional(
    some<{ readonly name: string; readonly value: Bytes }, NonNullable<RequestFault['fields']>>(
      object<{ readonly name: string; readonly value: Bytes }>({ name: text(), value: bytes }),
    ),
  ),
  target: optional(
    union(
      literal('absolute-form', 'absolute-form-userinfo'),
      object<{ readonly is: Bytes }>({ is: bytes }),
      object<{ readonly append: Bytes }>({ append: bytes }),
    ),
  ),
  host: optional(literal('absent', 'twice', 'invalid', 'foreign')),
  beforeFields: optional(bytes),
  afterMethod: optional(bytes),
  framing: optional(
    literal(
      'te-and-cl',
      'bad-content-length',
      'two-content-lengths',
      'chunked-not-final',
      'unread-body',
    ),
  ),
  bulk: optional(object<{ readonly bytes: number }>({ bytes: whole(1, MOST_TIMES) })),
}

const tokenMembers: MembersOf<TokenFault> = { ...fieldFault, token: optional(textChange) }

export const basicFault: Shape<BasicFault> = named('basicFault', () =>
  object<BasicFault>(basicMembers, notEmpty),
)
export const tokenFault: Shape<TokenFault> = named('tokenFault', () =>
  object<TokenFault>(tokenMembers, notEmpty),
)
export const bearerFault: Shape<BearerFault> = named('bearerFault', () =>
  object<BearerFault>(tokenMembers, notEmpty),
)
export const jwtFault: Shape<JwtFault> = named('jwtFault', () =>
  object<JwtFault>(jwtMembers, notEmpty),
)
export const requestFault: Shape<RequestFault> = named('requestFault', () =>
  object<RequestFault>(requestMembers, notEmpty),
)
/** May be empty: then the case's own fault is sent as it stands, beside other examples. */
export const exampleFault: Shape<ExampleFault> = named('exampleFault', () =>
  object<ExampleFault>({ ...basicMembers, ...tokenMembers, ...jwtMembers, ...requestMembers }),
)
