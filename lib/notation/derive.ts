import type {
  Case,
  CredentialKind,
  Line,
  OperationName,
  Risk,
  Send,
  SendStep,
  With,
} from '../model/case.ts'

/** The credential kinds whose refusal a server counts as a failed log-in. */
const counted: ReadonlySet<CredentialKind> = new Set(['basic', 'token'])

/** The kind of credential a case is bound to, or undefined where any will do. */
export function kindOf(what: With): CredentialKind | undefined {
  if (what === 'nothing' || 'authorization' in what) return undefined
  if ('stranger' in what) return what.stranger
  return what.valid === 'any' ? undefined : what.valid
}

/** The same exchange with a credential of this kind where any will do; Basic where none is known. */
export function boundTo(send: Send, kind: CredentialKind | undefined): Send {
  const what = send.with
  if (typeof what !== 'object' || !('valid' in what) || what.valid !== 'any') return send
  // A fault of the field alone fits the credential of every kind.
  return { ...send, with: { ...what, valid: kind ?? 'basic' } as With }
}

/** True for the document about the resource, which is not the resource. */
export function isMetadata(name: OperationName): boolean {
  return name === 'metadata' || name === 'well-known-metadata'
}

/** True for what is there for everybody: it is asked for without a credential, by its control as well. */
export function isOpen(name: OperationName): boolean {
  return name === 'public' || name === 'key-set'
}

function validOf(kind: CredentialKind): With {
  return { valid: kind }
}

function unfaulted(what: With, kind: CredentialKind): With {
  if (what === 'nothing' || 'authorization' in what || 'stranger' in what) return validOf(kind)
  if (what.valid === 'jwt' && what.key !== undefined) return validOf(kind)
  const { but, ...rest } = what
  if (but !== undefined || rest.account === undefined) return rest
  // An account variation that must be granted is controlled by the default account.
  const { account, ...plain } = rest
  return plain
}

/**
 * The exchange without the fault, which must be granted on both sides of it. What is there for
 * everybody is controlled by itself without credentials, a document about the resource by the resource.
 */
export function controlOf(send: Send, kind: CredentialKind | undefined): Send {
  if (isOpen(send.to)) return { to: send.to, with: 'nothing' }
  const own = kindOf(send.with) ?? kind
  if (isMetadata(send.to)) {
    return { to: 'protected', with: own === undefined ? 'nothing' : validOf(own) }
  }
  return { to: send.to, with: own === undefined ? 'nothing' : unfaulted(send.with, own) }
}

/** True where the exchange is its own control: nothing about it is a fault. */
export function isControl(send: Send, kind: CredentialKind | undefined): boolean {
  return JSON.stringify(controlOf(send, kind)) === JSON.stringify(send)
}

/** The account whose word the operator gives and no other evidence supports. */
export function restsOnAccount(send: Send): string | undefined {
  if (typeof send.with !== 'object' || !('valid' in send.with)) return undefined
  const { account } = send.with
  return account === undefined || account === 'default' ? undefined : account
}

export function sendsOf(each: Case): readonly SendStep[] {
  if (each.steps !== undefined) {
    return each.steps.filter((step): step is SendStep => 'send' in step)
  }
  return each.send === undefined ? [] : [{ send: each.send, expect: each.expect }]
}

export function linesOf(each: Case): readonly Line[] {
  if (each.steps === undefined) return each.expect
  return sendsOf(each).flatMap((step) => step.expect ?? [])
}

export function expectationOf(line: Line): NonNullable<Line['must']> {
  const wanted = line.must ?? line.should ?? line.may ?? line.documented
  if (wanted === undefined) throw new TypeError('a line without a level passed the suite check')
  return wanted
}

/** The access these lines want, where one of them says. */
export function accessWanted(lines: readonly Line[]): 'granted' | 'denied' | undefined {
  for (const line of lines) {
    const { access, notAll } = expectationOf(line)
    // With notAll, access belongs to the relation and not to this exchange.
    if (access !== undefined && notAll === undefined) return access
  }
  return undefined
}

/** True where a refusal of this exchange is to be expected and would count as a failed log-in. */
export function isFailedLogin(send: Send, lines: readonly Line[]): boolean {
  const kind = kindOf(send.with)
  const written =
    typeof send.with === 'object' &&
    'authorization' in send.with &&
    typeof send.with.authorization === 'string' &&
    /^basic\b/i.test(send.with.authorization)
  if (!written && (kind === undefined || !counted.has(kind))) return false
  if (typeof send.with === 'object' && 'stranger' in send.with) return true
  const faulty = written || (typeof send.with === 'object' && 'but' in send.with)
  return faulty && accessWanted(lines) !== 'granted'
}

/** Failed log-ins and requests of one execution with credentials of a kind, controls apart. */
export function costOf(
  each: Case,
  send: Send | undefined,
  kind?: CredentialKind,
): { requests: number; failedLogins: number } {
  if (send !== undefined) {
    const failing = isFailedLogin(boundTo(send, kind), linesOf(each))
    return { requests: 1, failedLogins: failing ? 1 : 0 }
  }
  const steps = sendsOf(each)
  const failing = steps.filter(
    (step) => step.role !== 'control' && isFailedLogin(boundTo(step.send, kind), step.expect ?? []),
  )
  return { requests: steps.length, failedLogins: failing.length }
}

/** Risks the case declares, and those that follow from what it sends. */
export function risksOf(each: Case): readonly Risk[] {
  const declared = new Set(each.risk ?? [])
  for (const step of sendsOf(each)) {
    // Whoever invents a credential has no secret to lose.
    const real = typeof step.send.with === 'object' && 'valid' in step.send.with
    if (real && step.send.but?.over !== undefined) declared.add('cleartext-secret')
  }
  return [...declared]
}

/** True where only the answer's form is judged, so that no control need be granted. */
export function needsNoControl(lines: readonly Line[]): boolean {
  return lines.every((line) => {
    const wanted = expectationOf(line)
    return (
      wanted.access === undefined && wanted.notAll === undefined && !wanted.in?.includes('access')
    )
  })
}
