// A positive control: jsonwebtoken before 9.0.0, which takes unsigned tokens where no key is found.
import { test } from 'node:test'
import { holdGranted, tellOf } from './told.ts'

const told = await tellOf('jsonwebtoken-8')

test('jsonwebtoken 8.5.1: unsigned tokens are granted, and a shell sees it', async () => {
  await holdGranted(told, await told.judge('jwt-alg-none'), [
    'jwt-alg-none/exact',
    'jwt-alg-none/nothing-else',
    'jwt-alg-none/other-claims',
  ])
})
