/** The table of a profile: everything `Profile` has and nothing else. */
import type { CredentialKind } from '../model/case.ts'
import type { ClauseId } from '../model/clause.ts'
import type {
  Binding,
  Deviation,
  DocumentedExample,
  Limits,
  Operation,
  Profile,
  Withheld,
  Witness,
} from '../model/profile.ts'
import {
  anyText,
  array,
  literal,
  named,
  object,
  optional,
  pair,
  pattern,
  record,
  type Shape,
  some,
  text,
  union,
  whole,
} from './shape.ts'
import {
  accountName,
  clauseId,
  credentialKind,
  fieldValue,
  id,
  jsonPointer,
  operationName,
  token,
} from './word-shapes.ts'

/** Also what `--witness` may say. */
export const witnessShape: Shape<Witness> = named('witness', () =>
  object<Witness>(
    {
      status: optional(whole(100, 599)),
      text: optional(text()),
      pointer: optional(jsonPointer),
    },
    { some: true },
  ),
)

const operation: Shape<Operation> = named('operation', () =>
  object<Operation>({
    method: token,
    path: pattern<string>('a path in visible ASCII, or nothing', /^[!-~]*$/, '/api/v2/buckets'),
    fields: optional(array(pair(token, fieldValue))),
    body: optional(object<NonNullable<Operation['body']>>({ type: fieldValue, text: anyText() })),
    harmless: optional(literal(true)),
    account: optional(accountName),
    members: optional(
      object<NonNullable<Operation['members']>>({ user: text(), password: text() }),
    ),
    witness: optional(witnessShape),
  }),
)

type ByKind = { readonly [K in CredentialKind]?: Operation }

const binding: Shape<Binding> = named('binding', () =>
  union(
    operation,
    object<{ readonly by: ByKind }>({
      by: object<ByKind>(
        {
          basic: optional(operation),
          token: optional(operation),
          bearer: optional(operation),
          jwt: optional(operation),
        },
        { some: true },
      ),
    }),
  ),
)

const limits: Shape<Limits> = named('limits', () =>
  object<Limits>(
    {
      requestsPerSecond: optional(whole(1)),
      loginBudget: optional(whole(0)),
      failuresInARow: optional(whole(1)),
      keyRefresh: optional(whole(0)),
    },
    { some: true },
  ),
)

const deviation: Shape<Deviation> = named('deviation', () =>
  object<Deviation>({
    clause: clauseId,
    beside: optional(some<ClauseId, readonly ClauseId[]>(clauseId)),
    operation: optional(operationName),
    kind: optional(credentialKind),
    source: text(),
    say: text(),
  }),
)

const withheld: Shape<Withheld> = named('withheld', () =>
  object<Withheld>({ what: literal('unknown-user', 'origin'), say: text() }),
)

const documentedExample: Shape<DocumentedExample> = named('documentedExample', () =>
  object<DocumentedExample>({ clause: clauseId, text: text(), printed: text() }),
)

type Scheme = NonNullable<Profile['schemes']>[number]

export const profileShape: Shape<Profile> = object<Profile>({
  id,
  title: text(),
  about: text(),
  operations: record<Profile['operations']>(operationName, binding, { some: true }),
  accepts: optional(some<CredentialKind, readonly CredentialKind[]>(credentialKind)),
  schemes: optional(
    array(
      object<Scheme>({
        word: token,
        exactCase: optional(literal(true)),
        clause: optional(clauseId),
      }),
    ),
  ),
  stranger: optional(literal('known-user')),
  witness: optional(witnessShape),
  limits: optional(limits),
  deviations: optional(array(deviation)),
  declaresProtected: optional(literal(true)),
  suites: optional(array(id)),
  withholds: optional(array(withheld)),
  ignoresUser: optional(text()),
  httpsOnly: optional(literal(true)),
  signIn: optional(
    object<NonNullable<Profile['signIn']>>({ operation: operationName, token: jsonPointer }),
  ),
  examples: optional(array(documentedExample)),
})
