/** The tables of credential faults and request faults. */
import type {
  AccountName,
  Base64Change,
  BasicFault,
  BearerFault,
  Bytes,
  ExampleFault,
  FieldFault,
  RequestFault,
  TokenFault,
} from '../model/case.ts'
import { hello, look } from './channel-shapes.ts'
import { bytes, fieldFault, MOST_TIMES, textChange } from './field-shapes.ts'
import { jwtMembers } from './jwt-shapes.ts'
import {
  literal,
  type MembersOf,
  named,
  object,
  optional,
  type Shape,
  some,
  text,
  union,
  whole,
} from './shape.ts'
import { accountName, credentialKind, tlsVersion } from './word-shapes.ts'

const notEmpty = { some: true } as const

const base64Change: Shape<Base64Change> = named('base64Change', () =>
  union(
    literal(
      'padding-absent',
      'padding-excess',
      'url-safe',
      'trailing-bits',
      'dangling-symbol',
      'letters-swapped',
      'in-two-pieces',
      'twice',
      'not-encoded',
    ),
    object<Extract<Base64Change, { readonly insert: Bytes }>>({
      insert: bytes,
      at: literal('start', 'middle', 'end'),
    }),
  ),
)

const basicMembers: MembersOf<BasicFault> = {
  ...fieldFault,
  user: optional(textChange),
  password: optional(
    union(textChange, object<{ readonly ofAccount: AccountName }>({ ofAccount: accountName })),
  ),
  userPass: optional(union(textChange, literal('no-colon', 'swapped'))),
  charset: optional(literal('latin-1', 'nfd')),
  base64: optional(base64Change),
}

const requestMembers: MembersOf<RequestFault> = {
  method: optional(text()),
  boundFor: optional(credentialKind),
  over: optional(literal('cleartext', 'tls-port', 'no-tls')),
  tls: optional(tlsVersion),
  hello: optional(hello),
  look: optional(look),
  version: optional(literal('HTTP/1.0')),
  fields: optional(
    some<{ readonly name: string; readonly value: Bytes }, NonNullable<RequestFault['fields']>>(
      object<{ readonly name: string; readonly value: Bytes }>({ name: text(), value: bytes }),
    ),
  ),
  target: optional(
    union(
      literal('absolute-form', 'absolute-form-https', 'absolute-form-userinfo'),
      object<{ readonly is: Bytes }>({ is: bytes }),
      object<{ readonly append: Bytes }>({ append: bytes }),
    ),
  ),
  host: optional(literal('absent', 'twice', 'invalid', 'foreign')),
  beforeFields: optional(bytes),
  afterMethod: optional(bytes),
  requestLine: optional(bytes),
  headLine: optional(bytes),
  framing: optional(
    literal(
      'te-and-cl',
      'bad-content-length',
      'two-content-lengths',
      'chunked-not-final',
      'unread-body',
      'awaits-continue',
    ),
  ),
  pause: optional(literal('before-credentials')),
  bulk: optional(object<{ readonly bytes: number }>({ bytes: whole(1, MOST_TIMES) })),
}

const tokenMembers: MembersOf<TokenFault> = { ...fieldFault, token: optional(textChange) }

export const basicFault: Shape<BasicFault> = named('basicFault', () =>
  object<BasicFault>(basicMembers, notEmpty),
)
/** What the credential of any kind can carry. */
export const anyFault: Shape<FieldFault> = named('anyFault', () =>
  object<FieldFault>(fieldFault, notEmpty),
)
export const tokenFault: Shape<TokenFault> = named('tokenFault', () =>
  object<TokenFault>(tokenMembers, notEmpty),
)
export const bearerFault: Shape<BearerFault> = named('bearerFault', () =>
  object<BearerFault>(tokenMembers, notEmpty),
)
export const requestFault: Shape<RequestFault> = named('requestFault', () =>
  object<RequestFault>(requestMembers, notEmpty),
)
/** May be empty: then the case's own fault is sent as it stands, beside other examples. */
export const exampleFault: Shape<ExampleFault> = named('exampleFault', () =>
  object<ExampleFault>({
    ...basicMembers,
    ...tokenMembers,
    ...jwtMembers,
    ...requestMembers,
    authorization: optional(bytes),
  }),
)
