// What the conforming server makes of a key set that somebody else publishes.
import assert from 'node:assert/strict'
import { createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { selfSigned } from '../../../x509/self-signed.ts'
import { decoded, minted } from '../ask.test.helper.ts'
import {
  type HostedKey,
  hostedKey,
  hostedKeyOf,
  onStage,
  type Stage,
} from '../key-host.test.helper.ts'

const es = hostedKey('ES256', 'es')
const other = hostedKey('ES256', 'other')
const rsa = hostedKey('RS256', 'rsa')
const ed = hostedKey('EdDSA', 'ed')
const x5c = [selfSigned(es.privateKey, { name: 'Tester' }).toString('base64')]

const set = (...keys: readonly unknown[]): string => JSON.stringify({ keys })

/** Something that is waited for, and how it is brought about. */
const gate = <T>(): { promise: Promise<T>; resolve: (value: T) => void } => {
  let open: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => {
    open = resolve
  })
  return { promise, resolve: (value) => open(value) }
}

/** The status of a token by `key` where only this entry is published. */
const withEntry = (stage: Stage, entry: unknown, key: HostedKey): Promise<string> => {
  stage.write(typeof entry === 'string' ? `{"keys":[${entry}]}` : set(entry))
  stage.server.fetchKeysFrom(stage.url)
  return stage.ask(key)
}

test('its own keys are good without a set, with one, and without one again', async () => {
  await onStage({}, async ({ server, askWith, ask, publish, fetches }) => {
    publish(es.jwk)
    assert.equal(await askWith(server.token), '200')
    assert.equal(fetches.length, 0)
    assert.equal(await ask(es), '200')
    assert.equal(await askWith(server.token), '200')
    server.fetchKeysFrom(undefined)
    assert.equal(await ask(es), '401')
    assert.equal(await askWith(server.token), '200')
    assert.equal(fetches.length, 1)
  })
})

test('every algorithm is verified with a key of the set', async () => {
  await onStage({}, async (stage) => {
    for (const alg of ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA']) {
      const key = hostedKey(alg, alg)
      assert.equal(await withEntry(stage, { ...key.jwk, alg }, key), '200', alg)
      assert.equal(await withEntry(stage, { ...key.jwk, alg: 'ES999' }, key), '401', alg)
      const bare = await withEntry(stage, key.jwk, key)
      assert.equal(bare, alg === 'PS256' ? '401' : '200', alg)
    }
    assert.equal(await withEntry(stage, { ...ed.jwk, alg: 'Ed25519' }, ed), '200')
  })
})

const { kid: _kid, ...nameless } = es.jwk
const noted = { ...es.jwk, use: 'sig', key_ops: ['verify'], alg: 'ES256', x5c }
const padded = `${es.jwk.x}=`
const off = { ...es.jwk, y: other.jwk.y }
const oneShort = Buffer.from(es.jwk.x ?? '', 'base64url')
  .subarray(1)
  .toString('base64url')

const entries: Readonly<
  Record<string, readonly [entry: unknown, status: string, key?: HostedKey]>
