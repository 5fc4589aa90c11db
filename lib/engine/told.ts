import { challengesIn, type Told } from '../checks/index.ts'
import type { Answer } from '../model/exchange.ts'
import { paramOf } from '../text/challenge.ts'
import { webUrlOf } from '../text/uri.ts'
import { answersOf, type Samples } from './samples.ts'

function charsetsOf(answer: Answer): readonly string[] {
  return challengesIn(answer).challenges.flatMap((each) => {
    const charset = paramOf(each, 'charset')
    return charset === undefined ? [] : [charset.value.toLowerCase()]
  })
}

/** Where the challenges of an answer say that the metadata is; no other origin is ever asked. */
function metadataOf(answer: Answer, origin: string): readonly URL[] {
  return challengesIn(answer).challenges.flatMap((each) => {
    const url = webUrlOf(paramOf(each, 'resource_metadata')?.value ?? '')
    return url?.origin === origin ? [url] : []
  })
}

/** What the answers to anonymous requests and strangers say of an operation of this target. */
export function toldBy(samples: Pick<Samples, 'anonymous' | 'strangers'>, target: URL): Told {
  const anonymous = answersOf(samples.anonymous)
  const all = [...anonymous, ...answersOf(samples.strangers)]
  const [metadata] = all.flatMap((answer) => metadataOf(answer, target.origin))
  return {
    anonymous: anonymous.map((answer) => answer.status),
    charsets: all.flatMap(charsetsOf),
    ...(metadata === undefined ? {} : { metadata }),
  }
}
