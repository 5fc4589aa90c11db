import { as, get, showDifferences } from '../ask.test.helper.ts'
import { sizes } from './sizes.ts'

const large = as(`Basic ${'A'.repeat(8192)}`)
const cookie = get(`Cookie: ${'A'.repeat(65536)}`)
const huge = get(`Authorization: Basic ${'A'.repeat(65536)}`)

showDifferences(sizes, {
  'large-field-500': { send: large, plain: '401', mutated: '500' },
  'huge-authorization-cut': { send: [huge, cookie], plain: '431 431', mutated: 'cut 431' },
  'huge-field-500': { send: [huge, cookie], plain: '431 431', mutated: '431 500' },
  'huge-head-unexplained': {
    send: huge,
    see: 'body',
    plain:
      '{"error":"fields-too-large","field":"Authorization","message":"The fields may have 16384 bytes here, always; \\"Authorization\\" is too long."}',
    mutated: '',
  },
  'huge-head-unnamed': {
    send: huge,
    see: 'body',
    plain:
      '{"error":"fields-too-large","field":"Authorization","message":"The fields may have 16384 bytes here, always; \\"Authorization\\" is too long."}',
    mutated: 'The fields are too large.',
  },
  'huge-head-cacheable': {
    send: huge,
    see: 'Cache-Control',
    plain: '',
    mutated: 'public, max-age=600',
  },
  'huge-head-replayed': { send: [huge, huge], see: 'Age', plain: ' ', mutated: ' 1' },
  'throttle-replayed': { send: [large, large], see: 'Age', plain: ' ', mutated: ' 1' },
  'throttle-unexplained': { send: [large, large], plain: '401 401', mutated: '429 429' },
  'throttle-cacheable': {
    send: large,
    see: 'Cache-Control',
    plain: '',
    mutated: 'public, max-age=600',
  },
  'throttle-without-end': { send: large, plain: '401', mutated: '429' },
  'retry-after-malformed': { send: large, see: 'Retry-After', plain: '', mutated: '1.5s' },
})
