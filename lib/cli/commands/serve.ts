import { type Reference, startReference, type VendorMaterial } from '../../reference/start.ts'
import { commandText } from '../command-text.ts'
import { builtInSystems } from '../demo-target.ts'
import type { ExitCode } from '../exit.ts'
import type { ServeInvocation } from '../invocation.ts'
import { type Io, remark, say } from '../io.ts'
import { allMutants, mutantNamed, systemsNamed } from '../mutants.ts'
import { profiles } from '../profiles.ts'
import { defined } from '../run-settings.ts'
import { faultCode } from '../settings.ts'
import { UsageError } from '../usage-error.ts'

type Named = readonly (readonly [name: string, secret: string])[]

function accountsOf(accounts: VendorMaterial['accounts']): Named {
  return Object.entries(accounts).map(
    ([name, { user, password }]) => [name, `${user}:${password}`] as const,
  )
}

/** What its client needs: accounts, or tokens and the key that signs them. */
function secretsOf(system: string, { accounts, token, vendor }: Reference): Named {
  if (system === 'bearer') return [['token', token ?? '']]
  if (vendor === undefined) return accountsOf(accounts)
  const bearer: Named = vendor.bearer === undefined ? [] : [['token', vendor.bearer]]
  return [...accountsOf(vendor.accounts), ...Object.entries(vendor.tokens), ...bearer]
}

/** What an operator of what it stands for has to give; further accounts are listed above. */
function ofVendor(system: string, { accounts, tokens, bearer }: VendorMaterial): readonly string[] {
  const { operations = {} } = profiles.find(({ id }) => id === system) ?? {}
  const used = Object.values(operations).flatMap((each) =>
    each !== undefined && 'account' in each ? [each.account] : [],
  )
  const own = accountsOf(accounts).flatMap(([name, pair]) => {
    if (name === 'default') return ['--user', pair]
    return used.includes(name) ? ['--account', `${name}=${pair}`] : []
  })
  const words = Object.entries(tokens).flatMap(([word, secret]) => [
    '--scheme',
    `${word}=${secret}`,
  ])
  const token = bearer === undefined ? [] : ['--bearer', bearer]
  return ['--profile', system, ...own, ...words, ...token]
}

function judgedWith(system: string, reference: Reference, keySet?: string): readonly string[] {
  const { user, password } = reference.accounts.default
  if (system === 'bearer') {
    const named = keySet === undefined ? [] : ['--key-set', keySet]
    return ['--bearer', reference.token ?? '', ...named]
  }
  const { vendor } = reference
  const own = vendor === undefined ? ['--user', `${user}:${password}`] : ofVendor(system, vendor)
  // Its authority lives as long as it does, and is in no file.
  return reference.httpUrl === undefined
    ? own
    : [...own, '--insecure', '--http-url', local(reference.httpUrl)]
}

/** The address for whoever is on this machine. */
function local(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:')
}

/** Starts the built-in server and keeps it until it is interrupted. */
export async function serve(invocation: ServeInvocation, io: Io): Promise<ExitCode> {
  const mutant =
    invocation.mutant === undefined ? undefined : mutantNamed(invocation.mutant, await allMutants())
  const [system = 'generic'] = systemsNamed(invocation.system ?? mutant?.system, builtInSystems)
  const { port, expose } = invocation
  const reference = await startReference({
    system,
    port,
    ...(expose ? { host: '0.0.0.0' } : {}),
    ...defined({ mutant: mutant?.id }),
  }).catch((error: unknown) => {
    throw new UsageError('bad-value', `--port: cannot listen on ${port} (${faultCode(error)}).`)
  })
  const address = local(reference.url)
  say(io.out, `${system}${mutant === undefined ? '' : ` with ${mutant.id}: ${mutant.does}`}`)
  const { jwksPath, vendor } = reference
  if (vendor === undefined) {
    say(io.out, `  protected   ${address}`)
    say(io.out, `  public      ${local(reference.publicUrl)}`)
  } else say(io.out, `  below       ${address}`)
  const keySet = jwksPath === undefined ? undefined : new URL(jwksPath, address).href
  if (keySet !== undefined) say(io.out, `  key set     ${keySet}`)
  if (reference.httpUrl !== undefined) say(io.out, `  http door   ${local(reference.httpUrl)}`)
  for (const [name, secret] of secretsOf(system, reference)) {
    say(io.out, `  ${name.padEnd(11)} ${secret}`)
  }
  const judge = ['--target', address, ...judgedWith(system, reference, keySet)]
  say(io.out, `\nJudge it with: ${commandText(judge)}`)
  if (expose) remark('reachable from other machines, and broken on purpose.', io.err)
  await new Promise<void>((resolve) => {
    const forget = io.onInterrupt(() => {
      forget()
      resolve()
    })
  })
  await reference.close()
  return 0
}
