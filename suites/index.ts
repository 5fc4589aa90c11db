import type { Suite } from '../lib/model/case.ts'
import { caching } from './authorization/caching.ts'
import { connection } from './authorization/connection.ts'
import { authorizationDuplicates } from './authorization/duplicates.ts'
import { authorizationField } from './authorization/field.ts'
import { requestFraming } from './authorization/framing.ts'
import { authorizationMalformed } from './authorization/malformed.ts'
import { methods } from './authorization/methods.ts'
import { basicBase64 } from './basic/base64.ts'
import { basic } from './basic/basic.ts'
import { bearerAnswers } from './bearer/answers.ts'
import { bearer } from './bearer/bearer.ts'
import { bearerChallenge } from './bearer/challenge.ts'
import { bearerElsewhere } from './bearer/elsewhere.ts'
import { bearerMetadata } from './bearer/metadata.ts'
import { bearerRepeated } from './bearer/repeated.ts'
import { answers } from './challenge/answers.ts'
import { challenge } from './challenge/challenge.ts'
import { challengeSyntax } from './challenge/syntax.ts'
import { httpsCleartext } from './https/cleartext.ts'
import { hsts } from './https/hsts.ts'
import { httpsRedirects } from './https/redirects.ts'
import { jwksChannel } from './jwks/channel.ts'
import { jwksContents } from './jwks/contents.ts'
import { jwksOutage } from './jwks/outage.ts'
import { jwksPublished } from './jwks/published.ts'
import { jwksRotation } from './jwks/rotation.ts'
import { jwksSelection } from './jwks/selection.ts'
import { jwksUnfit } from './jwks/unfit.ts'
import { jwtAccessToken } from './jwt/access-token.ts'
import { jwtAlgorithm } from './jwt/algorithm.ts'
import { jwtClaims } from './jwt/claims.ts'
import { jwtConfusion } from './jwt/confusion.ts'
import { jwtDemands } from './jwt/demands.ts'
import { jwtForged } from './jwt/forged.ts'
import { jwtHeaderKeys } from './jwt/header-keys.ts'
import { jwtIssued } from './jwt/issued.ts'
import { jwtJson } from './jwt/json.ts'
import { jwtParties } from './jwt/parties.ts'
import { jwtSignature } from './jwt/signature.ts'
import { jwtSize } from './jwt/size.ts'
import { jwtStructure } from './jwt/structure.ts'
import { singlestore, singlestoreHelios } from './systems/data-api.ts'
import { freesewing } from './systems/freesewing.ts'
import { influxdb } from './systems/influxdb.ts'
import { tlsAddresses } from './tls/addresses.ts'
import { tlsCertificate } from './tls/certificate.ts'
import { tlsHandshake } from './tls/handshake.ts'
import { tlsKeys } from './tls/keys.ts'
import { tlsPreferences } from './tls/preferences.ts'
import { tlsSuites } from './tls/suites.ts'
import { tlsVersions } from './tls/versions.ts'
import { token } from './token/token.ts'

/** Every suite, in the order in which a reader meets them. */
export const suites: readonly Suite[] = [
  challenge,
  challengeSyntax,
  answers,
  methods,
  connection,
  caching,
  basic,
  basicBase64,
  authorizationField,
  authorizationMalformed,
  authorizationDuplicates,
  requestFraming,
  bearer,
  bearerAnswers,
  bearerChallenge,
  bearerMetadata,
  bearerElsewhere,
  bearerRepeated,
  jwtAlgorithm,
  jwtConfusion,
  jwtSignature,
  jwtForged,
  jwtHeaderKeys,
  jwtStructure,
  jwtJson,
  jwtClaims,
  jwtParties,
  jwtDemands,
  jwtIssued,
  jwtAccessToken,
  jwtSize,
  jwksContents,
  jwksUnfit,
  jwksSelection,
  jwksRotation,
  jwksOutage,
  jwksChannel,
  jwksPublished,
  token,
  singlestore,
  singlestoreHelios,
  freesewing,
  influxdb,
  httpsCleartext,
  httpsRedirects,
  hsts,
  tlsVersions,
  tlsSuites,
  tlsPreferences,
  tlsHandshake,
  tlsKeys,
  tlsCertificate,
  tlsAddresses,
]
