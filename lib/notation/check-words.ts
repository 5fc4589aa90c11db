/** What the words of a case have to be like. */
import type { Case } from '../model/case.ts'
import { below, type Place, type Problem } from './problem.ts'
import { quoted } from './words.ts'

// Words that end in s and stand where a verb is looked for, but are none.
const NO_VERBS: readonly string[] = [
  'Access',
  'Address',
  'Always',
  'Challenges',
  'Clients',
  'Credentials',
  'Headers',
  'Its',
  'Passwords',
  'Perhaps',
  'Requests',
  'Servers',
  'Sometimes',
  'This',
  'Tokens',
  'Users',
]

/** The title is a claim with a verb and without "should"; harm and fix are sentences. */
export function checkWords(case_: Case, place: Place): readonly Problem[] {
  return [
    ...checkTitle(case_.title, below(place, 'title')),
    ...checkSentence(case_.harm, below(place, 'harm')),
    ...checkSentence(case_.fix, below(place, 'fix')),
  ]
}

function checkTitle(title: string, place: Place): readonly Problem[] {
  const first = /^\S*/.exec(title)?.[0] ?? ''
  const verb = /^[A-Z][A-Za-z-]*[a-z]*s$/.test(first) && !NO_VERBS.includes(first)
  const problems: string[] = []
  if (!verb) {
    problems.push(
      `The title begins with ${quoted(first)}; it begins with what the server does, such as "Refuses".`,
    )
  }
  if (/\bshould\b/i.test(title)) {
    problems.push('The title says "should"; it claims what is true when the case passes.')
  }
  return problems.map((say) => ({ path: place.path, say }))
}

function checkSentence(sentence: string, place: Place): readonly Problem[] {
  if (sentence.endsWith('.')) return []
  return [{ path: place.path, say: 'The sentence does not end with a period.' }]
}
