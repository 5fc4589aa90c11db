import { type Reference, startReference } from '../../reference/start.ts'
import { commandText } from '../command-text.ts'
import { builtInSystems } from '../demo-target.ts'
import type { ExitCode } from '../exit.ts'
import type { ServeInvocation } from '../invocation.ts'
import { type Io, remark, say } from '../io.ts'
import { allMutants, mutantNamed, systemsNamed } from '../mutants.ts'
import { defined } from '../run-settings.ts'
import { faultCode } from '../settings.ts'
import { UsageError } from '../usage-error.ts'

/** What its client needs: accounts, or tokens and the key that signs them. */
function secretsOf(system: string, reference: Reference): readonly (readonly [string, string])[] {
  if (system === 'bearer') return [['token', reference.token ?? '']]
  return Object.entries(reference.accounts).map(
    ([name, { user, password }]) => [name, `${user}:${password}`] as const,
  )
}

function judgedWith(system: string, reference: Reference, keySet?: string): readonly string[] {
  const { user, password } = reference.accounts.default
  if (system === 'bearer') {
    const named = keySet === undefined ? [] : ['--key-set', keySet]
    return ['--bearer', reference.token ?? '', ...named]
  }
  const own = ['--user', `${user}:${password}`]
  // Its authority lives as long as it does, and is in no file.
  return reference.httpUrl === undefined
    ? own
    : [...own, '--insecure', '--http-url', reference.httpUrl]
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
  const address = reference.url.replace('//0.0.0.0:', '//127.0.0.1:')
  const open = reference.publicUrl.replace('//0.0.0.0:', '//127.0.0.1:')
  say(io.out, `${system}${mutant === undefined ? '' : ` with ${mutant.id}: ${mutant.does}`}`)
  say(io.out, `  protected   ${address}`)
  say(io.out, `  public      ${open}`)
  const { jwksPath } = reference
  const keySet = jwksPath === undefined ? undefined : new URL(jwksPath, address).href
  if (keySet !== undefined) say(io.out, `  key set     ${keySet}`)
  if (reference.httpUrl !== undefined) say(io.out, `  http door   ${reference.httpUrl}`)
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
