/** The table of a suite: everything `Suite` has and nothing else. */
import type {
  AnyCredential,
  BasicCredential,
  BearerCredential,
  Case,
  ChallengeWanted,
  ExampleFault,
  Expectation,
  ExpectationMembers,
  JwtCredential,
  Line,
  Lines,
  Risk,
  SameFeature,
  Send,
  SendCase,
  SendStep,
  StatusPattern,
  StatusWanted,
  Step,
  StepsCase,
  StrangerCredential,
  Suite,
  TokenCredential,
  ValueForm,
  WatchCase,
  When,
  With,
  WrittenCredential,
} from '../model/case.ts'
import type { ClauseId } from '../model/clause.ts'
import { fieldWanted, hstsWanted, redirectWanted } from './answer-shapes.ts'
import { channelWanted } from './channel-shapes.ts'
import {
  anyFault,
  basicFault,
  bearerFault,
  exampleFault,
  requestFault,
  tokenFault,
} from './fault-shapes.ts'
import { bytes } from './field-shapes.ts'
import { hostedHello, publishStep } from './hosted-shapes.ts'
import { issuedWanted } from './issued-shape.ts'
import { jsonWanted } from './json-shapes.ts'
import { jwtFault } from './jwt-shapes.ts'
import { keySetHas, keySetWanted } from './key-set-shapes.ts'
import {
  array,
  boolean,
  literal,
  named,
  object,
  optional,
  pair,
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
  hostedKey,
  id,
  operationName,
  outcome,
  severity,
} from './word-shapes.ts'

const account = optional(accountName)

const withShape: Shape<With> = named('with', () =>
  union(
    literal('nothing'),
    object<BasicCredential>({ valid: literal('basic'), account, but: optional(basicFault) }),
    object<TokenCredential>({ valid: literal('token'), account, but: optional(tokenFault) }),
    object<BearerCredential>({ valid: literal('bearer'), account, but: optional(bearerFault) }),
    object<JwtCredential>({
      valid: literal('jwt'),
      account,
      key: optional(hostedKey),
      but: optional(jwtFault),
    }),
    object<AnyCredential>({ valid: literal('any'), but: optional(anyFault) }),
    object<StrangerCredential>({ stranger: credentialKind }),
    object<WrittenCredential>({ authorization: bytes }),
  ),
)

/** One request of a case, for suites and for a case's examples after they are laid over it. */
export const sendShape: Shape<Send> = named('send', () =>
  object<Send>({ to: operationName, with: withShape, but: optional(requestFault) }),
)

const statusPattern: Shape<StatusPattern> = named('statusPattern', () =>
  union(whole(100, 599), literal('2xx', '3xx', '4xx', '5xx')),
)
const anyOfStatus = object<{ readonly anyOf: readonly StatusPattern[] }>({
  anyOf: some<StatusPattern, readonly StatusPattern[]>(statusPattern),
})
const statusWanted: Shape<StatusWanted> = named('statusWanted', () =>
  union(
    statusPattern,
    anyOfStatus,
    object<{ readonly noneOf: readonly StatusPattern[] }>({
      noneOf: some<StatusPattern, readonly StatusPattern[]>(statusPattern),
    }),
  ),
)
const words = some<string, readonly string[]>(text())

const valueForm: Shape<ValueForm> = literal('plain-ascii', 'single-spaced', 'uri-reference', 'url')

const challengeWanted: Shape<ChallengeWanted> = named('challengeWanted', () =>
  object<ChallengeWanted>(
    {
      scheme: optional(text()),
      noneOf: optional(words),
      applicable: optional(literal(true)),
      apart: optional(literal(true)),
      first: optional(literal('well-known')),
      every: optional(text()),
      realm: optional(literal('present', 'absent', 'ascii')),
      charset: optional(literal('utf-8-or-absent')),
      params: optional(array(text())),
      error: optional(union(text(), words, literal(null))),
      has: optional(union(literal('any'), words)),
      values: optional(
        object<NonNullable<ChallengeWanted['values']>>({
          of: words,
          are: union(valueForm, words),
        }),
      ),
    },
    { some: true },
  ),
)

const sameFeature: Shape<SameFeature> = literal(
  'status',
  'challenge',
  'media-type',
  'shape',
  'length',
  'body',
  'access',
)

