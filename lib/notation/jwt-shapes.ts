/** The tables of what can be wrong with a JSON Web Token. */
import type {
  Bytes,
  JsonChange,
  JwtFault,
  KeyChoice,
  MemberValue,
  SegmentChange,
  SignatureChange,
  TextChange,
} from '../model/case.ts'
import { bytes, fieldFault, hex, MOST_TIMES, repeated, textChange } from './field-shapes.ts'
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
  text,
  union,
  whole,
} from './shape.ts'
import { accountName, hostedKey, keyName } from './word-shapes.ts'

const notEmpty = { some: true } as const

const memberName = pattern<string>('a name that does not begin with "$"', /^(?!\$)/, 'kid')

const memberValue: Shape<MemberValue> = named('memberValue', () =>
  union(
    object<{ readonly $absent: true }>({ $absent: literal(true) }),
    object<{ readonly $now: number; readonly as?: 'string' | 'milliseconds' }>({
      $now: finite(),
      as: optional(literal('string', 'milliseconds')),
    }),
    object<{ readonly $valid: string; readonly change?: TextChange }>({
      $valid: text(),
      change: optional(textChange),
    }),
    object<Extract<MemberValue, { readonly $key: 'foreign' | 'trusted' }>>({
      $key: literal('foreign', 'trusted'),
      as: literal('jwk', 'certificates', 'x5t', 'x5t#S256'),
    }),
    object<{ readonly $callback: string }>({ $callback: keyName }),
    object<Extract<MemberValue, { readonly $kidOf: string }>>({
      $kidOf: hostedKey,
      as: optional(literal('thumbprint')),
    }),
    object<{ readonly $literal: string }>({ $literal: text() }),
    hex,
    repeated,
    literal(null),
    boolean(),
    finite(),
    anyText(),
    array(memberValue),
    record<{ readonly [member: string]: MemberValue }>(memberName, memberValue),
  ),
)

const members: Shape<{ readonly [member: string]: MemberValue }> = named('members', () =>
  record<{ readonly [member: string]: MemberValue }>(memberName, memberValue, notEmpty),
)

const keyChoice: Shape<KeyChoice> = named('keyChoice', () =>
  union(
    literal('trusted', 'foreign'),
    object<{ readonly publicKeyAs: string }>({ publicKeyAs: keyName }),
    object<{ readonly secret: Bytes }>({ secret: bytes }),
    object<{ readonly textOf: 'kid' | 'iss' }>({ textOf: literal('kid', 'iss') }),
    object<{ readonly hosted: string }>({ hosted: hostedKey }),
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
    object<Extract<SignatureChange, { readonly from: string }>>({ from: accountName }),
    object<Extract<SignatureChange, { readonly key: KeyChoice }>>({
      alg: optional(text()),
      key: keyChoice,
    }),
    object<Extract<SignatureChange, { readonly forged: string }>>({ forged: keyName }),
    object<Extract<SignatureChange, { readonly leadingZero: string }>>({
      leadingZero: literal('r', 's'),
    }),
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
      is: optional(
        union(
          bytes,
          object<{ readonly token: 'valid' | 'unsecured' | 'with-own-key' }>({
            token: literal('valid', 'unsecured', 'with-own-key'),
          }),
        ),
      ),
      before: optional(bytes),
      after: optional(bytes),
      inside: optional(bytes),
      firstMembers: optional(members),
      lastMembers: optional(members),
      written: optional(literal('spaced', 'escaped-names', 'single-quotes')),
      wrappedIn: optional(literal('array', 'string')),
      nested: optional(whole(1, MOST_TIMES)),
    },
    notEmpty,
  ),
)

/** The members of a fault of a JSON Web Token, those of its field included. */
export const jwtMembers: MembersOf<JwtFault> = {
  ...fieldFault,
  header: optional(members),
  claims: optional(members),
  headerJson: optional(jsonChange),
  claimsJson: optional(jsonChange),
  signature: optional(signatureChange),
  encoding: optional(
    union(
      object<{
        readonly of: 'header' | 'payload' | 'signature'
        readonly change: SegmentChange
      }>({
        of: literal('header', 'payload', 'signature'),
        change: segmentChange,
      }),
      object<{ readonly of: 'payload'; readonly change: 'not-encoded' }>({
        of: literal('payload'),
        change: literal('not-encoded'),
      }),
    ),
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
  lookalike: optional(
    literal(
      'flattened-json',
      'general-json',
      'base64-of-token',
      'polyglot',
      'jwe-of-claims',
      'jwe-of-token',
      'jwe-of-token-rsa1-5',
      'jwe-of-unsecured',
      'jwe-direct',
      'jwe-costly-password',
      'jwe-zip-bomb',
    ),
  ),
  size: optional(whole(1, MOST_TIMES)),
}

export const jwtFault: Shape<JwtFault> = named('jwtFault', () =>
  object<JwtFault>(jwtMembers, notEmpty),
)
