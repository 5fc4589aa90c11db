import type { Profile } from '../model/profile.ts'
import { options } from './options-table.ts'
import type { Settings } from './settings.ts'
import { type Resolve, staysHere } from './target-url.ts'
import { UsageError } from './usage-error.ts'
import { flag, listed, one } from './values.ts'

/** Settings that decide where bytes go or how well that is checked. */
const steering = ['resolve', 'insecure', 'http-url'] as const

function secretsIn(settings: Settings): ReturnType<Settings['get']> & object {
  return options.flatMap(({ name, secret, opens }) =>
    secret || opens ? (settings.get(name) ?? []) : [],
  )
}

/**
 * A configuration file may come from whoever wrote the change under test: what it did not contain
 * itself, it may not send anywhere. Throws UsageError where it tries.
 */
export function checkOrigin(settings: Settings): void {
  const foreign = secretsIn(settings).find(
    ({ source }) => source.kind !== 'config' || source.pointed === true,
  )
  if (foreign === undefined) return
  if (one(settings, 'target')?.source.kind === 'config') {
    throw new UsageError(
      'secret-origin',
      'A configuration file names the target, and a secret comes from outside that file.',
      'Give the target with --target or CONFORMANCE_TARGET.',
    )
  }
  const allows = listed(settings, 'allow').filter(({ text }) => text === 'cleartext-secret')
  const steered = [...steering.flatMap((name) => settings.get(name) ?? []), ...allows]
  const bent = steered.find(({ source }) => source.kind === 'config')
  if (bent === undefined) return
  throw new UsageError(
    'secret-origin',
    `${bent.source.name} steers where a secret goes that comes from outside that file.`,
    'Give this option on the command line.',
  )
}

/**
 * What is hosted has an https URL, and whatever answers at an http one elsewhere is not what is meant.
 * Throws UsageError.
 */
export function checkHosted(
  profile: Profile | undefined,
  url: URL,
  resolve: readonly Resolve[],
): void {
  if (profile?.httpsOnly !== true || url.protocol === 'https:' || staysHere(url, resolve)) return
  throw new UsageError(
    'https-only',
    `${profile.title} is reached by https alone: give its URL with https:// as --target.`,
  )
}

/** Real credentials stay off readable wires and unproven hosts unless that was asked for by name. */
export function checkExposure(settings: Settings, url: URL, resolve: readonly Resolve[]): void {
  const allowed = listed(settings, 'allow').some(({ text }) => text === 'cleartext-secret')
  if (allowed || secretsIn(settings).length === 0 || staysHere(url, resolve)) return
  if (url.protocol === 'http:') {
    throw new UsageError(
      'cleartext-secret',
      'Credentials would travel in cleartext to a host that is not this machine.',
      'Use https, or say --allow cleartext-secret.',
    )
  }
  if (flag(settings, 'insecure')) {
    throw new UsageError(
      'unverified-certificate',
      'With --insecure, credentials would go to whoever answers.',
      'Name the certificate with --ca, or say --allow cleartext-secret.',
    )
  }
}
