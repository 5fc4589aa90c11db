import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { keepShut } from './shut.ts'

const knock = async (port: number): Promise<unknown> => {
  const socket = connect(port, '127.0.0.1')
  const [error] = await once(socket, 'error')
  return error.code
}

test('nobody answers at a door that is kept shut, and it is given up once', async () => {
  const door = await keepShut('127.0.0.1')
  assert.equal(await knock(door.port), 'ECONNREFUSED')
  assert.equal(await knock(door.port), 'ECONNREFUSED')
  assert.deepEqual(door.log, [])
  await door.close()
  await door.close()
  assert.equal(await knock(door.port), 'ECONNREFUSED')
})
