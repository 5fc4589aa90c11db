import type { Clause } from '../../lib/model/clause.ts'
import { clausesOf } from './documented.ts'

/** Sentences of the page on authentication to FreeSewing's backend. */
export const freesewing: readonly Clause[] = clausesOf(
  {
    product: 'freesewing',
    where: 'FreeSewing backend, Authentication',
    url: 'https://freesewing.dev/reference/backend',
  },
  {
    'S2-01': { says: 'All but a handful of endpoints ask for authentication.' },
    'S2-02': { says: 'There are two types of authentication, jwt and key.' },
    'S2-03': { says: 'No endpoint takes both types.' },
    'S2-04': { says: 'An endpoint whose path ends in jwt takes a JSON Web Token.' },
    'S2-05': { says: 'An endpoint whose path ends in key takes an API key and its secret.' },
    'S2-06': { says: 'A token is got by signing in at /signin.' },
    'S2-07': { says: 'The answer to a sign-in has the token.' },
    'S2-08': {
      says: 'Later calls send the token in Authorization after the word Bearer and a space.',
    },
    'S2-09': { says: 'The example asks for /account/jwt by GET with a token.' },
    'S2-10': { says: 'API key and secret are user-id and password of Basic authentication.' },
    'S2-11': {
      says: 'The advice is to serve the API over TLS alone, for Basic sends the password as it is.',
      observable: 'with-tls',
    },
    'S2-12': { says: 'By key no session is needed, so that each request stands for itself.' },
    'S2-13': { says: 'The example asks for /account/key by GET with key and secret.' },
    'S2-14': {
      says: 'Tokens are for people in a browser, keys for what runs by itself.',
      unobservable: 'Whom a credential is meant for is no property of a request.',
    },
  },
)
