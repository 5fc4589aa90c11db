/** What a request of a case has to be like: one fault, and a control that can differ from it. */
import type { Case, Line, Send, SendCase, Suite, With } from '../model/case.ts'
import { checkJwt } from './check-jwt.ts'
import { isOpen } from './derive.ts'
import { isRequestMember, variationsOf } from './expand.ts'
import { below, type Place, type Problem } from './problem.ts'
import { levelOf } from './strength.ts'
import { sendShape } from './suite-shape.ts'
import { validate } from './validate.ts'
import { listed, quoted } from './words.ts'

/** What is wrong with the request of a case and its examples; `place` is the case's. */
export function checkSendCase(suite: Suite, case_: SendCase, place: Place): readonly Problem[] {
  const at = below(place, 'send')
  if (case_.examples === undefined) {
    return [
      ...checkFaults(case_.send, at),
      ...checkPlain(case_.send, case_.expect, at),
      ...checkGrantsPlain(case_.send, case_.expect, at),
    ]
  }
  return checkExamples(suite, case_, below(place, 'examples'))
}

/** At most one fault: in the credential, or in the request around it. */
export function checkFaults(send: Send, place: Place): readonly Problem[] {
  // Where a request goes is no fault of what it says.
  const around = Object.keys(send.but ?? {}).filter((name) => name !== 'over')
  const inside = Object.keys(faultOf(send.with))
  const problems: Problem[] = []
  if (around.length > 1) {
    problems.push(tooMany(around, 'request', below(place, 'but')))
  }
  if (inside.length > 1 && !isJwt(send.with)) {
    problems.push(tooMany(inside, 'credential', below(below(place, 'with'), 'but')))
  }
  // A wrong credential may be tried with another method: a valid one may not (see the plan's rules).
  if (inside.length > 0 && around.some((name) => name !== 'method')) {
    const say = 'A case has one fault; here both the credential and the request have one.'
    problems.push({ path: place.path, say })
  }
  return [...problems, ...checkJwt(send, place)]
}

function tooMany(names: readonly string[], what: string, place: Place): Problem {
  const say = `A case has one fault; this ${what} has ${names.length}: ${listed(names.map(quoted), 'and')}.`
  return { path: place.path, say }
}

function isJwt(credential: With): boolean {
  return typeof credential === 'object' && 'valid' in credential && credential.valid === 'jwt'
}

function faultOf(credential: With): object {
  return typeof credential === 'object' && 'valid' in credential ? (credential.but ?? {}) : {}
}

/** A valid credential without any fault; a key of its own makes it more than that. */
export function isPlain(send: Send): boolean {
  const credential = send.with
  if (credential === 'nothing' || !('valid' in credential)) return false
  const key = credential.valid === 'jwt' ? credential.key : undefined
  return credential.but === undefined && send.but === undefined && key === undefined
}

/** What the lines want of access to this very request. */
export function accessOf(lines: readonly Line[]): readonly string[] {
  return lines.flatMap((line) => {
    const { wanted } = levelOf(line)
    return wanted.access === undefined || wanted.notAll !== undefined ? [] : [wanted.access]
  })
}

/** Without a fault the exchange is its own control, which has to be granted. */
export function checkPlain(send: Send, lines: readonly Line[], place: Place): readonly Problem[] {
  if (!isPlain(send) || !accessOf(lines).includes('denied')) return []
  return [{ path: place.path, say: 'A valid credential without a fault cannot be wanted denied.' }]
}

function checkGrantsPlain(send: Send, lines: readonly Line[], place: Place): readonly Problem[] {
  const credential = send.with
  const special = typeof credential === 'object' && 'valid' in credential && credential.account
  if (!isPlain(send) || (special && special !== 'default')) return []
  // What is open is controlled without credentials, so that even a plain one differs.
  if (isOpen(send.to)) return []
  const access = accessOf(lines)
  if (access.includes('granted') || access.includes('denied')) return []
  const say = 'This exchange is its own control, so that a line has to want access granted.'
  return [{ path: place.path, say }]
}

function checkExamples(suite: Suite, case_: SendCase, place: Place): readonly Problem[] {
  const seen = new Map<string, string>()
  return variationsOf(suite, case_).flatMap(({ example = '', send = case_.send }) => {
    const at = below(place, example)
    const stray = checkPlaced(case_, example, at)
    const unfit = validate(sendShape, send).map((problem) => ({
      ...problem,
      path: `${at.path}${problem.path.replace(/^\/(?:with\/)?but/, '')}`,
    }))
    if (stray.length > 0 || unfit.length > 0) return [...stray, ...unfit]
    const text = JSON.stringify(send)
    const twin = seen.get(text)
    seen.set(text, twin ?? example)
    return [
      ...checkFaults(send, below(place, example)),
      ...checkChanges(send, at),
      ...(twin === undefined ? [] : [sameAs(twin, at)]),
    ].map((problem) => ({ ...problem, path: at.path }))
  })
}

/** A member for a credential needs a valid credential that it can change. */
function checkPlaced(case_: SendCase, example: string, place: Place): readonly Problem[] {
  const credential = case_.send.with
  const names = Object.keys(case_.examples?.[example] ?? {}).filter(
    (name) => !isRequestMember(name),
  )
  const written = isWritten(credential)
  const valid = typeof credential === 'object' && 'valid' in credential
  return names.flatMap((name) => {
    const path = below(place, name).path
    if (name === 'authorization') {
      const say = '"authorization" is another text for a field that the case writes out itself.'
      return written ? [] : [{ path, say }]
    }
    const say = `${quoted(name)} changes a credential, but the case sends no valid one.`
    return valid ? [] : [{ path, say }]
  })
}

function isWritten(credential: With): boolean {
  return typeof credential === 'object' && 'authorization' in credential
}

function checkChanges(send: Send, place: Place): readonly Problem[] {
  if (isWritten(send.with)) return []
  const faults = [...Object.keys(faultOf(send.with)), ...Object.keys(send.but ?? {})]
  return faults.length > 0 ? [] : [{ path: place.path, say: 'The example changes nothing.' }]
}

function sameAs(twin: string, place: Place): Problem {
  return { path: place.path, say: `The example ${quoted(twin)} sends the same already.` }
}

/** Narrows a case to one that sends a single request. */
export function isSendCase(case_: Case): case_ is SendCase {
  return case_.send !== undefined
}
