/** Publishes key sets for the tests of the consumer, signs tokens with their keys, and shows what mutants differ in. */
import assert from 'node:assert/strict'
import { generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto'
import {
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { ask } from '../ask.test.helper.ts'
import { type BearerReference, startReference } from '../start.ts'
import { makeSignature } from './algorithms.ts'
import { bearing, minted } from './ask.test.helper.ts'

/** A key of a tester and what is published of it. */
export interface HostedKey {
  readonly alg: string
  readonly privateKey: KeyObject
  /** With `kid`; what else an entry has is laid over it. */
  readonly jwk: JsonWebKey & Record<string, unknown>
}

const pairs: Readonly<Record<string, () => { privateKey: KeyObject; publicKey: KeyObject }>> = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES512: () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  ES256K: () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

/** The tester's key of two halves, for one algorithm. */
export const hostedKeyOf = (
  alg: string,
  kid: string,
  { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject },
): HostedKey => ({ alg, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid } })

/** A new key. */
export const hostedKey = (alg: string, kid: string): HostedKey => {
  const pair = pairs[alg]?.()
  assert.ok(pair, alg)
  return hostedKeyOf(alg, kid, pair)
}

/** How the host answers: a body that is JSON already, or the whole response. */
export type Behaviour =
  | {
      readonly status?: number
      readonly fields?: OutgoingHttpHeaders
      readonly body?: string | Buffer
    }
  | ((response: ServerResponse, path: string) => void)

/** A bearer server and the host of its keys, with a clock that stands until it is moved. */
export interface Stage {
  readonly server: BearerReference
  /** Where the server looks for keys. */
  readonly url: string
  /** The fields of every request for keys. */
  readonly fetches: readonly IncomingHttpHeaders[]
  readonly behave: (behaviour: Behaviour) => void
  /** Publishes these entries from now on. */
  readonly publish: (...entries: readonly unknown[]) => void
  /** Publishes text. */
  readonly write: (json: string, fields?: OutgoingHttpHeaders) => void
  /** Drops connections instead of answering. */
  readonly fail: () => void
  readonly pass: (milliseconds: number) => void
  /** The status that a token signed by the key gets; header parameters are laid over `kid`. */
  readonly ask: (key: HostedKey, header?: Readonly<Record<string, unknown>>) => Promise<string>
  /** The status that a text gets for a token. */
  readonly askWith: (token: string) => Promise<string>
}

/** A token of the issuer's claims, signed by a key of the tester. */
export const tokenBy = (
  server: BearerReference,
  { alg, privateKey, jwk }: HostedKey,
  header: Readonly<Record<string, unknown>> = {},
): string =>
  minted(server, {
    header: { alg, kid: jwk.kid, ...header },
    sign: (input) => makeSignature(alg, privateKey, input),
  })

const answered = (behaviour: Behaviour, response: ServerResponse, path: string): void => {
  if (typeof behaviour === 'function') {
    behaviour(response, path)
    return
  }
  const { status = 200, fields = {}, body = '' } = behaviour
  response.writeHead(status, { 'Content-Type': 'application/json', ...fields }).end(body)
}

export interface StageOptions {
  readonly mutant?: string
  readonly keyTimeout?: number
  readonly keyCooldown?: number
}

/** Runs a scene on a stage of its own and clears it away. */
export const onStage = async <T>(
  { mutant, keyTimeout = 5000, keyCooldown = 60 }: StageOptions,
  play: (stage: Stage) => Promise<T>,
): Promise<T> => {
  let time = 0
  let current: Behaviour = { body: '{"keys":[]}' }
  const fetches: IncomingHttpHeaders[] = []
  const host = createServer((request, response) => {
    fetches.push(request.headers)
    answered(current, response, request.url ?? '')
  })
  await new Promise<void>((resolve) => {
    host.listen(0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/keys.json`
  const server = await startReference({
    system: 'bearer',
    keyCooldown,
    keyTimeout,
    keyClock: () => time,
    ...(mutant === undefined ? {} : { mutant }),
  })
  const behave = (behaviour: Behaviour): void => {
    current = behaviour
  }
  const write = (body: string, fields: OutgoingHttpHeaders = {}): void => behave({ body, fields })
  const askWith = async (token: string): Promise<string> =>
    /^HTTP\/1\.1 (\d{3})/.exec(await ask(server, bearing(token)))?.[1] ?? 'silence'
  server.fetchKeysFrom(url)
  try {
    return await play({
      server,
      url,
      fetches,
      behave,
      publish: (...keys) => write(JSON.stringify({ keys })),
      write,
      fail: () => behave((response) => response.destroy()),
      pass: (milliseconds) => {
        time += milliseconds
      },
      ask: (key, header) => askWith(tokenBy(server, key, header)),
      askWith,
    })
  } finally {
    await server.close()
    host.closeAllConnections()
    host.close()
  }
}

/** A scene that tells what it saw, and what that is with the conforming server and with the mutant. */
export interface Scene {
  readonly play: (stage: Stage) => Promise<unknown>
  readonly plain: unknown
  readonly mutated: unknown
  /** Milliseconds a fetch may take; ample unless told. */
  readonly keyTimeout?: number
}

/** One test per mutant: the conforming consumer shows one thing, the mutant another. */
export const showHostedDifferences = (
  family: readonly { readonly id: string; readonly hosted?: true | 'https' }[],
  scenes: Readonly<Record<string, Scene>>,
): void => {
  test('has a scene for every mutant, and each needs a hosted set', () => {
    assert.deepEqual(Object.keys(scenes).sort(), family.map(({ id }) => id).sort())
    assert.ok(family.every(({ hosted }) => hosted))
  })
  for (const [id, { play, plain, mutated, keyTimeout = 5000 }] of Object.entries(scenes)) {
    test(`${id} differs where its set is hosted`, async () => {
      const seen = {
        plain: await onStage({ keyTimeout }, play),
        mutated: await onStage({ mutant: id, keyTimeout }, play),
      }
      assert.deepEqual(seen, { plain, mutated })
      assert.notDeepEqual(plain, mutated)
    })
  }
}
