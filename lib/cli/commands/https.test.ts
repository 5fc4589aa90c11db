import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type ReferenceOptions, startReference } from '../../reference/start.ts'
import { command, type Said, withFolder } from '../fake.test.support.ts'

const only = ['--only', 'anonymous-401', '--reporter', 'line']

const judged = (
  words: (ca: string) => readonly string[],
  options: ReferenceOptions = { system: 'generic', secure: true },
): Promise<Said> =>
  new Promise((resolve, reject) => {
    withFolder(async (folder) => {
      const reference = await startReference(options)
      const ca = join(folder, 'ca.pem')
      writeFileSync(ca, reference.ca ?? '')
      const { user, password } = reference.accounts.default
      const target = ['--target', reference.url, '--user', `${user}:${password}`]
      try {
        resolve(await command([...target, '--out', join(folder, 'r'), ...words(ca)]))
      } finally {
        await reference.close()
      }
    }).catch(reject)
  })

test('Judges a server on https whose authority is named', async () => {
  const { code, out } = await judged((ca) => [...only, '--ca', ca])
  assert.equal(code, 0, out)
})

test('Judges a server on https with a certificate that nobody trusts, where told to', async () => {
  const { code, out } = await judged(() => [...only, '--insecure'])
  assert.equal(code, 0, out)
})

test('Says what is wrong with a certificate that nobody trusts', async () => {
  const { code, out } = await judged(() => only)
  assert.equal(code, 3, out)
})

test('Judges a certificate that keeps it from sending anything', async () => {
  const { code, out } = await judged((ca) => ['--ca', ca], {
    system: 'https',
    mutant: 'certificate-expired',
  })
  assert.equal(code, 1, out)
  assert.match(out, /^ {2}✗ certificate-in-date +MUST · high$/mu)
  assert.match(out, /CERT_HAS_EXPIRED/u)
})
