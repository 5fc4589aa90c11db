import type { Profile } from '../../lib/model/profile.ts'

/** InfluxDB Cloud Serverless, below `https://REGION.aws.cloud2.influxdata.com`. */
export const influxdbCloudServerless: Profile = {
  id: 'influxdb-cloud-serverless',
  title: 'InfluxDB Cloud Serverless',
  about:
    'API tokens after the word Token, and by Basic in the place of a password where an operation supports it. --scheme Token=TOKEN; --user EMAIL:TOKEN for Basic, which is tried at GET /query.',
  operations: {
    protected: {
      by: {
        token: { method: 'GET', path: '/api/v2/buckets' },
        basic: {
          method: 'GET',
          path: '/query?db=conformance&q=SHOW%20MEASUREMENTS',
          harmless: true,
        },
      },
    },
    authorizations: {
      by: { token: { method: 'GET', path: '/api/v2/authorizations', witness: { status: 200 } } },
    },
    signin: { method: 'POST', path: '/api/v2/signin', witness: { status: 204 } },
    'signin-by-get': { method: 'GET', path: '/api/v2/signin', witness: { status: 204 } },
  },
  accepts: ['token', 'basic'],
  httpsOnly: true,
  schemes: [{ word: 'Token', exactCase: true, clause: 'influxdb#S3-14' }],
  limits: { requestsPerSecond: 3, loginBudget: 10, failuresInARow: 3 },
  ignoresUser:
    'The documentation says that the user name of Basic credentials is not looked at, so that another one is no fault.',
  deviations: [
    {
      clause: 'rfc9110#11.6.1-401-has-www-authenticate',
      source: 'the OpenAPI document of Cloud Serverless, and the sources of its relatives',
      say: 'A 401 is JSON with a code and a message, and has no challenge.',
    },
  ],
  declaresProtected: true,
  suites: ['influxdb'],
  examples: [
    {
      clause: 'influxdb#S3-10',
      text: 'EMAIL_ADDRESS:PASSWORD',
      printed: 'VVNFUk5BTUU6UEFTU1dPUkQ=',
    },
  ],
}
