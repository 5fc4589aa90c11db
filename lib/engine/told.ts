import { challengesIn, type Told } from '../checks/index.ts'
import type { Answer } from '../model/exchange.ts'
import { paramOf } from '../text/challenge.ts'
import { answersOf, type Samples } from './samples.ts'

function charsetsOf(answer: Answer): readonly string[] {
  return challengesIn(answer).challenges.flatMap((each) => {
    const charset = paramOf(each, 'charset')
    return charset === undefined ? [] : [charset.value.toLowerCase()]
  })
}

/** What the answers to anonymous requests and strangers say of an operation. */
export function toldBy(samples: Pick<Samples, 'anonymous' | 'strangers'>): Told {
  const anonymous = answersOf(samples.anonymous)
  return {
    anonymous: anonymous.map((answer) => answer.status),
    charsets: [...anonymous, ...answersOf(samples.strangers)].flatMap(charsetsOf),
  }
}
