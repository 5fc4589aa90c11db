/** The key set that this tool hosts while it judges: what is published, and who has fetched it. */
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { HostedKeys } from '../credentials/jwt/hosted-keys.ts'
import type { Keyring } from '../credentials/jwt/keyring.ts'
import type { ClientHello } from '../host/hello.ts'
import { isBroken, keySetDocument, plainEntry } from '../host/key-set.ts'
import type { HostDocument, Listener, ListenerManner } from '../host/listener.ts'
import { type Approach, speaksOldTls } from '../host/secure.ts'
import type { Algorithm } from '../jose/algorithms.ts'
import { type Jwk, toJwk } from '../jose/jwk.ts'
import type { HostedAnswer, PublishStep } from '../model/case.ts'
import type { Reason } from '../model/report.ts'
import type { Authority } from '../x509/authority.ts'
import { isRelayed, mannerOf, spoiltBy } from './hosted-way.ts'
import type { KeyRefresh } from './key-refresh.ts'

/** Where the target reads the key set. */
export type HostedAt =
  | {
      /** The path on the listener; one that nobody can guess unless told. */
      readonly path?: string
      /** The whole URL as the target sees it, where that is another. */
      readonly url?: URL
      /** Whom the target trusts to vouch for https hosts: the set is served by https then. */
      readonly authority?: Authority
      /** Told once the set can be fetched, and before anything is sent. */
      readonly ready?: (url: string, seconds: number) => void
    }
  | { readonly file: string }

/** The key set of a run. */
export interface Hosting {
  /** The URL or the file. */
  readonly where: string
  /** False for a file: who reads it cannot be seen. */
  readonly watched: boolean
  /** True where the target reads it at another origin than that of our listener. */
  readonly elsewhere: boolean
  /** True where it is served by https, with a certificate that the target trusts. */
  readonly secured: boolean
  /** True where this machine can speak TLS 1.1 to it. */
  readonly oldTls: boolean
  /** Milliseconds within which what is published has to be in use. */
  readonly refreshMs: number
  readonly keys: HostedKeys
  readonly publish: (step: PublishStep) => void
  /** Publishes what the run began with. */
  readonly restore: () => void
  /** Fetches so far. */
  readonly fetches: () => number
  /** Whether the target has fetched what was published last, or came for it where no fetch is possible. */
  readonly fetched: () => boolean
  /** Connections to its door so far; none where no TLS is spoken. */
  readonly came: () => readonly Approach[]
  /** Whether something between the target and us has passed a fetch on, and may have ended its TLS. */
  readonly relayed: () => boolean
  /** Whether it takes more than one answer of ours to get at what is published. */
  readonly roundabout: () => boolean
  /** What was said at its door since then. */
  readonly hellos: () => readonly ClientHello[]
  /** Whether nothing that is published now can verify a token. */
  readonly broken: () => boolean
  /** Leaves the place as it was found; may be called twice. */
  readonly close: () => Promise<void>
  /** How the target is asked to read the set, where it does not do so by itself. */
  readonly refresh: KeyRefresh | undefined
  /** How often it was asked in this run. */
  asks: number
  /** Its answer to the last request to read what was published last; undefined before there is one. */
  asked: { readonly n: number; readonly status: number } | undefined
  /** The status by which it refused to be asked: it is not asked again. */
  refusal: number | undefined
  /** Algorithms besides the own one whose good tokens were refused for as long as one has to wait. */
  readonly untaken: Set<Algorithm>
  /** Cases in a row for which nothing was fetched. */
  ignored: number
  /** Why no further case on the set is worth running. */
  unusable: Reason | undefined
}

/**
 * What the run begins with: a key of the tool's own, and that of the signing key or of the issuer
 * where there is one.
 */
function baseOf({ trusted, issuer }: Keyring, keys: HostedKeys): readonly Jwk[] {
  const own = plainEntry(keys, 'base')
  if (trusted === undefined || trusted.key.type === 'secret') return [own]
  const { key, kid, alg } = trusted
  if (kid === own.kid) return issuer === undefined ? [own] : [issuer, own]
  return [toJwk(key, { ...(kid === undefined ? {} : { kid }), use: 'sig', alg }), own]
}

const BASE: PublishStep = { publish: [] }

interface Place {
  readonly where: string
  readonly watched: boolean
  readonly elsewhere: boolean
  /** Where a redirect of the set leads to. */
  readonly urlOf: (where: NonNullable<HostedAnswer['redirect']>) => string
  /** Absent where no TLS is spoken. */
  readonly door?: Listener['door']
  readonly fetches?: Listener['fetches']
  readonly oldTls?: boolean
  /** Called after each publication. */
  readonly changed: (document: HostDocument) => void
  readonly close: () => Promise<void>
}

interface State {
  step: PublishStep
  document: HostDocument | undefined
  fetches: number
  since: number
  /** Connections to the door when that was published. */
  approaches: number
}

