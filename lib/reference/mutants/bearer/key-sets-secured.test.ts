import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer as overHttp, type Server } from 'node:http'
import { createServer as overHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { selfSigned } from '../../../x509/self-signed.ts'
import { ask } from '../../ask.test.helper.ts'
import { bearing } from '../../bearer/ask.test.helper.ts'
import { hostedKey, tokenBy } from '../../bearer/key-host.test.helper.ts'
import { startReference } from '../../start.ts'

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
  identity: typeof localhost,
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
