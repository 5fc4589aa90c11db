/** User-id and password as members of JSON content, as log-ins by form take them. */
import type { BasicFault } from '../model/case.ts'
import type { Labelled } from '../model/exchange.ts'
import type { Account } from '../model/profile.ts'
import { utf8 } from './bytes.ts'
import { type Credential, nowhere, type Source } from './credential.ts'
import { plain, secret } from './spans.ts'
import { changeText, sayTextChange } from './text-change.ts'

/** User-id and password, each as UTF-8 in latin1. */
interface Pair {
  readonly user: string
  readonly password: string
}

type Names = NonNullable<Source['members']>

function inside(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** An object with two members; the password is shown as its label. */
export function membersContent(
  names: Names,
  pair: Pair,
  label: string,
): { readonly type: string; readonly body: Labelled } {
  const name = (text: string): string => `"${utf8(inside(text))}":"`
  return {
    type: 'application/json',
    body: [
      plain(`{${name(names.user)}`),
      // A name alone is no secret.
      plain(`${inside(pair.user)}",${name(names.password)}`),
      secret(inside(pair.password), label),
      plain('"}'),
    ],
  }
}

/** The credentials of an account with at most one part changed; faults of the field mean nothing here. */
export function membersCredential(
  source: Source,
  name: string,
  account: Account,
  but: BasicFault,
): Credential {
  const changed = (text: string, change: BasicFault['password']): string =>
    change === undefined || (typeof change === 'object' && 'ofAccount' in change)
      ? utf8(text)
      : changeText(utf8(text), change, source.random)
  const user = changed(account.user, but.user)
  const password = changed(account.password, but.password)
  const faults = [
    ...(but.user === undefined ? [] : [`the user-id ${sayTextChange(but.user)}`]),
    ...(typeof but.password === 'object' && 'ofAccount' in but.password
      ? []
      : but.password === undefined
        ? []
        : [`the password ${sayTextChange(but.password)}`]),
  ]
  const names = source.members ?? { user: 'user', password: 'password' }
  return {
    placed: { ...nowhere, content: membersContent(names, { user, password }, 'password') },
    say: `the ${name} account by JSON`,
    faults,
    login: { user },
    secrets: [password, utf8(account.password)],
  }
}
