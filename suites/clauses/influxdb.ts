import type { Clause } from '../../lib/model/clause.ts'
import { clausesOf } from './documented.ts'

/** Sentences of the page on authentication to InfluxDB Cloud Serverless. */
export const influxdb: readonly Clause[] = clausesOf(
  {
    product: 'influxdb',
    where: 'InfluxDB Cloud Serverless, Authentication',
    url: 'https://docs.influxdata.com/influxdb3/cloud-serverless/api/authentication/',
  },
  {
    'S3-01': { says: 'The API takes the schemes Token and Basic.' },
    'S3-02': { says: 'Basic is for those operations below /api/v2 that support it.' },
    'S3-03': { says: 'Credentials follow the word Basic in Base64.' },
    'S3-04': { says: 'They are user name, colon and password, joined and then encoded.' },
    'S3-05': {
      says: 'HTTPS is always used to authenticate or to send sensitive data.',
      observable: 'with-tls',
    },
    'S3-06': {
      says: 'The user name is the e-mail address that the user signed up with.',
      unobservable: 'Another page says that the user name is not looked at, so that none is wrong.',
    },
    'S3-07': { says: 'The password is an API token.' },
    'S3-08': { says: 'The example signs in by GET at /api/v2/signin with Basic.' },
    'S3-09': {
      says: 'The Flux function http.basicAuth gives the header of user name and password.',
      unobservable: 'It is a function of a language that runs in the server.',
    },
    'S3-10': {
      says: 'The output of btoa for EMAIL_ADDRESS:PASSWORD is printed as an example of encoded credentials.',
      unobservable:
        'It is an example that binds no server, and a run compares its Base64 with the text offline.',
    },
    'S3-11': {
      says: 'A second example signs in with the header that was printed before.',
      unobservable:
        'It rests on an example that is wrong, and its credentials are those of nobody.',
    },
    'S3-12': { says: 'The scheme Token authenticates to the API with an API token.' },
    'S3-13': { says: 'The value is the word Token, a space, and an API token.' },
    'S3-14': { says: 'The word Token is case-sensitive.' },
    'S3-15': { says: 'The example lists /api/v2/buckets by GET with a token.' },
    'S3-16': { says: 'Tokens are managed at endpoints below /authorizations.' },
  },
)
