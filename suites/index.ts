import type { Suite } from '../lib/model/case.ts'
import { caching } from './authorization/caching.ts'
import { connection } from './authorization/connection.ts'
import { authorizationDuplicates } from './authorization/duplicates.ts'
import { authorizationField } from './authorization/field.ts'
import { requestFraming } from './authorization/framing.ts'
import { authorizationMalformed } from './authorization/malformed.ts'
import { methods } from './authorization/methods.ts'
import { basicBase64 } from './basic/base64.ts'
import { basic } from './basic/basic.ts'
import { answers } from './challenge/answers.ts'
import { challenge } from './challenge/challenge.ts'
import { challengeSyntax } from './challenge/syntax.ts'

/** Every suite, in the order in which a reader meets them. */
export const suites: readonly Suite[] = [
  challenge,
  challengeSyntax,
  answers,
  methods,
  connection,
  caching,
  basic,
  basicBase64,
  authorizationField,
  authorizationMalformed,
  authorizationDuplicates,
  requestFraming,
]
