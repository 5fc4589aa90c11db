/** A relay between a consumer and the key set that the tool hosts, which can stand in for it. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a consumer got when it fetched the set. */
export interface Fetched {
  /** How much had happened elsewhere by then, as the caller counts it. */
  readonly at: number
  readonly status: number
  readonly fields: readonly (readonly [string, string])[]
  readonly body: Buffer
}

export interface KeyRelay {
  readonly port: number
  readonly fetched: readonly Fetched[]
  /** From now on the consumer gets this, with nothing of the tool behind it. */
  readonly answerWith: (document: Fetched) => void
  readonly stop: () => void
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port

/** What a consumer reads of an answer, beside its content. */
const passedOn = ['content-type', 'cache-control', 'location', 'content-encoding']

/** Asks the tool without following or unpacking anything. */
const fetchFrom = async (url: string, at: number): Promise<Fetched> => {
  const { request } = await import('undici')
  const { statusCode, headers, body } = await request(url)
  const fields = passedOn.flatMap((name) => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return { at, status: statusCode, fields, body: Buffer.from(await body.arrayBuffer()) }
}

/** Starts a relay on a free port; `now` counts what happens elsewhere. */
export const relayKeys = async (from: string, now: () => number): Promise<KeyRelay> => {
  const fetched: Fetched[] = []
  let fixed: Fetched | undefined
  const server = createServer(async (_request, response) => {
    try {
      const document = fixed ?? (await fetchFrom(from, now()))
      if (fixed === undefined) fetched.push(document)
      const fields = document.fields.map(([name, value]) => [name, value] as [string, string])
      response.writeHead(document.status, [...fields, ['Connection', 'close']])
      response.end(document.body)
    } catch {
      response.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: portOf(server),
    fetched,
    answerWith: (document) => {
      fixed = document
    },
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
