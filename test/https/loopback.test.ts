// A demo stays on this machine: whoever replaces connect and lookup sees loopback alone.
import assert from 'node:assert/strict'
import dns from 'node:dns'
import { mkdtempSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { command } from '../../lib/cli/fake.test.support.ts'

const loopback = new Set(['127.0.0.1', '::1'])

test('The demo of the system with two doors connects to loopback only', async () => {
  const seen = new Set<string>()
  const looked = new Set<string>()
  const { connect } = Socket.prototype
  const { lookup } = dns
  Socket.prototype.connect = function (this: Socket, ...words: unknown[]) {
    // Node hands over what it has made of the arguments as an array in an array.
    const [first] = words.flat() as { host?: string }[]
    seen.add(first?.host ?? 'nowhere')
    return Reflect.apply(connect, this, words) as Socket
  } as typeof connect
  dns.lookup = ((host: string, ...rest: unknown[]) => {
    looked.add(host)
    return Reflect.apply(lookup, dns, [host, ...rest])
  }) as typeof lookup
  const folder = mkdtempSync(join(tmpdir(), 'conformance-loopback-'))
  try {
    const { code } = await command(['demo', '--system', 'https', '--out', folder])
    assert.equal(code, 0)
  } finally {
    Socket.prototype.connect = connect
    dns.lookup = lookup
    rmSync(folder, { recursive: true, force: true })
  }
  assert.ok(seen.size > 0)
  assert.deepEqual(
    [...seen, ...looked].filter((host) => !loopback.has(host)),
    [],
  )
})
