import assert from 'node:assert/strict'
import { get } from 'node:http'
import { request } from 'node:https'
import { test } from 'node:test'
import { type Reference, startReference } from '../../start.ts'
import { httpsMutants } from '../index.ts'

const started = async (
  mutant: string | undefined,
  look: (reference: Reference) => Promise<void>,
): Promise<void> => {
  const server = await startReference({
    system: 'https',
    ...(mutant === undefined ? {} : { mutant }),
  })
  try {
    await look(server)
  } finally {
    await server.close()
  }
}

/** The status that a client of today gets over TLS, whatever certificate it is shown. */
const secure = ({ url, accounts }: Reference, authorized: boolean): Promise<number | undefined> => {
  const { user, password } = accounts.default
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        host: '127.0.0.1',
        servername: 'localhost',
        rejectUnauthorized: false,
        agent: false,
        ...(authorized ? { auth: `${user}:${password}` } : {}),
      },
      (answer) => resolve(answer.resume().statusCode),
    )
    asked.on('error', reject).end()
  })
}

/** The answer of the http door, or what kept one from coming. */
const plain = ({ httpUrl = '' }: Reference): Promise<string> =>
  new Promise((resolve) => {
    const { port } = new URL(httpUrl)
    const asked = get({ host: '127.0.0.1', port, path: '/protected?a=b', agent: false }, (answer) =>
      resolve(`${answer.resume().statusCode} ${answer.headers.location ?? ''}`.trim()),
    )
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
  })

test('the conforming server leads from one door to the other, and says nothing of the query', () =>
  started(undefined, async (reference) => {
    assert.equal(await plain(reference), `308 ${reference.url}`)
  }))

for (const { id, kind } of httpsMutants) {
  test(`${id} (${kind}) serves the default account over TLS and asks strangers for a password`, () =>
    started(id, async (reference) => {
      assert.equal(await secure(reference, true), 200)
      assert.equal(await secure(reference, false), 401)
    }))
}

test('a shut http door is one where nobody listens, and closes twice', () =>
  started('benign-http-shut', async (reference) => {
    assert.equal(await plain(reference), 'ECONNREFUSED')
    await reference.close()
  }))

test('there is no mutant of another name', async () => {
  await assert.rejects(startReference({ system: 'https', mutant: 'no-such-mutant' }), RangeError)
})
