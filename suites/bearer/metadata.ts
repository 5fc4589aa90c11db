import type { JsonWanted, Suite } from '../../lib/model/case.ts'

/** Members that nothing but metadata has: a site that answers JSON to every path publishes none. */
const published: JsonWanted = {
  '': {
    hasAny: [
      'authorization_servers',
      'bearer_methods_supported',
      'resource_documentation',
      'resource_signing_alg_values_supported',
    ],
  },
}

/** What a protected resource says of itself at its well-known URL (RFC 9728). */
export const bearerMetadata: Suite = {
  id: 'bearer-metadata',
  title: 'Bearer: what a resource says of itself',
  about:
    'A resource may publish which authorization servers it trusts and how it takes tokens. Clients act on that document before they hold any token, so what is wrong in it sends them to the wrong place.',
  cases: [
    {
      id: 'metadata-served',
      title: 'Serves its metadata to everyone, as JSON',
      severity: 'low',
      send: { to: 'metadata', with: 'nothing' },
      expect: [
        {
          when: { json: published },
          should: { status: 200, field: { name: 'Content-Type', lists: ['application/json'] } },
          because: ['rfc9728#3.2-200-json'],
        },
        {
          when: { announced: 'metadata', status: { noneOf: ['3xx'] } },
          should: { status: 200, json: { '': 'object' } },
          because: ['rfc9728#3.1-metadata-unauthenticated-get', 'rfc9728#3.2-200-json'],
        },
      ],
      harm: 'Clients that hold no token yet cannot learn where to get one.',
      fix: 'Leave the well-known URL out of what needs a token, and answer 200 with Content-Type: application/json.',
    },
    {
      id: 'metadata-at-well-known-url',
      title: 'Serves its metadata at the well-known URL of the resource',
      severity: 'low',
      steps: [
        { as: 'metadata', send: { to: 'metadata', with: 'nothing' } },
        {
          as: 'well-known',
          send: { to: 'well-known-metadata', with: 'nothing' },
          expect: [
            {
              // Only what names the target as its resource has its place there.
              when: { of: 'metadata', json: { ...published, '/resource': 'target' } },
              should: { status: { anyOf: [200, '3xx'] } },
              because: ['rfc9728#3-well-known-location'],
            },
          ],
        },
      ],
      harm: 'Clients that know the resource alone do not find what it says of itself.',
      fix: 'Serve the document at /.well-known/oauth-protected-resource, followed by the path of the resource.',
    },
    {
      id: 'metadata-names-resource',
      title: 'Names in its metadata the resource that was asked for',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { to: 'metadata', json: published },
          should: { json: { '/resource': 'url' } },
          because: ['rfc9728#2-resource-required'],
        },
        {
          when: { to: 'metadata', over: 'tls', json: published },
          should: { json: { '/resource': 'https-url' } },
          because: ['rfc9728#2-resource-required'],
        },
        {
          when: { to: 'metadata', json: { ...published, '/resource': 'url' } },
          should: { json: { '/resource': 'target-or-above' } },
          because: ['rfc9728#3.3-resource-identical'],
        },
        {
          // One document for all that lies below a URL is common, and clients can see that it is.
          when: { to: 'metadata', json: { ...published, '/resource': 'target-or-above' } },
          may: { json: { '/resource': 'target' } },
          severity: 'low',
          because: ['rfc9728#3.3-resource-identical'],
        },
      ],
      harm: 'Clients drop the document, or ask for a token that is meant for another resource.',
      fix: 'Give each resource a document of its own whose resource is, to the letter, the https URL that clients use.',
    },
    {
      id: 'metadata-keys-by-https',
      title: 'Names an https URL for its keys',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          // A server on one's own machine names itself by http as well.
          when: {
            to: 'metadata',
            json: { ...published, '/resource': 'https-url', '/jwks_uri': 'present' },
          },
          should: { json: { '/jwks_uri': 'https-url' } },
          because: ['rfc9728#2-jwks-uri-https'],
        },
      ],
      harm: 'Whoever sits on the way hands out keys of their own and signs what the resource seems to say.',
      fix: 'Name the key set by its https URL.',
    },
    {
      id: 'metadata-no-unsigned',
      title: 'Lists no unsigned form among its signing algorithms',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { to: 'metadata', json: published },
          should: { json: { '/resource_signing_alg_values_supported': { omits: ['none'] } } },
          because: ['rfc9728#2-no-none-signing-alg'],
        },
      ],
      harm: 'Clients accept answers that nobody signed.',
      fix: 'Take none out of resource_signing_alg_values_supported.',
    },
    {
      id: 'metadata-no-empty-lists',
      title: 'Leaves lists without members out of its metadata',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { to: 'metadata', json: published },
          should: {
            // An empty bearer_methods_supported has a meaning of its own.
            json: {
              '/authorization_servers': 'filled',
              '/scopes_supported': 'filled',
              '/resource_signing_alg_values_supported': 'filled',
              '/authorization_details_types_supported': 'filled',
              '/dpop_signing_alg_values_supported': 'filled',
            },
          },
          because: ['rfc9728#3.2-zero-valued-omitted'],
        },
      ],
      harm: 'Clients take an empty list for a statement that nothing is supported.',
      fix: 'Leave a member out where there is nothing to list.',
    },
    {
      id: 'metadata-announced-by-url',
      title: 'Names its metadata in challenges by an absolute URL',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { parameter: 'resource_metadata' },
          should: { challenge: { values: { of: ['resource_metadata'], are: 'url' } } },
          because: ['rfc9728#5.1-resource-metadata-is-url'],
        },
      ],
      harm: 'Clients have nothing to resolve a path against and do not find the document.',
      fix: 'Put the whole URL into resource_metadata, scheme and host included.',
    },
    {
      id: 'metadata-bearer-methods',
      title: 'Lists in its metadata whether it takes tokens from the query',
      severity: 'low',
      risk: ['intrusive'],
      steps: [
        { as: 'metadata', send: { to: 'metadata', with: 'nothing' } },
        {
          as: 'query',
          send: {
            to: 'protected',
            with: { valid: 'bearer', but: { carriedIn: { query: 'access_token' } } },
          },
          expect: [
            {
              when: {
                of: 'metadata',
                json: {
                  ...published,
                  '/bearer_methods_supported': { lists: ['header'], omits: ['query'] },
                },
              },
              should: { access: 'denied' },
              because: ['rfc9728#2-bearer-methods-truthful'],
            },
            {
              when: {
                of: 'metadata',
                json: { ...published, '/bearer_methods_supported': { lists: ['query'] } },
              },
              should: { access: 'granted' },
              because: ['rfc9728#2-bearer-methods-truthful'],
            },
          ],
        },
      ],
      harm: 'Clients send tokens in a way that is refused, and a way in stays unknown to those who guard it.',
      fix: 'List in bearer_methods_supported exactly what the code that finds the token looks at.',
    },
  ],
}