> = {
  'with everything that agrees': [noted, '200'],
  'without a name': [nameless, '200'],
  'with private members': [{ ...es.privateKey.export({ format: 'jwk' }), kid: 'es' }, '200'],
  'with members of its own': [{ ...es.jwk, a: { a: [1] }, x5t: 'x', iat: 5 }, '200'],
  'with escapes in its names': [
    JSON.stringify(es.jwk).replace('"kty"', '"\\u006bt\\u0079"').replace('"es"', '"\\u0065s"'),
    '200',
  ],
  'with a member twice': [JSON.stringify(es.jwk).replace('{', '{"kty":"EC",'), '401'],
  'with a member of an unknown one twice': [
    JSON.stringify(es.jwk).replace('{', '{"a":{"b":1,"b":2},'),
    '200',
  ],
  'with a name that is no text': [{ ...es.jwk, kid: 5 }, '401'],
  'for encryption': [{ ...es.jwk, use: 'enc' }, '401'],
  'for operations without verify': [{ ...es.jwk, key_ops: ['sign'] }, '401'],
  'for operations that are no list': [{ ...es.jwk, key_ops: 'verify' }, '401'],
  'for a use and operations of another': [
    { ...es.jwk, use: 'sig', key_ops: ['verify', 'deriveKey'] },
    '401',
  ],
  'with a use that is no text': [{ ...es.jwk, use: null }, '401'],
  'with an algorithm of another type': [{ ...es.jwk, alg: 'RS256' }, '401'],
  'with an algorithm that is no text': [{ ...es.jwk, alg: ['ES256'] }, '401'],
  'with the certificate of another': [
    { ...other.jwk, kid: 'es', x5c },
    '401',
    { ...other, jwk: es.jwk },
  ],
  'with a certificate that is none': [{ ...es.jwk, x5c: ['AAAA'] }, '401'],
  'with a chain that is no list': [{ ...es.jwk, x5c: 'AAAA' }, '401'],
  'of a type in small letters': [{ ...es.jwk, kty: 'ec' }, '401'],
  'of a curve in small letters': [{ ...es.jwk, crv: 'p-256' }, '401'],
  'of no type': [{ ...es.jwk, kty: undefined }, '401'],
  'of a type that objects inherit': [{ ...es.jwk, kty: 'constructor' }, '401'],
  'of a curve that objects inherit': [{ ...es.jwk, crv: 'constructor' }, '401'],
  'of a type that is no text': [{ ...es.jwk, kty: ['EC'] }, '401'],
  'off its curve': [off, '401'],
  'with padding': [{ ...es.jwk, x: padded }, '401'],
  'with a coordinate that is too short': [{ ...es.jwk, x: oneShort }, '401'],
  'with a coordinate that is too long': [{ ...es.jwk, x: `AAAA${es.jwk.x}` }, '401'],
  'with a coordinate that is no text': [{ ...es.jwk, x: 5 }, '401'],
  'without a coordinate': [{ ...es.jwk, y: undefined }, '401'],
  'without a curve': [{ ...ed.jwk, crv: undefined }, '401', ed],
  'of Ed25519 under EC': [{ ...ed.jwk, kty: 'EC' }, '401', ed],
  'of X25519': [{ ...ed.jwk, crv: 'X25519' }, '401', ed],
  'of RSA without an exponent': [{ ...rsa.jwk, e: undefined }, '401', rsa],
  'of RSA with an exponent in more octets than it needs': [{ ...rsa.jwk, e: 'AAEAAQ' }, '401', rsa],
  'of RSA with a modulus in more octets than it needs': [
    {
      ...rsa.jwk,
      n: Buffer.concat([Buffer.alloc(1), Buffer.from(rsa.jwk.n ?? '', 'base64url')]).toString(
        'base64url',
      ),
    },
    '401',
    rsa,
  ],
}

for (const [title, [entry, status, key = es]] of Object.entries(entries)) {
  test(`a key ${title} is ${status === '200' ? 'used' : 'not used'}, and its neighbours are`, async () => {
    await onStage({}, async (stage) => {
      assert.equal(await withEntry(stage, entry, key), status)
      const text = typeof entry === 'string' ? entry : JSON.stringify(entry)
      stage.write(`{"keys":[${text},${JSON.stringify(other.jwk)},${text}]}`)
      stage.server.fetchKeysFrom(stage.url)
      assert.equal(await stage.ask(other), '200')
    })
  })
}

