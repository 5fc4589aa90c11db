import { basic, get, showDifferences } from '../ask.test.helper.ts'
import { duplicates } from './duplicates.ts'

const right = `Authorization: ${basic()}`
const wrong = 'Authorization: Basic eDp5'
const send = [get(right, wrong), get(wrong, right)]
const plain = '400 400'

showDifferences(duplicates, {
  'duplicate-first-wins': { send, plain, mutated: '200 401' },
  'duplicate-last-wins': { send, plain, mutated: '401 200' },
  'duplicate-same-accepted': {
    send: [get(right, right), ...send],
    plain: '400 400 400',
    mutated: '200 400 400',
  },
  'duplicate-any-wins': { send, plain, mutated: '200 200' },
})
