import type { HostedAt } from '../engine/hosting.ts'
import { ALGORITHMS } from '../jose/algorithms.ts'
import type { HostedClaims } from '../model/profile.ts'
import { type Authority, readAuthority } from '../x509/authority.ts'
import type { Given } from './option.ts'
import { defined } from './run-settings.ts'
import { type ReadFile, readNamed, type Settings } from './settings.ts'
import { readUrl } from './target-url.ts'
import { UsageError } from './usage-error.ts'
import { one, text, words } from './values.ts'

/** What the options on the hosted key set say. */
export interface ReadHosted {
  readonly at: HostedAt
  readonly alg?: HostedClaims['alg']
}

function refuseBeside(given: Given | undefined, other: string): void {
  if (given === undefined) return
  throw new UsageError('bad-value', `${given.source.name} means nothing beside ${other}.`)
}

function refuseAlone(given: Given | undefined, needs: string): void {
  if (given === undefined) return
  throw new UsageError('bad-value', `${given.source.name} means nothing without ${needs}.`)
}

const EVERYWHERE = /^(?:0\.0\.0\.0|\[::\]):/

function refuseNowhere(listen: Given, url: Given | undefined): void {
  if (url !== undefined || !EVERYWHERE.test(listen.text)) return
  throw new UsageError(
    'bad-value',
    `${listen.source.name} ${listen.text} says where to listen and not where the server finds it.`,
    'Give --jwks-url URL as well, or the one address that the server can reach.',
  )
}

function readPath(given: Given | undefined): string | undefined {
  if (given === undefined || /^\/[\w.~%!$&'()*+,;=:@/-]*$/u.test(given.text)) return given?.text
  throw new UsageError(
    'bad-value',
    `${given.source.name} wants a path such as /.well-known/jwks.json.`,
  )
}

function readAlg(settings: Settings): string | undefined {
  const given = one(settings, 'jwks-alg')
  if (given === undefined) return undefined
  return words(
    [given],
    ALGORITHMS.filter((alg) => !alg.startsWith('HS')),
  )[0]
}

const MAKE_ONE =
  'One is made by: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=test -keyout authority.pem -out authority.pem'

/** Whoever is to vouch for the host of the key set. */
function readVouching(settings: Settings, readFile: ReadFile): Authority | undefined {
  const given = one(settings, 'jwks-authority')
  if (given === undefined) return undefined
  const read = readAuthority(readNamed(given.text, given.source, readFile))
  if (!('fault' in read)) return read
  throw new UsageError('bad-value', `${given.source.name}: ${read.fault}`, MAKE_ONE)
}

function readSetUrl(settings: Settings, byTls: boolean): URL | undefined {
  const given = one(settings, 'jwks-url')
  if (given === undefined) return undefined
  const url = readUrl(given)
  if (!byTls || url.protocol === 'https:') return url
  throw new UsageError(
    'bad-value',
    `${given.source.name} wants a URL that begins with https:// beside --jwks-authority.`,
  )
}

/** Reads where the server reads the key set that this tool hosts. Throws UsageError. */
export function readHosted(settings: Settings, readFile: ReadFile): ReadHosted | undefined {
  const [listen, file] = [one(settings, 'jwks-listen'), one(settings, 'jwks-file')]
  const [path, url] = [one(settings, 'jwks-path'), one(settings, 'jwks-url')]
  const alg = readAlg(settings)
  const own = defined({ alg })
  const vouching = one(settings, 'jwks-authority')
  if (file !== undefined) {
    refuseBeside(listen, '--jwks-file')
    refuseBeside(path ?? url ?? vouching, '--jwks-file')
    return { at: { file: file.text }, ...own }
  }
  if (listen === undefined) {
    refuseAlone(path ?? url ?? vouching, '--jwks-listen HOST:PORT')
    refuseAlone(one(settings, 'jwks-alg'), '--jwks-listen HOST:PORT or --jwks-file FILE')
    return undefined
  }
  refuseNowhere(listen, url)
  const at = defined({
    path: readPath(path),
    url: readSetUrl(settings, vouching !== undefined),
    authority: readVouching(settings, readFile),
  })
  return { at, ...own }
}

/** What tokens of the hosted keys say, beside what is known of a signing key or an issued token. */
export function hostedClaims(
  settings: Settings,
  { alg }: ReadHosted,
  claims: HostedClaims['claims'],
): HostedClaims {
  const [issuer, audience] = [text(settings, 'issuer'), text(settings, 'audience')]
  return defined({ alg, issuer, audience, claims })
}
