import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer as overHttp, type Server } from 'node:http'
import { createServer as overHttps, type ServerOptions } from 'node:https'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { readHello } from '../../../host/hello.ts'
import { selfSigned } from '../../../x509/self-signed.ts'
import { ask } from '../../ask.test.helper.ts'
import { bearing } from '../../bearer/ask.test.helper.ts'
import { hostedKey, tokenBy } from '../../bearer/key-host.test.helper.ts'
import { startReference } from '../../start.ts'
import { keySetSecuredBenign } from './key-sets-secured.ts'

const key = hostedKey('ES256', 'a')
const body = JSON.stringify({ keys: [key.jwk] })

/** The private key and the certificate of a host that calls itself so. */
const identityOf = (name: string): { key: string; cert: string } => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: new X509Certificate(selfSigned(privateKey, { name })).toString(),
  }
}

const localhost = identityOf('localhost')
const another = identityOf('other.example.test')

const listening = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** The status of a token whose key is at an https URL that the server was told of. */
const statusAt = async (
  identity: typeof localhost & ServerOptions,
  trusted: string,
  mutant?: string,
  path = '/keys.json',
): Promise<string> => {
  const plain = overHttp((_request, response) => response.end(body))
  const away = `http://localhost:${await listening(plain)}/`
  const secure = overHttps(identity, ({ url }, response) => {
    if (url === '/away') response.writeHead(302, { Location: away }).end()
    else response.end(body)
  })
  const port = await listening(secure)
  const server = await startReference({
    system: 'bearer',
    keyAuthority: trusted,
    ...(mutant === undefined ? {} : { mutant }),
  })
  server.fetchKeysFrom(`https://localhost:${port}${path}`)
  try {
    const answer = await ask(server, bearing(tokenBy(server, key)))
    return /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'silence'
  } finally {
    await server.close()
    for (const each of [plain, secure]) {
      each.closeAllConnections()
      each.close()
    }
  }
}

test('a set is fetched over https from whom it should be', async () => {
  assert.equal(await statusAt(localhost, localhost.cert), '200')
})

test('a host that nobody vouches for is believed by a mutant alone', async () => {
  assert.equal(await statusAt(localhost, another.cert), '401')
  assert.equal(await statusAt(localhost, another.cert, 'keyset-certificate-unchecked'), '200')
  assert.equal(await statusAt(localhost, another.cert, 'keyset-certificate-of-any-name'), '401')
})

test('a host of another name is believed by a mutant alone', async () => {
  assert.equal(await statusAt(another, another.cert), '401')
  assert.equal(await statusAt(another, another.cert, 'keyset-certificate-of-any-name'), '200')
})

test('the way from https to http is taken by a mutant alone', async () => {
  assert.equal(await statusAt(localhost, localhost.cert, undefined, '/away'), '401')
  assert.equal(await statusAt(localhost, localhost.cert, 'keyset-https-left', '/away'), '200')
})

test('TLS 1.1 is enough for a mutant alone', async () => {
  const old = {
    ...localhost,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  } as const
  assert.equal(await statusAt(old, localhost.cert), '401')
  assert.equal(await statusAt(old, localhost.cert, 'keyset-old-tls'), '200')
})

test('what comes without TLS is taken by a mutant alone', async () => {
  const plain = overHttp((_request, response) => response.end(body))
  const port = await listening(plain)
  const status = async (mutant?: string): Promise<string | undefined> => {
    const server = await startReference({
      system: 'bearer',
      keyAuthority: localhost.cert,
      ...(mutant === undefined ? {} : { mutant }),
    })
    server.fetchKeysFrom(`https://localhost:${port}/keys.json`)
    try {
      const answer = await ask(server, bearing(tokenBy(server, key)))
      return /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]
    } finally {
      await server.close()
    }
  }
  assert.equal(await status(), '401')
  assert.equal(await status('keyset-http-for-want-of-https'), '200')
  plain.closeAllConnections()
  plain.close()
})

const background = 'benign-keyset-in-background'
const atOnce = keySetSecuredBenign.filter(({ id }) => id !== background)

/** Statuses of one token that is sent again until it is granted, or often enough. */
const statusesOf = async (identity: typeof localhost, mutant: string): Promise<string[]> => {
  const secure = overHttps(identity, (_request, response) => response.end(body))
  const port = await listening(secure)
  const server = await startReference({ system: 'bearer', keyAuthority: localhost.cert, mutant })
  server.fetchKeysFrom(`https://localhost:${port}/keys.json`)
  const told: string[] = []
  try {
    while (told.at(-1) !== '200' && told.length < 200) {
      const answer = await ask(server, bearing(tokenBy(server, key)))
      told.push(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'silence')
    }
    return told
  } finally {
    await server.close()
    secure.closeAllConnections()
    secure.close()
  }
}

test('who fetches in the background refuses meanwhile, and grants what it has fetched', async () => {
  const [first, ...more] = await statusesOf(localhost, background)
  assert.deepEqual([first, more.at(-1)], ['401', '200'])
  const [early, ...late] = await statusesOf(another, 'keyset-unchecked-in-background')
  assert.deepEqual([early, late.at(-1)], ['401', '200'])
})

for (const { id } of [...atOnce, { id: 'keyset-without-sha-256' }]) {
  test(`${id} fetches all the same`, async () => {
    assert.equal(await statusAt(localhost, localhost.cert, id), '200')
  })
}

test('a mutant knocks with an old hello first, and fetches then', async () => {
  const hellos: Buffer[] = []
  const secure = overHttps(localhost, (_, response) => response.end(body))
  const door = createServer((socket) => {
    socket.once('data', (first: Buffer) => {
      hellos.push(first)
      socket.pause()
      socket.unshift(first)
      secure.emit('connection', socket)
    })
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  const { port } = door.address() as AddressInfo
  const server = await startReference({
    system: 'bearer',
    keyAuthority: localhost.cert,
    mutant: 'keyset-old-hello',
  })
  server.fetchKeysFrom(`https://localhost:${port}/keys.json`)
  const answer = await ask(server, bearing(tokenBy(server, key)))
  assert.match(answer, /^HTTP\/1\.1 200/)
  assert.deepEqual(
    hellos.map((hello) => readHello(hello)?.renegotiation),
    [false, true],
  )
  await server.close()
  secure.closeAllConnections()
  door.close()
})
