import type { Clause } from '../../lib/model/clause.ts'
import { clausesOf, type Sentence } from './documented.ts'

/** The sentences that both products have, with the product's name where a reader would miss it. */
const shared = (page: 'S0' | 'S1', product: string): Readonly<Record<string, Sentence>> => ({
  [`${page}-01`]: { says: `The Data API of ${product} takes Basic and Bearer authentication.` },
  [`${page}-02`]: {
    says: `A JSON Web Token gets into ${product} without a password, by Bearer.`,
  },
  [`${page}-03`]: {
    says: `${product} reads the JSON Web Token in the Bearer Authorization field.`,
  },
  [`${page}-04`]: {
    says: `${product} takes a token only if a key signed it that the set at jwks_endpoint lists.`,
  },
  [`${page}-05`]: {
    says: `Tokens are switched on by the variable jwks_endpoint of the ${product} engine.`,
    unobservable: 'A variable of the engine is set in SQL and not over this API.',
  },
  [`${page}-06`]: {
    says: `Tokens are switched on in ${product} by a request for /api/v2/jwks_setup.`,
  },
  [`${page}-07`]: { says: `The method of the request for jwks_setup is POST in ${product}.` },
  [`${page}-08`]: {
    says: `Credentials for ${product} travel in an Authorization field of the request.`,
  },
  [`${page}-09`]: {
    says: `The field for ${product} has the method, Basic or Bearer, a space, and the information.`,
  },
  [`${page}-10`]: {
    says: `The information for ${product} is the Base64 of user name, colon and password, or a token.`,
  },
  [`${page}-11`]: {
    says: `For user demo, ${product} prints an example of a Basic field with the Base64 of its password.`,
    unobservable:
      'It is an example that binds no server, and a run compares its Base64 with the text offline.',
  },
  [`${page}-12`]: { says: `${product} answers 401 to a request without credentials.` },
  [`${page}-13`]: {
    says: `That 401 of ${product} has a WWW-Authenticate field with a challenge of Basic or Bearer.`,
  },
  [`${page}-14`]: {
    says: `Basic and Bearer are used with ${product} over HTTPS only.`,
    observable: 'with-tls',
  },
  [`${page}-15`]: {
    says: `In production the Data API of ${product} is used with SSL switched on.`,
    observable: 'with-tls',
  },
})

/** Sentences of the page on authentication to the Data API, self-managed. */
export const singlestore: readonly Clause[] = clausesOf(
  {
    product: 'singlestore',
    where: 'SingleStore v9.1, Data API Authentication',
    url: 'https://docs.singlestore.com/db/v9.1/reference/data-api/data-api-authentication/',
  },
  shared('S0', 'SingleStore'),
)

/** Sentences of the page of the same name for Helios. */
export const singlestoreHelios: readonly Clause[] = clausesOf(
  {
    product: 'singlestore-helios',
    where: 'SingleStore Helios, Data API Authentication',
    url: 'https://docs.singlestore.com/cloud/reference/data-api/data-api-authentication/',
  },
  {
    ...shared('S1', 'Helios'),
    'S1-16': {
      says: 'A client or tool of a third party needs a database user that was created before.',
      unobservable: 'Users are created in SQL, and a refused user says nothing of why.',
    },
  },
)
