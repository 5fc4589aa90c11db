/** What Debian's sslscan finds out about a server, with none of this tool's code. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const program = '/usr/bin/sslscan'

/** One scan, read from its XML. */
export interface Scan {
  /** Such as `ssl 2` or `tls 1.2`. */
  readonly versions: ReadonlySet<string>
  /** Numbers of the suites that were accepted in any version, and in TLS 1.2. */
  readonly suites: ReadonlySet<number>
  readonly suitesOf12: ReadonlySet<number>
  /** Numbers of the groups in TLS 1.3. */
  readonly groups: ReadonlySet<number>
  /** The fewest bits of a prime that was agreed on. */
  readonly primeBits: number | undefined
  readonly signature: string
  readonly keyType: string
  readonly keyBits: number
  readonly expired: boolean
  readonly selfSigned: boolean
  readonly names: string
}

const attributes = (tag: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from(tag.matchAll(/([\w-]+)="([^"]*)"/g), ([, name, value]) => [name, value]),
  )

const tags = (xml: string, name: string): readonly Readonly<Record<string, string>>[] =>
  Array.from(xml.matchAll(new RegExp(`<${name} [^>]*>`, 'g')), ([tag]) => attributes(tag))

const content = (xml: string, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(xml)?.[1] ?? ''

/** Reads the XML of a scan. */
export const readScan = (xml: string): Scan => {
  const ciphers = tags(xml, 'cipher').filter(({ status }) =>
    /^(?:accepted|preferred)$/.test(status ?? ''),
  )
  const numbers = (all: typeof ciphers): ReadonlySet<number> =>
    new Set(all.map(({ id }) => Number(id)))
  const primes = ciphers.flatMap(({ dhebits, cipher }) =>
    dhebits === undefined || !cipher?.startsWith('DHE') ? [] : [Number(dhebits)],
  )
  const [key] = tags(xml, 'pk')
  return {
    versions: new Set(
      tags(xml, 'protocol')
        .filter(({ enabled }) => enabled === '1')
        .map(({ type, version }) => `${type} ${version}`),
    ),
    suites: numbers(ciphers),
    suitesOf12: numbers(ciphers.filter(({ sslversion }) => sslversion === 'TLSv1.2')),
    groups: new Set(
      tags(xml, 'group')
        .filter(({ sslversion }) => sslversion === 'TLSv1.3')
        .map(({ id }) => Number(id)),
    ),
    primeBits: primes.length === 0 ? undefined : Math.min(...primes),
    signature: content(xml, 'signature-algorithm'),
    keyType: key?.type ?? '',
    keyBits: Number(key?.bits ?? 0),
    expired: content(xml, 'expired') === 'true',
    selfSigned: content(xml, 'self-signed') === 'true',
    names: content(xml, 'altnames'),
  }
}

/** Scans a server of this machine. @throws Error with the package to install where it is missing. */
export const scan = async (port: number): Promise<Scan> => {
  if (!existsSync(program))
    throw new Error(`${program} is missing. Install it: apt-get install sslscan`)
  const words = ['--xml=-', '--no-colour', '--sni-name=localhost', `127.0.0.1:${port}`]
  const { stdout } = await promisify(execFile)(program, words, { encoding: 'utf8' })
  return readScan(stdout)
}