const expectation: Shape<Expectation> = named('expectation', () =>
  object<ExpectationMembers, Expectation>(
    {
      access: optional(literal('granted', 'denied')),
      status: optional(statusWanted),
      challenge: optional(union(literal('any', 'none'), challengeWanted)),
      challengeFreeOf: optional(words),
      answerFreeOf: optional(words),
      field: optional(fieldWanted),
      json: optional(jsonWanted),
      body: optional(
        union(
          literal('none', 'some'),
          object<{ readonly mentions: 'longest-field' }>({ mentions: literal('longest-field') }),
        ),
      ),
      orderly: optional(literal(true)),
      connection: optional(literal('closes', 'announced')),
      echo: optional(literal('none')),
      callback: optional(literal('untouched')),
      fetches: optional(object<{ readonly atMost: number }>({ atMost: whole(0, 100) })),
      hello: optional(hostedHello),
      redirect: optional(redirectWanted),
      hsts: optional(hstsWanted),
      channel: optional(channelWanted),
      issued: optional(issuedWanted),
      keySet: optional(keySetWanted),
      same: optional(id),
      in: optional(some<SameFeature, readonly SameFeature[]>(sameFeature)),
      notAll: optional(some<string, readonly string[]>(id)),
    },
    { some: true },
  ),
)

const when: Shape<When> = named('when', () =>
  object<When>({
    of: optional(id),
    to: optional(operationName),
    status: optional(statusWanted),
    outcome: optional(outcome),
    challenge: optional(text()),
    parameter: optional(text()),
    field: optional(text()),
    method: optional(text()),
    sent: optional(literal('nothing', 'secret', 'elsewhere')),
    over: optional(literal('cleartext', 'tls')),
    announced: optional(literal('utf-8', 'metadata')),
    channel: optional(channelWanted),
    json: optional(jsonWanted),
    anonymous: optional(statusWanted),
    issued: optional(issuedWanted),
    keySetHas: optional(keySetHas),
    keysRead: optional(literal('by-itself', 'on-request')),
    callbackOver: optional(literal('cleartext', 'tls')),
    helloUpTo: optional(literal('TLSv1.2')),
    exactCase: optional(boolean()),
    alike: optional(pair(id, id)),
  }),
)

type LineAt<L extends string> = Extract<Line, { readonly [level in L]: Expectation }>

const lineBase = {
  because: some(clauseId),
  despite: optional(some<ClauseId, readonly ClauseId[]>(clauseId)),
  severity: optional(severity),
  softened: optional(text()),
  when: optional(when),
}

const line: Shape<Line> = named('line', () =>
  union(
    object<LineAt<'must'>>({ must: expectation, ...lineBase }),
    object<LineAt<'should'>>({ should: expectation, ...lineBase }),
    object<LineAt<'may'>>({ may: expectation, ...lineBase }),
    object<LineAt<'documented'>>({ documented: expectation, ...lineBase }),
  ),
)
const lines: Shape<Lines> = some(line)

const step: Shape<Step> = named('step', () =>
  union(
    object<SendStep>({
      as: optional(id),
      role: optional(literal('control')),
      send: sendShape,
      on: optional(id),
      within: optional(literal('key-refresh-time')),
      until: optional(literal('fetched')),
      times: optional(whole(2, 100)),
      expect: optional(lines),
    }),
    publishStep,
  ),
)

const risk: Shape<Risk> = literal(
  'failed-login',
  'heavy',
  'intrusive',
  'changes-keys',
  'unsafe-method',
  'cleartext-secret',
)

const caseBase = {
  id,
  title: text(),
  severity,
  harm: text(),
  fix: text(),
  risk: optional(some<Risk, readonly Risk[]>(risk)),
  about: optional(literal('signature')),
}

const caseShape: Shape<Case> = named('case', () =>
  union(
    object<SendCase>({
      ...caseBase,
      send: sendShape,
      examples: optional(
        record<{ readonly [id: string]: ExampleFault }>(id, exampleFault, { some: true }),
      ),
      expect: lines,
    }),
    object<StepsCase>({ ...caseBase, steps: some(step) }),
    object<WatchCase>({ ...caseBase, watch: literal('every-exchange'), expect: lines }),
  ),
)

export const suiteShape: Shape<Suite> = object<Suite>({
  id,
  title: text(),
  about: text(),
  byProfile: optional(literal(true)),
  cases: some(caseShape),
})
