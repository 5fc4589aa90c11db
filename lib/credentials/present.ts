import type { CredentialKind, FieldFault, TextChange, With } from '../model/case.ts'
import type { Account, Target } from '../model/profile.ts'
import type { Random } from '../text/random.ts'
import { lenderOf, presentBasic, sayBasicFault } from './basic.ts'
import { base64, bytesOf, nameBytes, utf8 } from './bytes.ts'
import { type Placed, type Presented, place, sayFieldFault, valueSpans } from './field.ts'
import { plain } from './spans.ts'
import { changeText, otherText, sayTextChange } from './text-change.ts'

/** What cannot be built because the operator did not supply it. */
export interface Missing {
  readonly missing: string
  readonly option: string
}

/** A credential ready for a request, with what a reader and the budget need to know of it. */
export interface Credential {
  readonly placed: Placed
  /** The credential in words, faults apart. */
  readonly say: string
  readonly faults: readonly string[]
  /** Present where its refusal is a failed log-in; `user` where one can be named. */
  readonly login?: { readonly user?: string }
  /** The secret forms that are sent, faulted ones too: no answer and no report may repeat them. */
  readonly secrets: readonly string[]
}

const nowhere: Placed = { lines: [], trailers: [] }

interface Source {
  readonly target: Target
  readonly random: Random
}

function accountOf(target: Target, name: string): Account | undefined {
  return Object.hasOwn(target.supplied.accounts, name) ? target.supplied.accounts[name] : undefined
}

function missingAccount(name: string): Missing {
  return name === 'default'
    ? { missing: 'Basic credentials', option: '--user NAME:PASSWORD' }
    : {
        missing: `an account named ${name}`,
        option: `--account ${name}=USER:PASSWORD`,
      }
}

function strangerBasic(
  source: Source,
): Presented & { readonly user: string; readonly password: string } {
  const known = source.target.profile.stranger === 'known-user'
  const account = accountOf(source.target, 'default')
  const user = known && account ? utf8(account.user) : source.random.text(12)
  const password = source.random.text(20)
  return {
    scheme: 'Basic',
    credentials: base64(`${user}:${password}`),
    label: known ? 'the user with a wrong password, Base64' : 'an unknown user, Base64',
    faulty: true,
    user,
    password,
  }
}

function tokenOf(target: Target, word: string | undefined): readonly [string, string] | undefined {
  const entries = Object.entries(target.supplied.tokens)
  return word === undefined ? entries[0] : entries.find(([name]) => name === word)
}

function strangerToken(source: Source, kind: CredentialKind): Presented {
  const [word, like] =
    kind === 'token'
      ? (tokenOf(source.target, undefined) ?? ['Token', 'x'.repeat(24)])
      : ['Bearer', source.target.supplied.bearer ?? 'x'.repeat(24)]
  return {
    scheme: word,
    credentials: otherText(like, source.random),
    label: 'a random token',
    faulty: true,
  }
}

function strangerOf(
  source: Source,
  kind: CredentialKind,
): Presented & { readonly user?: string; readonly password?: string } {
  return kind === 'basic' ? strangerBasic(source) : strangerToken(source, kind)
}

function basicCredential(
  source: Source,
  name: string,
  but: NonNullable<Extract<With, { valid: 'basic' }>['but']>,
): Credential | Missing {
  const account = accountOf(source.target, name)
  if (account === undefined) return missingAccount(name)
  const lends = lenderOf(but)
  const lender = lends === undefined ? undefined : accountOf(source.target, lends)
  if (lends !== undefined && lender === undefined) return missingAccount(lends)
  const presented = presentBasic(name, account, but, source.random, lender)
  const stranger = valueSpans(strangerBasic(source), {})
  const userinfo = `${encodeURIComponent(account.user)}:${encodeURIComponent(account.password)}`
  const colon = presented.userPass.indexOf(':')
  const swapped = but.userPass === 'swapped'
  return {
    placed: place(presented, but, { stranger, userinfo }),
    say: `the ${name} account by Basic`,
    faults: [...sayBasicFault(but), ...sayFieldFault(but)],
    login: colon > 0 && !swapped ? { user: presented.userPass.slice(0, colon) } : {},
    // A name alone is no secret, whatever a fault has made of the pair.
    secrets: [
      presented.credentials,
      presented.userPass,
      presented.userPass.slice(colon + 1),
      ...(swapped ? [utf8(account.password)] : []),
    ].filter((each) => each !== utf8(account.user)),
  }
}

function tokenCredential(
  source: Source,
  kind: 'token' | 'bearer',
  found: readonly [string, string],
  but: FieldFault & { readonly token?: TextChange },
): Credential {
  const [scheme, text] = found
  const token = but.token === undefined ? text : changeText(text, but.token, source.random)
  const label = but.token === undefined ? 'the token' : `the token ${sayTextChange(but.token)}`
  const presented = { scheme, credentials: token, label, faulty: but.token !== undefined }
  const stranger = valueSpans(strangerToken(source, kind), {})
  const faults = but.token === undefined ? [] : [`the token ${sayTextChange(but.token)}`]
  return {
    placed: place(presented, but, { stranger, userinfo: text }),
    say: `the token by ${scheme}`,
    faults: [...faults, ...sayFieldFault(but)],
    ...(kind === 'token' ? { login: {} } : {}),
    secrets: [token],
  }
}

function strangerCredential(source: Source, kind: CredentialKind): Credential {
  const stranger = strangerOf(source, kind)
  return {
    placed: {
      ...nowhere,
      lines: [{ name: [plain('Authorization')], value: valueSpans(stranger, {}) }],
    },
    say:
      kind === 'basic'
        ? 'an unknown user by Basic'
        : `a token nobody issued, by ${stranger.scheme}`,
    faults: [],
    ...(kind === 'basic' || kind === 'token'
      ? { login: stranger.user === undefined ? {} : { user: stranger.user } }
      : {}),
    secrets: [
      stranger.credentials,
      ...(stranger.password === undefined ? [] : [stranger.password]),
    ],
  }
}

/** Turns the `with` of a case into a credential in its place; says what is missing where it cannot. */
export function present(source: Source, what: With): Credential | Missing {
  if (what === 'nothing') return { placed: nowhere, say: 'no credentials', faults: [], secrets: [] }
  if ('authorization' in what) {
    const value = bytesOf(what.authorization)
    const basic = /^basic\b/i.test(value)
    return {
      placed: {
        ...nowhere,
        lines: [{ name: [plain('Authorization')], value: [plain(value, true)] }],
      },
      say: `an Authorization field with ${nameBytes(what.authorization)}`,
      faults: [],
      ...(basic ? { login: {} } : {}),
      secrets: [],
    }
  }
  if ('stranger' in what) return strangerCredential(source, what.stranger)
  if (what.valid === 'basic') {
    return basicCredential(source, what.account ?? 'default', what.but ?? {})
  }
  if (what.valid === 'token') {
    const found = tokenOf(source.target, what.account)
    if (found === undefined) return { missing: 'an API token', option: '--scheme WORD=SECRET' }
    return tokenCredential(source, 'token', found, what.but ?? {})
  }
  if (what.valid === 'bearer') {
    const { bearer } = source.target.supplied
    if (bearer === undefined) return { missing: 'a bearer token', option: '--bearer TOKEN' }
    return tokenCredential(source, 'bearer', ['Bearer', bearer], what.but ?? {})
  }
  return { missing: 'a JSON Web Token', option: '--bearer TOKEN' }
}
