import type {
  BasicFault,
  BearerCredential,
  CredentialKind,
  FieldFault,
  JwtCredential,
  RequestFault,
  Send,
  TextChange,
} from '../model/case.ts'
import type { Target } from '../model/profile.ts'
import { boundTo } from '../notation/derive.ts'
import { quoteForShell } from '../text/shell.ts'
import { bytesOf } from './bytes.ts'
import { tokenExpression } from './curl-token.ts'
import { kindsOffered, operationOf } from './operations.ts'

function variable(option: string, name: string): string {
  return `CONFORMANCE_${option}_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`
}

/** The environment variable an account's `user:password` is read from. */
export function variableFor(account: string): string {
  return account === 'default' ? 'CONFORMANCE_USER' : variable('ACCOUNT', account)
}

function textExpression(base: string, change: TextChange | undefined): string | undefined {
  if (change === undefined) return base
  if (change === 'other') return 'not-the-right-one'
  if (change === 'empty') return ''
  if ('letters' in change) return undefined
  if ('append' in change && typeof change.append === 'string' && /^[\w.-]+$/.test(change.append)) {
    return base + change.append
  }
  return undefined
}

const after: Readonly<Record<string, string>> = {
  'padding-absent': " | tr -d '='",
  'url-safe': " | tr '+/' '-_'",
  twice: ' | openssl base64 -A',
}

const passwordIn = (variableName: string): string => `\${${variableName}#*:}`

function passwordExpression(name: string, but: BasicFault): string | undefined {
  const change = but.password
  return typeof change === 'object' && 'ofAccount' in change
    ? passwordIn(variableFor(change.ofAccount))
    : textExpression(passwordIn(name), change)
}

function basicExpression(account: string, but: BasicFault): string | undefined {
  const name = variableFor(account)
  if (but.userPass !== undefined || but.charset !== undefined || typeof but.base64 === 'object')
    return undefined
  const user = textExpression(`\${${name}%%:*}`, but.user)
  const password = passwordExpression(name, but)
  if (user === undefined || password === undefined) return undefined
  const plain =
    but.user === undefined && but.password === undefined ? `$${name}` : `${user}:${password}`
  if (but.base64 === 'not-encoded') return plain
  const pipe = but.base64 === undefined ? '' : after[but.base64]
  return pipe === undefined ? undefined : `$(printf %s "${plain}" | openssl base64 -A${pipe})`
}

const sendable: ReadonlySet<string> = new Set([
  'user',
  'password',
  'base64',
  'scheme',
  'separator',
  'after',
  'token',
])

function schemeWord(scheme: string, but: FieldFault): string | undefined {
  if (but.scheme === undefined) return scheme
  if (but.scheme === 'absent') return undefined
  if ('word' in but.scheme) return but.scheme.word
  if ('parted' in but.scheme) return undefined
  const { letters } = but.scheme
  if (letters === 'swapped') return undefined
  return letters === 'lower' ? scheme.toLowerCase() : scheme.toUpperCase()
}

/** The credential expression inside double quotes, where curl can send it. */
function credentialExpression(target: Target, send: Send): string | undefined {
  const what = send.with
  if (typeof what !== 'object' || !('valid' in what)) return undefined
  if (what.valid === 'bearer' || what.valid === 'jwt') return bearerExpression(target, what)
  const but: BasicFault = what.but ?? {}
  if (Object.keys(but).some((name) => !sendable.has(name))) return undefined
  if (what.valid === 'basic') {
    const word = schemeWord('Basic', but)
    const text = basicExpression(what.account ?? 'default', but)
    return word === undefined || text === undefined ? undefined : joined(word, text, but)
  }
  const own = what.account ?? tokenWord(target)
  const word = schemeWord(own, but)
  return word === undefined || 'token' in but
    ? undefined
    : joined(word, `$${variable('SCHEME', own)}`, but)
}

const fieldMembers: ReadonlySet<string> = new Set(['scheme', 'separator', 'after'])

function bearerExpression(
  target: Target,
  what: BearerCredential | JwtCredential,
): string | undefined {
  const word = schemeWord('Bearer', what.but ?? {})
  const text = tokenExpression(target.supplied, variableFor, what, fieldMembers)
  return word === undefined || text === undefined ? undefined : joined(word, text, what.but ?? {})
}

function tokenWord(target: Target): string {
  return Object.keys(target.supplied.tokens)[0] ?? 'Token'
}

function joined(word: string, text: string, but: FieldFault): string | undefined {
  const separator = but.separator === undefined ? ' ' : bytesOf(but.separator)
  const tail = but.after === undefined ? '' : bytesOf(but.after)
  // Printable bytes that mean nothing to a shell between double quotes.
  return /^[\w ,.:;=-]*$/.test(word + separator + tail)
    ? `${word}${separator}${text}${tail}`
    : undefined
}

function requestOptions(but: RequestFault): string[] | undefined {
  const { method, fields, version, ...rest } = but
  if (Object.keys(rest).length > 0) return undefined
  const options: string[] = []
  if (method === 'HEAD') options.push('-I')
  else if (method !== undefined) options.push('-X', quoteForShell(method))
  if (version !== undefined) options.push('--http1.0')
  for (const field of fields ?? []) {
    const line = fieldOption(field.name, bytesOf(field.value))
    if (line === undefined) return undefined
    options.push(...line)
  }
  return options
}

/** A field line, where curl writes it as it is given: it drops one without a value unless told. */
function fieldOption(name: string, value: string): string[] | undefined {
  if (!/^[\x21-\x7e]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value)) return undefined
  return ['-H', quoteForShell(value === '' ? `${name};` : `${name}: ${value}`)]
}

function authorizationOption(target: Target, send: Send): string[] | undefined {
  const what = send.with
  if (what === 'nothing') return []
  if ('authorization' in what) return fieldOption('Authorization', bytesOf(what.authorization))
  if ('stranger' in what) {
    // One whose signature is spoilt is made of the valid token.
    if (what.stranger === 'jwt') return undefined
    const word = what.stranger === 'token' ? tokenWord(target) : 'Bearer'
    return what.stranger === 'basic'
      ? ['-u', 'nobody:nothing']
      : fieldOption('Authorization', `${word} nobody-issued-this`)
  }
  const expression = credentialExpression(target, send)
  return expression === undefined ? undefined : ['-H', `"Authorization: ${expression}"`]
}

/** A curl command that sends the exchange, with secrets as environment variables; only where curl can. */
export function curlFor(
  target: Target,
  asked: Send,
  kind: CredentialKind | undefined,
): string | undefined {
  const send = boundTo(asked, kind ?? kindsOffered(target)[0])
  const found = operationOf(target, send.to, kind)
  const options = requestOptions(send.but ?? {})
  const authorization = authorizationOption(target, send)
  if (found === undefined || options === undefined || authorization === undefined) return undefined
  const { operation, url } = found
  const own: string[] = []
  if (operation.method !== 'GET' && send.but?.method === undefined) own.push('-X', operation.method)
  for (const [name, value] of operation.fields ?? [])
    own.push('-H', quoteForShell(`${name}: ${value}`))
  if (operation.body !== undefined) {
    own.push(
      '-H',
      quoteForShell(`Content-Type: ${operation.body.type}`),
      '--data-binary',
      quoteForShell(operation.body.text),
    )
  }
  for (const [name] of target.fields) own.push('-H', `"${name}: $${variable('HEADER', name)}"`)
  return ['curl', '-i', ...own, ...options, quoteForShell(url.href), ...authorization].join(' ')
}
