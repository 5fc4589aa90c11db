import type { CredentialKind, TokenFault, With } from '../model/case.ts'
import type { Account, Target } from '../model/profile.ts'
import { lenderOf, presentBasic, sayBasicFault } from './basic.ts'
import { bearerCredential, jwtCredential, strangerBearer, strangerJwt } from './bearer.ts'
import { base64, bytesOf, nameBytes, utf8 } from './bytes.ts'
import { type Credential, type Missing, nowhere, type Source } from './credential.ts'
import { type Placed, type Presented, place, sayFieldFault, valueSpans } from './field.ts'
import { membersContent, membersCredential } from './members.ts'
import { plain } from './spans.ts'
import { changeText, otherText, sayTextChange } from './text-change.ts'

export type { Credential, Missing } from './credential.ts'

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
  const account = accountOf(source.target, source.account ?? 'default')
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

function strangerToken(source: Source): Presented {
  const [word, like] = tokenOf(source.target, undefined) ?? ['Token', 'x'.repeat(24)]
  return {
    scheme: word,
    credentials: otherText(like, source.random),
    label: 'a random token',
    faulty: true,
  }
}

type Stranger = Presented & { readonly user?: string; readonly password?: string }

const strangers: Readonly<Record<CredentialKind, (source: Source) => Stranger>> = {
  basic: strangerBasic,
  token: strangerToken,
  bearer: strangerBearer,
  jwt: strangerJwt,
}

function basicCredential(
  source: Source,
  name: string,
  but: NonNullable<Extract<With, { valid: 'basic' }>['but']>,
): Credential | Missing {
  const account = accountOf(source.target, name)
  if (account === undefined) return missingAccount(name)
  if (source.members !== undefined) return membersCredential(source, name, account, but)
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
  found: readonly [string, string],
  but: TokenFault,
): Credential {
  const [scheme, text] = found
  const token = but.token === undefined ? text : changeText(text, but.token, source.random)
  const label = but.token === undefined ? 'the token' : `the token ${sayTextChange(but.token)}`
  const presented = { scheme, credentials: token, label, faulty: but.token !== undefined }
  const stranger = valueSpans(strangerToken(source), {})
  const faults = but.token === undefined ? [] : [`the token ${sayTextChange(but.token)}`]
  return {
    placed: place(presented, but, { stranger, userinfo: text }),
    say: `the token by ${scheme}`,
    faults: [...faults, ...sayFieldFault(but)],
    login: {},
    secrets: [token],
  }
}

function sayStranger(kind: CredentialKind, { scheme, label }: Stranger): string {
  if (kind === 'basic') return 'an unknown user by Basic'
  return kind === 'jwt' ? `the ${label}, by ${scheme}` : `a token nobody issued, by ${scheme}`
}

function placeStranger({ members }: Source, stranger: Stranger): Placed {
  const { user, password } = stranger
  if (members !== undefined && user !== undefined && password !== undefined) {
    return { ...nowhere, content: membersContent(members, { user, password }, stranger.label) }
  }
  return {
    ...nowhere,
    lines: [{ name: [plain('Authorization')], value: valueSpans(stranger, {}) }],
  }
}

function strangerCredential(source: Source, kind: CredentialKind): Credential {
  const stranger = strangers[kind](source)
  return {
    placed: placeStranger(source, stranger),
    say: sayStranger(kind, stranger),
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
  if (what.valid === 'any') return present(source, { ...what, valid: 'basic' })
  if (what.valid === 'basic') {
    return basicCredential(source, what.account ?? source.account ?? 'default', what.but ?? {})
  }
  if (what.valid === 'token') {
    const found = tokenOf(source.target, what.account)
    if (found === undefined) return { missing: 'an API token', option: '--scheme WORD=SECRET' }
    return tokenCredential(source, found, what.but ?? {})
  }
  return what.valid === 'bearer' ? bearerCredential(source, what) : jwtCredential(source, what)
}
