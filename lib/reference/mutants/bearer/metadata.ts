/** What the bearer server says of itself, wrong or in another place (RFC 9728). */
import type { Json } from '../../../model/json.ts'
import { metadata } from '../../bearer/answers.ts'
import { audience } from '../../bearer/issuer.ts'
import { paths } from '../../bearer/policy.ts'
import { type Reply, type Request, valuesOf } from '../../http/types.ts'
import { jsonReply } from '../../http/write.ts'
import { withField, without } from '../types.ts'
import {
  answers,
  around,
  type BearerChange,
  type BearerDefect,
  type BearerVariation,
  both,
  refusals,
} from './types.ts'

type Members = Readonly<Record<string, Json | undefined>>

/** Lays members over the metadata; what is undefined is left out. */
export const saying = (members: Members): BearerChange =>
  answers(() => ({ metadata: () => jsonReply(200, { ...metadata, ...members }) }))

const originOf = (request: Request): string =>
  `http://${valuesOf(request.fields, 'host')[0] ?? 'localhost'}`

/** Names in every refusal where the metadata is. */
const announcing = (urlIn: (origin: string) => string): BearerChange =>
  refusals((reply, request) => {
    const fields = valuesOf(reply.fields, 'www-authenticate')
    const param = `resource_metadata="${urlIn(originOf(request))}"`
    return fields.reduce(
      (changed, value) => withField(changed, 'WWW-Authenticate', `${value}, ${param}`),
      without(reply, 'www-authenticate'),
    )
  })

const announced = announcing((origin) => `${origin}${paths.metadata}`)

/** Answers in its own way where the metadata is asked for. */
const instead = (reply: (request: Request) => Reply, path: string = paths.metadata): BearerChange =>
  around(() => (request, next) => (request.target.path === path ? reply(request) : next(request)))

const elsewhere = '/metadata.json'

const needsToken: Reply = {
  status: 401,
  fields: [['WWW-Authenticate', 'Bearer realm="Reference"']],
  body: 'This needs a token.\n',
}

const absent: BearerChange = answers(({ notFound }) => ({ metadata: notFound }))

export const benignMetadata: readonly BearerVariation[] = [
  {
    id: 'benign-bearer-metadata-absent',
    does: 'Publishes nothing about itself.',
    clauses: [],
    change: absent,
  },
  {
    id: 'benign-bearer-metadata-guarded',
    does: 'Asks for a token at every address that it does not know to be public, and publishes nothing.',
    clauses: [],
    change: instead(() => needsToken),
  },
  {
    id: 'benign-bearer-metadata-announced',
    does: 'Names in its challenges where its metadata is.',
    clauses: [],
    change: announced,
  },
  {
    id: 'benign-bearer-metadata-by-http',
    does: 'Names itself and its keys by http URLs, as a server on the own machine does.',
    clauses: [],
    change: both(
      announced,
      instead((request) =>
        jsonReply(200, {
          ...metadata,
          resource: `${originOf(request)}${paths.protected}`,
          jwks_uri: `${originOf(request)}${paths.keys}`,
          bearer_methods_supported: [],
        }),
      ),
    ),
  },
  {
    id: 'benign-bearer-json-everywhere',
    does: 'Answers JSON of its own to requests for addresses it does not know.',
    clauses: [],
    change: instead(() => jsonReply(200, { resource: 'index', links: [], jwks_uri: null })),
  },
]

export const metadataDefects: readonly BearerDefect[] = [
  {
    id: 'bearer-metadata-as-text',
    does: 'Serves its metadata as plain text.',
    breaks: 'should',
    clauses: ['rfc9728#3.2-200-json'],
    change: answers(() => ({
      metadata: () => ({
        ...jsonReply(200, metadata),
        fields: [['Content-Type', 'text/plain']],
      }),
    })),
  },
  {
    id: 'bearer-metadata-needs-token',
    does: 'Names in its challenges where its metadata is, and asks for a token there.',
    breaks: 'should',
    clauses: ['rfc9728#3.1-metadata-unauthenticated-get'],
    besides: 'benign-bearer-metadata-announced',
    change: both(
      announced,
      instead(() => needsToken),
    ),
  },
  {
    id: 'bearer-metadata-elsewhere',
    does: 'Serves its metadata at an address of its own alone, which its challenges name.',
    breaks: 'should',
    clauses: ['rfc9728#3-well-known-location'],
    besides: 'benign-bearer-metadata-announced',
    change: both(
      absent,
      instead(() => jsonReply(200, metadata), elsewhere),
      announcing((origin) => `${origin}${elsewhere}`),
    ),
  },
  {
    id: 'bearer-metadata-announced-by-path',
    does: 'Names in its challenges the path of its metadata instead of the URL.',
    breaks: 'should',
    clauses: ['rfc9728#5.1-resource-metadata-is-url'],
    besides: 'benign-bearer-metadata-announced',
    change: announcing(() => paths.metadata),
  },
  {
    id: 'bearer-metadata-without-resource',
    does: 'Does not say in its metadata which resource that is about.',
    breaks: 'should',
    clauses: ['rfc9728#2-resource-required'],
    change: saying({ resource: undefined }),
  },
  {
    id: 'bearer-metadata-resource-is-name',
    does: 'Calls its resource by a name in its metadata that is no URL.',
    breaks: 'should',
    clauses: ['rfc9728#2-resource-required'],
    change: saying({ resource: 'reports-api' }),
  },
  {
    id: 'bearer-metadata-other-resource',
    does: 'Names another resource in its metadata.',
    breaks: 'should',
    clauses: ['rfc9728#3.3-resource-identical'],
    change: saying({ resource: `${audience}public` }),
  },
  {
    id: 'bearer-metadata-whole-site',
    does: 'Names the whole site as the resource in the metadata of a page.',
    breaks: 'may',
    clauses: ['rfc9728#3.3-resource-identical'],
    change: saying({ resource: audience }),
  },
  {
    id: 'bearer-metadata-keys-by-http',
    does: 'Names its key set by an http URL.',
    breaks: 'should',
    clauses: ['rfc9728#2-jwks-uri-https'],
    change: saying({ jwks_uri: `${audience}jwks.json`.replace('https:', 'http:') }),
  },
  {
    id: 'bearer-metadata-unsigned-listed',
    does: 'Lists none among the algorithms that it signs with.',
    breaks: 'should',
    clauses: ['rfc9728#2-no-none-signing-alg'],
    change: saying({ resource_signing_alg_values_supported: ['ES256', 'none'] }),
  },
  {
    id: 'bearer-metadata-empty-list',
    does: 'Lists no scopes in its metadata instead of leaving the list out.',
    breaks: 'should',
    clauses: ['rfc9728#3.2-zero-valued-omitted'],
    change: saying({ scopes_supported: [] }),
  },
  {
    id: 'bearer-metadata-methods-overstated',
    does: 'Says in its metadata that it takes tokens from the query, and does not.',
    breaks: 'should',
    clauses: ['rfc9728#2-bearer-methods-truthful'],
    change: saying({ bearer_methods_supported: ['header', 'query'] }),
  },
]
