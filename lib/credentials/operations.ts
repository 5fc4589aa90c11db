import type { CredentialKind, OperationName } from '../model/case.ts'
import type { Operation, Target } from '../model/profile.ts'
import { isMetadata } from '../notation/derive.ts'
import { readIssued } from './jwt/keyring.ts'

/** The request an operation stands for with a kind of credential, where the target has one. */
export function operationOf(
  target: Target,
  name: OperationName,
  kind: CredentialKind | undefined,
): { readonly operation: Operation; readonly url: URL } | undefined {
  if (name === 'public' && target.publicUrl !== undefined) {
    return { operation: { method: 'GET', path: '' }, url: target.publicUrl }
  }
  if (name === 'key-set' && target.keySetUrl !== undefined) {
    return { operation: { method: 'GET', path: '' }, url: target.keySetUrl }
  }
  const binding = target.profile.operations[name]
  if (binding === undefined) return documentOf(target, name)
  const operation = 'by' in binding ? kind && binding.by[kind] : binding
  return operation && { operation, url: urlOf(target.url, operation.path) }
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource'

/** The URL of a resource's metadata: a word comes between its host and its path (RFC 9728 §3.1). */
export function wellKnownOf(resource: URL): URL {
  const url = new URL(resource)
  url.pathname = WELL_KNOWN + (url.pathname === '/' ? '' : url.pathname)
  return url
}

/** The metadata, which no profile has to name, of whatever may take bearer tokens. */
function documentOf(
  target: Target,
  name: OperationName,
): { readonly operation: Operation; readonly url: URL } | undefined {
  if (!isMetadata(name) || !mayTakeTokens(target)) return undefined
  const announced = name === 'metadata' ? target.metadataUrl : undefined
  return { operation: { method: 'GET', path: '' }, url: announced ?? wellKnownOf(target.url) }
}

/** A path appended to the target's URL; an empty path is the URL itself. */
export function urlOf(base: URL, path: string): URL {
  if (path === '') return base
  const url = new URL(base)
  const [pathname = '', query] = path.split('?')
  url.pathname = url.pathname.replace(/\/$/, '') + pathname
  if (query !== undefined) url.search = query
  return url
}

function mayTakeTokens(target: Target): boolean {
  const kinds = kindsOffered(target)
  return kinds.length === 0 || kinds.includes('bearer') || kinds.includes('jwt')
}

/** The credential kinds the operator supplied something for and the profile takes, in order. */
export function kindsOffered(target: Target): readonly CredentialKind[] {
  const { supplied, profile } = target
  const signs = supplied.signingKey !== undefined || supplied.hosted !== undefined
  const has: readonly (readonly [CredentialKind, boolean])[] = [
    ['basic', supplied.accounts.default !== undefined],
    ['token', Object.keys(supplied.tokens).length > 0],
    ['bearer', supplied.bearer !== undefined || signs],
    ['jwt', signs || readIssued(supplied.bearer) !== undefined],
  ]
  return has
    .filter(([kind, given]) => given && (profile.accepts?.includes(kind) ?? true))
    .map(([kind]) => kind)
}
