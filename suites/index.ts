import type { Suite } from '../lib/model/case.ts'
import { basicBase64 } from './basic/base64.ts'
import { basic } from './basic/basic.ts'
import { answers } from './challenge/answers.ts'
import { challenge } from './challenge/challenge.ts'
import { challengeSyntax } from './challenge/syntax.ts'

/** Every suite, in the order in which a reader meets them. */
export const suites: readonly Suite[] = [challenge, challengeSyntax, answers, basic, basicBase64]
