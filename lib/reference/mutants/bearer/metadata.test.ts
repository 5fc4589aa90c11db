import { get, request } from '../../ask.test.helper.ts'
import { metadata } from '../../bearer/answers.ts'
import { type BearerRow, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { metadataDefects } from './metadata.ts'

const asked = request('GET /.well-known/oauth-protected-resource/protected HTTP/1.1')

const plain = JSON.stringify(metadata)

const says = (members: object): BearerRow => ({
  send: () => asked,
  see: 'body',
  plain,
  mutated: JSON.stringify({ ...metadata, ...members }),
})

const statuses = (mutated: string, ...send: readonly string[]): BearerRow => ({
  send: () => send,
  plain: send.map((one) => (one === asked ? '200' : '404')).join(' '),
  mutated,
})

showBearerDifferences(metadataDefects, {
  'bearer-metadata-as-text': {
    send: () => asked,
    see: 'Content-Type',
    plain: 'application/json',
    mutated: 'text/plain',
  },
  'bearer-metadata-needs-token': statuses('401', asked),
  'bearer-metadata-elsewhere': statuses('404 200', asked, request('GET /metadata.json HTTP/1.1')),
  'bearer-metadata-announced-by-path': {
    send: () => get(),
    see: 'WWW-Authenticate',
    plain: 'Bearer realm="Reference"',
    mutated:
      'Bearer realm="Reference", resource_metadata="/.well-known/oauth-protected-resource/protected"',
  },
  'bearer-metadata-without-resource': says({ resource: undefined }),
  'bearer-metadata-resource-is-name': says({ resource: 'reports-api' }),
  'bearer-metadata-other-resource': says({ resource: 'https://api.example.test/public' }),
  'bearer-metadata-whole-site': says({ resource: 'https://api.example.test/' }),
  'bearer-metadata-keys-by-http': says({ jwks_uri: 'http://api.example.test/jwks.json' }),
  'bearer-metadata-unsigned-listed': says({
    resource_signing_alg_values_supported: ['ES256', 'none'],
  }),
  'bearer-metadata-empty-list': says({ scopes_supported: [] }),
  'bearer-metadata-methods-overstated': says({ bearer_methods_supported: ['header', 'query'] }),
})
