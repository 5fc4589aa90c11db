import type { CredentialKind } from '../model/case.ts'
import type { Answer } from '../model/exchange.ts'
import type { PreflightFinding } from '../model/report.ts'
import { visible } from '../text/visible.ts'
import type { Performed, RunContext } from './context.ts'
import { hintOnPath, hintOnSilence } from './hints.ts'
import { isUsable, type Samples } from './samples.ts'
import { proposeWitness } from './witness.ts'

/** A finding that keeps everything from being judged. */
export function finding(
  id: string,
  say: string,
  more: Partial<PreflightFinding> = {},
): PreflightFinding {
  return { id, holds: false, say, blocks: true, ...more }
}

/** What was called off says nothing of the target. */
export function interrupted(): PreflightFinding {
  return finding('interrupted', 'The run was interrupted before anything could be judged.')
}

/** Why the target could not be asked at all, if so. */
export function unreachable(
  context: RunContext,
  performed: Performed,
): PreflightFinding | undefined {
  const { trouble, ending, answer } = performed.exchange
  if (answer !== undefined) return undefined
  const say =
    trouble?.say ??
    (ending === 'closed'
      ? 'The server refused the connection.'
      : 'The server gave no complete answer.')
  const hint = hintOnSilence(performed.exchange)
  return finding('reachable', sentence(`${context.target.url.host} could not be asked: ${say}`), {
    exchanges: [performed.exchange.n],
    ...(hint === undefined ? {} : { hint }),
  })
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** The operator's own credentials were not granted; `why` where the credential itself shows it. */
export function refusedValid(
  kind: CredentialKind,
  samples: Samples,
  why?: string,
): PreflightFinding | undefined {
  const statuses = samples.valid.map((each) => each.exchange.answer?.status)
  const [status] = statuses
  const bad = (each: number | undefined): boolean =>
    each !== undefined && (each === 401 || each === 403 || each === 407)
  const usual = samples.valid.filter(isUsable)
  if (usual.length === 0) {
    const last = samples.valid.at(-1)
    const got = last?.exchange.answer?.status ?? last?.exchange.trouble?.say ?? 'nothing'
    return finding(
      'credential-granted',
      `The valid ${kind} credentials got no answer to learn from (${got}).`,
      {
        hint: 'Check what this URL answers to a request with these credentials.',
      },
    )
  }
  if (!bad(status)) return undefined
  return finding(
    'credential-granted',
    `The valid ${kind} credentials were refused (${status}), so nothing can be judged.`,
    {
      hint: why ?? optionHints[kind],
      exchanges: samples.valid.map((each) => each.exchange.n),
    },
  )
}

const optionHints: Readonly<Record<CredentialKind, string>> = {
  basic:
    'Check --user NAME:PASSWORD and that --target is a URL this account may read; a proxy may also strip the Authorization field.',
  token: 'Check --scheme WORD=SECRET: the scheme word, and that the token is valid for this URL.',
  bearer: 'Check --bearer TOKEN: it may have expired, or be meant for another URL.',
  jwt: "Check --signing-key, --kid, --issuer, --audience and --claims: the server must trust this key and take these claims, a sub that it knows among them (an issued token given with --bearer is copied). Times in the token follow the server's clock.",
}

/** Granted and refused answers look alike; proposes a witness where there is one. */
export function nothingTells(
  granted: Answer[],
  refused: Answer[],
  isSecret: (text: string) => boolean,
): PreflightFinding {
  const witness = proposeWitness(granted, refused, isSecret)
  return finding(
    'told-apart',
    'Granted and refused answers look alike here, so nothing can be judged.',
    {
      hint:
        witness === undefined
          ? 'Give a URL whose answer differs by credentials, or say how to tell with --witness.'
          : `Say how to tell them apart, for instance: --witness ${JSON.stringify(`text=${visible(witness, 60)}`)}`,
    },
  )
}

/** Valid credentials change nothing, and what comes is no success. */
export function sameForAll(status: number, path: string): PreflightFinding {
  return finding(
    'credential-granted',
    `Valid credentials are answered as none are (${status}), so nothing can be judged.`,
    {
      hint:
        status === 404
          ? hintOnPath(path)
          : 'Check the credentials, and that --target is a URL which answers 2xx to them.',
    },
  )
}