function hostingAt(
  place: Place,
  state: State,
  about: Pick<HostingInput, 'refresh' | 'refreshMs'> & {
    readonly keys: HostedKeys
    readonly document: (step: PublishStep) => HostDocument
  },
): Hosting {
  const approaches = (): readonly Approach[] => place.door?.approaches() ?? []
  // Others come by as well: health checks, and whoever looks for open ports.
  const isTarget = ({ from }: Approach): boolean =>
    place.fetches?.().some((fetch) => fetch.from === from) === true
  const lately = (): readonly Approach[] => approaches().slice(state.approaches).filter(isTarget)
  const publish = (step: PublishStep): void => {
    state.step = step
    // Made before anybody asks for it: to make a key takes longer than some wait for an answer.
    state.document = about.document(step)
    state.since = state.fetches
    state.approaches = approaches().length
    hosting.asked = undefined
    place.door?.spoil(spoiltBy(step))
    place.changed(state.document)
  }
  const hosting: Hosting = {
    where: place.where,
    watched: place.watched,
    elsewhere: place.elsewhere,
    secured: place.door !== undefined,
    oldTls: place.oldTls === true,
    refreshMs: about.refreshMs,
    keys: about.keys,
    publish,
    restore: () => publish(BASE),
    fetches: () => state.fetches,
    fetched: () =>
      state.step.answer?.channel === undefined
        ? state.fetches > state.since
        : lately().some(({ over }) => over),
    came: approaches,
    hellos: () => lately().flatMap(({ hello }) => hello ?? []),
    relayed: () => place.fetches?.().some(isRelayed) === true,
    roundabout: () => {
      const { channel, redirect } = state.step.answer ?? {}
      return channel !== undefined || redirect !== undefined
    },
    broken: () => isBroken(state.step),
    close: place.close,
    refresh: about.refresh,
    asks: 0,
    asked: undefined,
    refusal: undefined,
    untaken: new Set(),
    ignored: 0,
    unusable: undefined,
  }
  publish(BASE)
  return hosting
}

function filePlace(file: string): Place {
  const before = readIfThere(file)
  let open = true
  return {
    where: file,
    watched: false,
    elsewhere: false,
    urlOf: () => '',
    changed: ({ body }) => writeFileSync(file, body),
    async close() {
      if (!open) return
      open = false
      if (before === undefined) rmSync(file, { force: true })
      else writeFileSync(file, before)
    },
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

export interface HostingInput {
  readonly keyring: Keyring
  readonly at: HostedAt
  readonly seed: string
  readonly refreshMs: number
  /** The address that the listener is bound to, where one was named. */
  readonly host?: string
  readonly refresh?: KeyRefresh | undefined
  /** Starts the listener; `serve` gives the documents of the set by their paths. */
  readonly listen: (
    serve: (path: string) => HostDocument | undefined,
    how: ListenerManner,
  ) => Promise<Listener>
  /** A further origin, for redirects that leave the first. */
  readonly elsewhere: (
    serve: (path: string) => HostDocument | undefined,
    how: ListenerManner,
  ) => Promise<Listener>
}

const PATH_BYTES = 8

/** Opens the place of the key set. Rejects with the system's error where it cannot be had. */
export async function openHosting(input: HostingInput): Promise<Hosting | undefined> {
  const { keyring, at, seed, refreshMs, refresh } = input
  const { hosted: keys } = keyring
  if (keys === undefined) return undefined
  const state: State = {
    step: BASE,
    document: undefined,
    fetches: 0,
    since: 0,
    approaches: 0,
  }
  const base = baseOf(keyring, keys)
  const urlOf: { current: Place['urlOf'] } = { current: () => '' }
  const source = {
    keys,
    base,
    seed,
    urlOf: (where: Parameters<Place['urlOf']>[0]) => urlOf.current(where),
  }
  const document = (step: PublishStep): HostDocument => keySetDocument(step, source)
  const about = { keys, refreshMs, refresh, document }
  if ('file' in at) return hostingAt(filePlace(at.file), state, about)

  const own = at.path ?? `keys-${randomBytes(PATH_BYTES).toString('hex')}/jwks.json`
  const moved = 'moved/jwks.json'
  const plain = (): HostDocument => {
    const { redirect: _, ...answer } = state.step.answer ?? {}
    return document({ ...state.step, answer })
  }
  const serve = (path: string): HostDocument | undefined => {
    if (path === moved) return plain()
    if (path !== own) return undefined
    state.fetches += 1
    return state.document ?? document(state.step)
  }
  const how = mannerOf(at, input.host)
  const listener = await input.listen(serve, {
    ...how,
    ...(at.path === undefined ? {} : { open: at.path }),
  })
  const other = await input.elsewhere((path) => (path === moved ? plain() : undefined), how)
  const where =
    at.url?.href ?? (at.path === undefined ? listener.urlOf(own) : listener.origin + own)
  urlOf.current = (how) => {
    if (how === 'loop') return where
    if (how === 'other-origin') return other.urlOf(moved)
    const there = listener.urlOf(moved)
    return how === 'cleartext' ? there.replace(/^https:/, 'http:') : there
  }
  const place = {
    where,
    watched: true,
    elsewhere: at.url !== undefined && at.url.origin !== listener.origin,
    urlOf: urlOf.current,
    fetches: listener.fetches,
    ...(listener.door === undefined ? {} : { door: listener.door, oldTls: await speaksOldTls() }),
    changed: () => undefined,
  }
  return hostingAt({ ...place, close: other.close }, state, about)
}
