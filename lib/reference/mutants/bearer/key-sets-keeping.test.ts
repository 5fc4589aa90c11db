import {
  type HostedKey,
  hostedKey,
  type Scene,
  showHostedDifferences,
} from '../../bearer/key-host.test.helper.ts'
import { keySetKeeping } from './key-sets-keeping.ts'

const [a, b, c]: readonly HostedKey[] = ['a', 'b', 'c'].map((kid) => hostedKey('ES256', kid))
if (!a || !b || !c) throw new TypeError('Three keys were made.')
/** Another key of the first one's name. */
const again = hostedKey('ES256', 'a')

const setOf = (...keys: readonly HostedKey[]): string =>
  JSON.stringify({ keys: keys.map(({ jwk }) => jwk) })

/** The first key is known, then another is published in its stead and its lifetime passes. */
const replaced: Scene['play'] = async ({ publish, ask, pass }) => {
  publish(a.jwk)
  await ask(a)
  publish(b.jwk)
  pass(30_000)
  return [await ask(b), await ask(a)]
}

/** Fetches after five tokens with names of their own. */
const unknownNames: Scene['play'] = async ({ publish, ask, fetches }) => {
  publish(a.jwk)
  await ask(a)
  for (let count = 0; count < 5; count += 1) await ask(a, { kid: `unknown-${count}` })
  return fetches.length
}

/** The known key after a fetch for an unknown one came to nothing in some way. */
const afterFailure =
  (fail: (stage: Parameters<Scene['play']>[0]) => void): Scene['play'] =>
  async (stage) => {
    const { publish, ask, pass } = stage
    publish(a.jwk)
    await ask(a)
    fail(stage)
    pass(60)
    return [await ask(b), await ask(a)]
  }

/** Whether an answer comes within a time that is ample for a fetch that ends. */
const inTime = async (answer: Promise<string>): Promise<string> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, 2000, 'late')
  })
  const first = await Promise.race([answer, late])
  clearTimeout(timer)
  return first
}

const kept = { plain: ['401', '200'], mutated: ['401', '401'] }

showHostedDifferences(keySetKeeping, {
  'keyset-removed-key-kept': {
    play: replaced,
    plain: ['200', '401'],
    mutated: ['200', '200'],
  },
  'keyset-renewed-key-missed': {
    play: async ({ publish, ask, pass }) => {
      publish(a.jwk)
      await ask(a)
      publish(again.jwk)
      pass(30_000)
      return [await ask(again), await ask(a)]
    },
    plain: ['200', '401'],
    mutated: ['401', '200'],
  },
  'keyset-added-key-missed': {
    play: async ({ publish, ask, pass }) => {
      publish(a.jwk)
      await ask(a)
      publish(a.jwk, b.jwk)
      pass(30_000)
      const added = await ask(b)
      publish(b.jwk)
      pass(30_000)
      return [added, await ask(b), await ask(a)]
    },
    plain: ['200', '200', '401'],
    mutated: ['401', '200', '401'],
  },
  'keyset-first-set-kept': { play: replaced, plain: ['200', '401'], mutated: ['401', '200'] },
  'keyset-fetched-once': {
    play: async (stage) => [await replaced(stage), stage.fetches.length],
    plain: [['200', '401'], 2],
    mutated: [['401', '200'], 1],
  },
  'keyset-unknown-kid-remembered': {
    play: async ({ publish, ask, pass }) => {
      publish(a.jwk)
      const seen = [await ask(b), await ask(a)]
      publish(a.jwk, b.jwk, c.jwk)
      pass(30_000)
      return [...seen, await ask(b), await ask(c)]
    },
    plain: ['401', '200', '200', '200'],
    mutated: ['401', '200', '401', '200'],
  },
  'keyset-outage-remembered': {
    play: async ({ publish, fail, ask, pass }) => {
      publish(a.jwk)
      await ask(a)
      fail()
      pass(60)
      const seen = [await ask(b), await ask(a)]
      publish(b.jwk, c.jwk)
      pass(60)
      return [...seen, await ask(b), await ask(c)]
    },
    plain: ['401', '200', '200', '200'],
    mutated: ['401', '200', '401', '200'],
  },
  'keyset-gives-up': {
    play: async ({ publish, fail, ask, pass }) => {
      fail()
      const before = await ask(a)
      publish(a.jwk)
      pass(60)
      return [before, await ask(a)]
    },
    plain: ['401', '200'],
    mutated: ['401', '401'],
  },
  'keyset-fetched-per-request': {
    play: async ({ publish, ask, fetches, server, askWith }) => {
      publish(a.jwk)
      for (let count = 0; count < 4; count += 1) await ask(a)
      await askWith(server.token)
      return fetches.length
    },
    plain: 1,
    mutated: 4,
  },
  'keyset-fetched-per-unknown-kid': { play: unknownNames, plain: 1, mutated: 6 },
  'keyset-fetched-per-waiting-token': {
    play: async ({ behave, ask, askWith, server, fetches }) => {
      const waiting: (() => void)[] = []
      behave((response) => waiting.push(() => response.end(setOf(a))))
      const early = [ask(a), ask(a), ask(a)]
      // What comes after them is answered, so all of them have arrived.
      for (let round = 0; round < 3; round += 1) await askWith(server.token)
      for (const answer of waiting) answer()
      return [await Promise.all(early), fetches.length]
    },
    plain: [['200', '200', '200'], 1],
    mutated: [['200', '200', '200'], 3],
  },
  'keyset-redirects-without-end': {
    play: async ({ behave, ask, fetches }) => {
      behave((response, path) => {
        if (path.length < 30) response.writeHead(302, { Location: `${path}n` }).end()
        else response.end(setOf(a))
      })
      return [await ask(a), fetches.length]
    },
    plain: ['401', 4],
    mutated: ['200', 21],
  },
  'keyset-drip-hangs': {
    play: async ({ behave, ask }) => {
      const ends: (() => void)[] = []
      behave((response) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write(' '), 10)
        ends.push(() => clearInterval(drip))
      })
      const answer = ask(a)
      const seen = await inTime(answer)
      for (const end of ends) end()
      return seen
    },
    plain: '401',
    mutated: 'late',
    keyTimeout: 200,
  },
  'keyset-silence-hangs': {
    play: async ({ behave, ask }) => {
      behave(() => undefined)
      return inTime(ask(a))
    },
    plain: '401',
    mutated: 'late',
    keyTimeout: 200,
  },
  'keyset-emptied-by-error': {
    play: afterFailure(({ behave }) => behave({ status: 500, body: 'Internal error' })),
    ...kept,
  },
  'keyset-emptied-by-no-content': {
    play: afterFailure(({ behave }) => behave({ status: 204 })),
    ...kept,
  },
  'keyset-emptied-by-silence': { play: afterFailure(({ fail }) => fail()), ...kept },
  'keyset-emptied-by-unknown-kid': {
    play: afterFailure(({ behave }) => behave({ body: '<html></html>' })),
    ...kept,
  },
  'keyset-down-500': {
    play: afterFailure(({ behave }) => behave({ status: 503 })),
    plain: ['401', '200'],
    mutated: ['500', '200'],
  },
})
