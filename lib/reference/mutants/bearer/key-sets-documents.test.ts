import {
  type HostedKey,
  hostedKey,
  type Scene,
  showHostedDifferences,
} from '../../bearer/key-host.test.helper.ts'
import { keySetDocuments } from './key-sets-documents.ts'

const a: HostedKey = hostedKey('ES256', 'a')
const b: HostedKey = hostedKey('ES256', 'b')
const [jwk, other] = [JSON.stringify(a.jwk), JSON.stringify(b.jwk)]

/** The status of a token where nothing but this was ever published. */
const cold =
  (body: string): Scene['play'] =>
  async ({ behave, ask }) => {
    behave({ body })
    return ask(a)
  }

/** The status of an unknown token and of a known one after that was published. */
const warm =
  (body: string): Scene['play'] =>
  async ({ publish, behave, ask, pass }) => {
    publish(a.jwk)
    await ask(a)
    behave({ body })
    pass(60)
    return [await ask(b), await ask(a)]
  }

const kept = { plain: ['401', '200'], mutated: ['401', '401'] }
const letIn = { plain: '401', mutated: '200' }
const keptOut = { plain: '200', mutated: '401' }

showHostedDifferences(keySetDocuments, {
  'keyset-html-empties': { play: warm('<html>Down for maintenance</html>'), ...kept },
  'keyset-object-empties': { play: warm('{"error":"temporarily_unavailable"}'), ...kept },
  'keyset-array-taken': { play: cold(`[${jwk}]`), ...letIn },
  'keyset-single-key-taken': { play: cold(jwk), ...letIn },
  'keyset-object-of-keys-taken': { play: cold(`{"keys":{"a":${jwk}}}`), ...letIn },
  'keyset-error-body-used': {
    play: async ({ behave, ask }) => {
      behave({ status: 500, body: `{"keys":[${jwk}]}` })
      return ask(a)
    },
    ...letIn,
  },
  'keyset-redirect-followed-elsewhere': {
    play: async ({ behave, ask, url }) => {
      const away = url.replace('127.0.0.1', 'localhost')
      behave((response, path) => {
        if (path === '/keys.json') response.writeHead(302, { Location: `${away}?away` }).end()
        else response.end(`{"keys":[${jwk}]}`)
      })
      return ask(a)
    },
    ...letIn,
  },
  'keyset-own-type-refused': {
    play: async ({ write, ask }) => {
      write(`{"keys":[${jwk}]}`, { 'Content-Type': 'application/jwk-set+json' })
      return ask(a)
    },
    ...keptOut,
  },
  'keyset-unknown-member-refused': { play: cold(`{"keys":[${jwk}],"issued":"today"}`), ...keptOut },
  'keyset-first-keys-count': { play: cold(`{"keys":[${jwk}],"keys":[${other}]}`), ...letIn },
  'keyset-last-ten-only': {
    play: cold(`{"keys":[${jwk}${`,${other}`.repeat(10)}]}`),
    ...keptOut,
  },
  'keyset-no-json-500': {
    play: warm('<html></html>'),
    plain: ['401', '200'],
    mutated: ['500', '200'],
  },
  'keyset-deep-500': {
    play: warm(`{"keys":[],"a":${'['.repeat(5000)}${']'.repeat(5000)}}`),
    plain: ['401', '200'],
    mutated: ['500', '200'],
  },
})
