import type { Send } from '../../model/case.ts'
import type { Profile, Target } from '../../model/profile.ts'
import { isMetadata, kindOf, sendsOf } from '../../notation/derive.ts'
import type { Variation } from '../../notation/expand.ts'
import { accountsFrom } from '../../reference/accounts.ts'
import { quoteForShell } from '../../text/shell.ts'
import { commandText } from '../command-text.ts'
import { corpusWith, profileForSuite, withPreflight } from '../corpus.ts'
import { withTokens } from '../example-tokens.ts'
import type { ExitCode } from '../exit.ts'
import { explainVariation, variationNamed } from '../explained.ts'
import { explainedText } from '../explained-text.ts'
import type { ExplainInvocation } from '../invocation.ts'
import type { Io } from '../io.ts'
import { didYouMean } from '../suggest.ts'
import { staysHere } from '../target-url.ts'
import { UsageError } from '../usage-error.ts'
import { toolVersion } from '../versions.ts'

const example = new URL('https://api.example.test/protected')

/** Accounts of nobody under every name the case uses, so that it can be built. */
function exampleAccounts(found: Variation, profile: Profile): Target['supplied']['accounts'] {
  const sends = [found.send, ...sendsOf(found.case).map((step) => step.send)]
  const names = sends.flatMap((send) =>
    typeof send?.with === 'object' && 'valid' in send.with ? (send.with.account ?? []) : [],
  )
  const own = Object.values(profile.operations).flatMap((binding) =>
    binding !== undefined && 'account' in binding ? (binding.account ?? []) : [],
  )
  const example = { user: 'example', password: 'an-example-password' }
  return {
    ...Object.fromEntries([...names, ...own].map((name) => [name, example])),
    ...accountsFrom('explain'),
  }
}

function exampleTarget(invocation: ExplainInvocation, found: Variation, profile: Profile): Target {
  const url = invocation.url ?? example
  const target: Target = {
    profile,
    url,
    ...(staysHere(url, []) ? {} : { remote: true as const }),
    publicUrl: new URL('/public', url),
    keySetUrl: new URL('/jwks.json', url),
    supplied: {
      accounts: exampleAccounts(found, profile),
      tokens: { Token: 'a-token-of-nobody-at-all' },
    },
    fields: [],
  }
  const sends = sendsIn(found).filter(isToken)
  return sends.length === 0 ? target : withTokens(target, sends, 'jwt')
}

function sendsIn(found: Variation): readonly Send[] {
  return found.send === undefined ? sendsOf(found.case).map(({ send }) => send) : [found.send]
}

function isToken({ to, with: what }: Send): boolean {
  return kindOf(what) === 'jwt' || kindOf(what) === 'bearer' || isMetadata(to)
}

/** Prints what a case sends, what it wants and why, and how to repeat it; sends nothing. */
export async function explain(invocation: ExplainInvocation, io: Io): Promise<ExitCode> {
  const corpus = corpusWith(invocation.suiteFiles, io.readFile)
  const suites = withPreflight(corpus)
  const found = variationNamed(suites, invocation.id)
  if (found === undefined) {
    const ids = suites.flatMap((suite) => suite.cases.map(({ id }) => id))
    throw new UsageError(
      'unknown-name',
      `There is no case ${JSON.stringify(invocation.id)}.`,
      didYouMean(invocation.id, ids) ?? 'See `npx http-auth-conformance list`.',
    )
  }
  const profile = profileForSuite(invocation.profile, found.suite, corpus, io.readFile)
  const seed = invocation.seed ?? '1'
  const words = invocation.repeat.length === 0 ? ['--target', example.href] : invocation.repeat
  const explained = explainVariation(found, suites, {
    target: exampleTarget(invocation, found, profile),
    clauses: corpus.clauses,
    seed,
    version: toolVersion(),
    command: `${commandText(words)} --only ${quoteForShell(found.id)} --seed ${quoteForShell(seed)}`,
  })
  io.out.write(
    invocation.json ? `${JSON.stringify(explained, null, 2)}\n` : explainedText(explained, io.out),
  )
  return 0
}
