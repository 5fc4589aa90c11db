/** Gets a key set over HTTP within limits of time, size and distance. */
import { type IncomingMessage, get as overHttp } from 'node:http'
import { get as overHttps } from 'node:https'
import { type Duplex, pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Answer, RemoteRules } from './types.ts'

const decoders: Readonly<Record<string, () => Duplex>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** What a message carries, decompressed. Throws RangeError for a coding that is not known here. */
const decompressed = (message: IncomingMessage): Readable => {
  const coding = (message.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (coding === 'identity') return message
  const decoder = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined
  if (!decoder) {
    message.destroy()
    throw new RangeError('The key set is compressed in a way that is not known here.')
  }
  // Whoever reads the decoder sees what goes wrong on the way to it.
  return pipeline(message, decoder(), () => undefined)
}

const contentOf = async (message: IncomingMessage, most: number): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of decompressed(message)) {
    size += chunk.length
    if (size > most) throw new RangeError('The key set is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const single = (value: string | readonly string[] | undefined): string | undefined =>
  value === undefined || typeof value === 'string' ? value : value.join(', ')

/** A fetch under way: what it sends, and what ends it. */
interface Errand {
  readonly rules: RemoteRules
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** What is told when the head of an answer has come. */
  readonly headCame: () => void
}

/** One request and its whole answer. Rejects where there is none. */
const asked = async ({ rules, headers, signal, headCame }: Errand, url: URL): Promise<Answer> => {
  const send = { 'http:': overHttp, 'https:': overHttps }[url.protocol]
  if (!send) throw new RangeError('A key set is fetched over HTTP.')
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    send(url, { ...rules.secured, agent: false, headers, signal }, resolve).on('error', reject)
  })
  headCame()
  const body = await contentOf(message, rules.limits.octets)
  const fields = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, single(value)]),
  )
  return { status: message.statusCode ?? 0, fields, body }
}

const redirects: readonly number[] = [301, 302, 303, 307, 308]

/** Where an answer leads; undefined for one that leads nowhere. Throws TypeError for no URL. */
const leadsTo = ({ status, fields }: Answer, from: URL): URL | undefined =>
  redirects.includes(status) && fields.location !== undefined
    ? new URL(fields.location, from)
    : undefined

const withRedirects = async (errand: Errand, start: URL): Promise<Answer | undefined> => {
  const { rules } = errand
  let url = start
  for (let left = rules.limits.redirects; left >= 0; left -= 1) {
    const answer = await asked(errand, url)
    const next = leadsTo(answer, url)
    if (!next) return answer
    if (!rules.follows(url, next)) return undefined
    url = next
  }
  return undefined
}

/** Every way to fail is the same to a consumer: there is no set now. */
export const retrieve: RemoteRules['get'] = async (rules, url, held, closing) => {
  const { timeout, timed } = rules.limits
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), timeout)
  const errand: Errand = {
    rules,
    headers: rules.fields(held),
    signal: AbortSignal.any([closing, late.signal]),
    headCame: () => {
      if (timed === 'head') clearTimeout(timer)
    },
  }
  try {
    return await withRedirects(errand, new URL(url))
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