test('what another library publishes and signs is believed', async () => {
  await onStage({}, async ({ server, publish, askWith, pass }) => {
    for (const alg of ['RS256', 'PS256', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA']) {
      const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
      const jwk = await exportJWK(publicKey)
      publish({ ...jwk, kid: await calculateJwkThumbprint(jwk), alg, use: 'sig' })
      const token = await new SignJWT(decodeJwt(server.token))
        .setProtectedHeader({ alg, kid: await calculateJwkThumbprint(jwk) })
        .sign(privateKey)
      assert.equal(await askWith(token), '200', alg)
      pass(60)
    }
  })
})

test('weak keys are not used', async () => {
  await onStage({}, async (stage) => {
    for (const [modulusLength, publicExponent, status] of [
      [1024, 65537, '401'],
      [2040, 65537, '401'],
      [2048, 65537, '200'],
      [2048, 3, '401'],
    ] as const) {
      const pair = generateKeyPairSync('rsa', { modulusLength, publicExponent })
      const key = hostedKeyOf('RS256', 'weak', pair)
      assert.equal(
        await withEntry(stage, key.jwk, key),
        status,
        `${modulusLength} ${publicExponent}`,
      )
    }
    // Whatever 8200 bits are published, no key is made of them.
    const large = Buffer.alloc(1025, 0xff).toString('base64url')
    assert.equal(await withEntry(stage, { ...rsa.jwk, n: large }, rsa), '401')
  })
})

/** A token whose signature any message has under the neutral point: R is the key and S is zero. */
const forged = (stage: Stage, x: Buffer): Promise<string> =>
  stage.askWith(
    minted(stage.server, {
      header: { alg: 'EdDSA', kid: 'ed' },
      sign: () => Buffer.concat([x, Buffer.alloc(32)]),
    }),
  )

test('a point of small order proves nothing', async () => {
  await onStage({}, async (stage) => {
    const x = Buffer.from(`01${'00'.repeat(31)}`, 'hex')
    stage.publish({ ...ed.jwk, x: x.toString('base64url') })
    assert.equal(await forged(stage, x), '401')
  })
})

test('a secret in the set is no secret', async () => {
  const key = createSecretKey(randomBytes(32))
  const jwk = { ...key.export({ format: 'jwk' }), kid: 'oct' }
  await onStage({}, async (stage) => {
    assert.equal(
      await withEntry(stage, { ...jwk, alg: 'HS256' }, { alg: 'HS256', privateKey: key, jwk }),
      '401',
    )
  })
})

test('keys are found by name, by algorithm, or tried in turn', async () => {
  const p384 = hostedKey('ES384', 'es')
  const twin = hostedKey('ES256', 'es')
  await onStage({}, async ({ publish, ask }) => {
    publish(other.jwk, rsa.jwk, p384.jwk, twin.jwk, es.jwk, ed.jwk)
    for (const key of [other, rsa, p384, twin, es, ed]) {
      assert.equal(await ask(key), '200')
      assert.equal(await ask(key, { kid: undefined }), '200')
    }
    assert.equal(await ask(other, { kid: 'es' }), '401')
    assert.equal(await ask(es, { kid: 'ES' }), '401')
    assert.equal(await ask(es, { kid: 7 }), '401')
    assert.equal(await ask(p384, { alg: 'ES256' }), '401')
    assert.equal(await ask(hostedKey('ES256', 'es')), '401')
  })
})

const documents: Readonly<Record<string, readonly [text: string | Buffer, status: string]>> = {
  'with members of its own': [
    `{"a":[{"keys":[]}],"keys":[${JSON.stringify(es.jwk)}],"b":"]}"}`,
    '200',
  ],
  'with blanks and a byte order mark': [
    `\ufeff { "keys" : [ ${JSON.stringify(es.jwk)} ] } `,
    '200',
  ],
  'with keys twice, the last good': [`{"keys":[],"keys":[${JSON.stringify(es.jwk)}]}`, '200'],
  'with keys twice, the first good': [`{"keys":[${JSON.stringify(es.jwk)}],"keys":[]}`, '401'],
  'with things that are no keys': [set(null, 5, 'text', [], [[]], {}, es.jwk, true), '200'],
  'with an escape in its name': [`{"\\u006beys":[${JSON.stringify(es.jwk)}]}`, '200'],
  'that is empty': ['{"keys":[]}', '401'],
  'that is blank within': ['{"keys":[ ]}', '401'],
  'that is an array': [JSON.stringify([es.jwk]), '401'],
  'that is one key': [JSON.stringify(es.jwk), '401'],
  'whose keys are an object': [JSON.stringify({ keys: { es: es.jwk } }), '401'],
  'that is null': ['null', '401'],
  'that is no JSON': ['<html></html>', '401'],
  'that is nothing': ['', '401'],
  'that is not UTF-8': [
    Buffer.from(`{"keys":[${JSON.stringify(es.jwk)}],"a":"\xff"}`, 'latin1'),
    '401',
  ],
  'that is too deep': [
    `{"keys":[${JSON.stringify(es.jwk)}],"a":${'['.repeat(40)}${']'.repeat(40)}}`,
    '401',
  ],
  'that is far too deep': [
    `{"keys":[${JSON.stringify(es.jwk)}],"a":${'['.repeat(2e5)}${']'.repeat(2e5)}}`,
    '401',
  ],
  'with many keys': [
    set(...Array<unknown>(2000).fill({ kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA' }), es.jwk),
    '200',
  ],
  'that is too large': [`{"keys":[${JSON.stringify(es.jwk)}]${' '.repeat(512 * 1024)}}`, '401'],
}

for (const [title, [body, status]] of Object.entries(documents)) {
  test(`a set ${title} ${status === '200' ? 'is read' : 'brings no key'}`, async () => {
    await onStage({}, async ({ behave, ask }) => {
      behave({ body })
      assert.equal(await ask(es), status)
    })
  })
}

test('what it was keeps serving where a fetch brings no set, and it recovers', async () => {
  const broken = [
    { status: 500, body: set(other.jwk) },
    { status: 404, body: '{}' },
    { status: 204 },
    { status: 206, body: set(other.jwk) },
    { body: '<html></html>' },
    { body: '[]' },
    { body: `{"keys":[]${' '.repeat(512 * 1024)}}` },
    {
      body: gzipSync(`{"keys":[]${' '.repeat(1024 * 1024)}}`),
      fields: { 'Content-Encoding': 'gzip' },
    },
    { body: 'no gzip', fields: { 'Content-Encoding': 'gzip' } },
    { body: set(other.jwk), fields: { 'Content-Encoding': 'zstd' } },
  ]
  await onStage({}, async ({ publish, behave, fail, ask, pass, fetches }) => {
    publish(es.jwk)
    assert.equal(await ask(es), '200')
    for (const behaviour of broken) {
      behave(behaviour)
      pass(60)
      const before = fetches.length
      assert.equal(await ask(other), '401')
      assert.equal(await ask(es), '200')
      assert.equal(fetches.length, before + 1)
    }
    fail()
    pass(3_600_000)
    assert.equal(await ask(es), '200')
    pass(86_400_000)
    assert.equal(await ask(es), '401')
    publish(es.jwk)
    pass(60)
    assert.equal(await ask(es), '200')
  })
})

test('compressed sets are read', async () => {
  await onStage({}, async ({ behave, ask, server, url }) => {
    for (const [coding, squeeze] of [
      ['gzip', gzipSync],
      ['X-GZIP', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
      ['identity', (text: string) => Buffer.from(text)],
    ] as const) {
      behave({ body: squeeze(set(es.jwk)), fields: { 'Content-Encoding': coding } })
      server.fetchKeysFrom(url)
      assert.equal(await ask(es), '200', coding)
    }
  })
})

test('waits no longer than the limit, for the head or for the body', async () => {
  await onStage({ keyTimeout: 300 }, async ({ behave, ask, pass, publish }) => {
    behave(() => undefined)
    assert.equal(await ask(es), '401')
    const drips: NodeJS.Timeout[] = []
    behave((response) => {
      response.writeHead(200)
      drips.push(setInterval(() => response.write(' '), 5))
    })
    pass(60)
    assert.equal(await ask(es), '401')
    for (const drip of drips) clearInterval(drip)
    publish(es.jwk)
    pass(60)
    assert.equal(await ask(es), '200')
  })
})

test('redirects are followed on the same origin, and three times', async () => {
  await onStage({}, async ({ behave, ask, server, url }) => {
    const away = url.replace('127.0.0.1', 'localhost')
    const leading = (to: (path: string) => string | undefined): void => {
      behave((response, path) => {
        const location = to(path)
        if (location === undefined) response.end(set(es.jwk))
        else response.writeHead(302, { Location: location }).end()
      })
      server.fetchKeysFrom(url)
    }
    leading((path) => (path.length < '/keys.jsonnnn'.length ? `${path}n` : undefined))
    assert.equal(await ask(es), '200')
    leading((path) => `${path}n`)
    assert.equal(await ask(es), '401')
    leading((path) => (path === '/keys.json' ? away.replace('json', 'txt') : undefined))
    assert.equal(await ask(es), '401')
    leading((path) => (path === '/keys.json' ? 'http://[' : undefined))
    assert.equal(await ask(es), '401')
  })
})

test('no URL of another kind, and none that is unreachable, harms anybody', async () => {
  await onStage({}, async ({ server, ask, askWith }) => {
    for (const url of ['file:///etc/hostname', 'nonsense', 'http://127.0.0.1:1/']) {
      server.fetchKeysFrom(url)
      assert.equal(await ask(es), '401')
      assert.equal(await askWith(server.token), '200')
    }
  })
})

test('asks once for many, and for unknown names no oftener than the cooldown', async () => {
  await onStage({}, async ({ publish, ask, pass, fetches }) => {
    publish(es.jwk)
    const statuses = await Promise.all(Array.from({ length: 12 }, () => ask(es)))
    assert.deepEqual(new Set(statuses), new Set(['200']))
    assert.equal(fetches.length, 1)
    for (let count = 0; count < 5; count += 1)
      assert.equal(await ask(es, { kid: `${count}` }), '401')
    assert.equal(fetches.length, 1)
    pass(60)
    await Promise.all(['a', 'b', 'c'].map((kid) => ask(es, { kid })))
    assert.equal(fetches.length, 2)
  })
})

test('takes up what is new and drops what is withdrawn', async () => {
  await onStage({}, async ({ publish, ask, pass }) => {
    publish(es.jwk)
    assert.equal(await ask(es), '200')
    publish(es.jwk, other.jwk)
    assert.equal(await ask(other), '401')
    pass(60)
    assert.equal(await ask(other), '200')
    publish(other.jwk)
    assert.equal(await ask(es), '200')
    pass(30_000)
    assert.equal(await ask(es), '401')
    assert.equal(await ask(other), '200')
    publish({ ...es.jwk, kid: 'other' })
    pass(30_000)
    assert.equal(await ask(other), '401')
    assert.equal(await ask(es, { kid: 'other' }), '200')
  })
})

test('uses a set as long as it says, within bounds', async () => {
  const lives: readonly (readonly [fields: Record<string, string>, seconds: number])[] = [
    [{}, 30],
    [{ 'Cache-Control': 'public, max-age=5' }, 5],
    [{ 'Cache-Control': 'MAX-AGE="5"' }, 5],
    [{ 'Cache-Control': 'max-age=60', Age: '20' }, 40],
    [{ 'Cache-Control': 's-maxage=5' }, 30],
    [{ 'Cache-Control': 'max-age=0' }, 1],
    [{ 'Cache-Control': 'no-store' }, 1],
    [{ 'Cache-Control': 'no-cache, max-age=99' }, 1],
    [{ 'Cache-Control': 'max-age=nonsense' }, 30],
    [{ 'Cache-Control': 'max-age=99999999999999999999' }, 86_400],
  ]
  await onStage({}, async ({ write, ask, pass, fetches, server, url }) => {
    for (const [fields, seconds] of lives) {
      write(set(es.jwk), fields)
      server.fetchKeysFrom(url)
      await ask(es)
      const before = fetches.length
      pass(seconds * 1000 - 1)
      await ask(es)
      assert.equal(fetches.length, before, JSON.stringify(fields))
      pass(1)
      await ask(es)
      assert.equal(fetches.length, before + 1, JSON.stringify(fields))
    }
  })
})

test('the cooldown holds back what a lifetime does not call for, and every try after a failure', async () => {
  await onStage({ keyCooldown: 30_000 }, async ({ write, fail, ask, pass, fetches }) => {
    const fields = { 'Cache-Control': 'max-age=5' }
    write(set(es.jwk), fields)
    assert.equal(await ask(es), '200')
    pass(4999)
    assert.equal(await ask(other), '401')
    assert.equal(fetches.length, 1)
    write(set(other.jwk), fields)
    pass(1)
    assert.deepEqual([await ask(es), await ask(other), fetches.length], ['401', '200', 2])
    fail()
    pass(5000)
    assert.deepEqual([await ask(other), fetches.length], ['200', 3])
    pass(5000)
    assert.deepEqual([await ask(other), fetches.length], ['200', 3])
    pass(25_000)
    assert.deepEqual([await ask(other), fetches.length], ['200', 4])
  })
})

test('what was asked of one place is not believed of another', async () => {
  await onStage({}, async ({ behave, ask, server, url, publish, fetches }) => {
    const { promise, resolve } = gate<() => void>()
    behave((response) => resolve(() => response.end(set(es.jwk))))
    const early = ask(es)
    const answer = await promise
    publish(other.jwk)
    server.fetchKeysFrom(`${url}?moved`)
    answer()
    assert.equal(await early, '401')
    assert.equal(await ask(es), '401')
    assert.equal(await ask(other), '200')
    assert.equal(fetches.length, 2)
  })
})

test('closing ends a fetch that is under way', async () => {
  await onStage({ keyTimeout: 60_000 }, async ({ behave, ask, server }) => {
    const { promise, resolve } = gate<void>()
    behave(() => resolve())
    const answer = ask(es)
    await promise
    await server.close()
    await answer
  })
})

test('the set is for the tokens of the same issuer', async () => {
  await onStage({}, async ({ publish, server, askWith, ask }) => {
    publish(es.jwk)
    assert.equal(await ask(es), '200')
    const [, claims] = server.token.split('.')
    assert.equal(decoded(claims).iss, server.issuer)
    const stranger = server.issue({ iss: 'https://other.example.test/' })
    assert.equal(await askWith(stranger), '401')
  })
})
