import { mutants, type ReferenceSystem, startReference } from '../../reference/start.ts'
import { commandText } from '../command-text.ts'
import type { ExitCode } from '../exit.ts'
import type { ServeInvocation } from '../invocation.ts'
import { type Io, remark, say } from '../io.ts'
import { mutantNamed, systemsNamed } from '../mutants.ts'
import { defined } from '../run-settings.ts'
import { faultCode } from '../settings.ts'
import { UsageError } from '../usage-error.ts'

/** The systems of the built-in server, as far as there are any. */
export function builtInSystems(): readonly ReferenceSystem[] {
  return [...new Set(mutants.map(({ system }) => system))]
}

/** Starts the built-in server and keeps it until it is interrupted. */
export async function serve(invocation: ServeInvocation, io: Io): Promise<ExitCode> {
  const mutant =
    invocation.mutant === undefined ? undefined : mutantNamed(invocation.mutant, mutants)
  const [system = 'generic'] = systemsNamed(invocation.system ?? mutant?.system, builtInSystems())
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
  for (const [name, { user, password }] of Object.entries(reference.accounts))
    say(io.out, `  ${name.padEnd(11)} ${user}:${password}`)
  const { user, password } = reference.accounts.default
  const judge = ['--target', address, '--user', `${user}:${password}`]
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
