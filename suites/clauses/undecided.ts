import type { ClauseId } from '../../lib/model/clause.ts'

/** Why a clause that shows outside is decided by no case, where that will stay so. */
export const undecided: Readonly<Record<ClauseId, string>> = {
  'rfc7617#2-charset-optional':
    'It is a permission: challenges with a charset and challenges without one follow it alike.',
  'rfc6750#2.1-header-method-supported':
    'A server that takes no token there refuses the control of every case, and from outside that looks like a token that is not good.',
  'rfc6750#2.2-form-method-optional':
    'It is a permission, and trying it would mean to send valid tokens with a method that changes something.',
  'rfc6750#2.3-query-method-optional':
    'It is a permission: servers that take a token from the query and servers that do not follow it alike.',
  'rfc6750#3-challenge-on-other-responses':
    'It is a permission: challenges with other answers than refusals and answers without any follow it alike.',
  'rfc6750#3-other-auth-params-allowed':
    'It is a permission: challenges with further parameters and challenges without any follow it alike.',
  'rfc6750#3-realm-optional':
    'It is a permission: Bearer challenges with a realm and Bearer challenges without one follow it alike.',
  'rfc6750#3-scope-optional':
    'It is a permission: challenges with a scope and challenges without one follow it alike.',
  'rfc6750#3-error-details-optional':
    'It is a permission: errors that are described and errors that are not follow it alike.',
  'rfc7515#10.10-replay-protection':
    'It is advice for tokens that count once, and a bearer token may be used again and again while it is valid.',
  'rfc7518#3.2-hmac-constant-time':
    'Times cannot be measured over a network closely enough to tell how two short texts are compared.',
  'rfc7519#8-jwe-optional':
    'It is a permission: verifiers that take encrypted tokens and verifiers that refuse them follow it alike.',
  'rfc7519#8-nested-optional':
    'It is a permission: verifiers that take tokens in tokens and verifiers that refuse them follow it alike.',
  'rfc9068#2.1-rs256-supported':
    'Which algorithms a server supports shows only with a key that it trusts, and that key says one of them.',
  'rfc9068#2.1-typ-at-jwt-issued':
    'That typ is what tells that a target follows this profile, so that none that is held to it can lack it.',
  'rfc9110#15.5.2-401-means-not-applied':
    'It takes something that can be changed and read back, and no profile can name that yet.',
  'rfc9700#2.2.1-sender-constrained':
    'Whoever tests with a bearer token was given one that is bound to nobody, so every run that is possible would break it.',
  'rfc9728#5-www-authenticate-may-carry-metadata':
    'It is a permission: challenges that name the metadata and challenges that do not follow it alike.',
  'rfc9728#7.1-tls': 'It takes an https target, and what holds for its TLS holds for its metadata.',
  'singlestore#S0-02':
    'It is what each control by token shows, and where one is refused, the token may be to blame, which preflight says.',
  'singlestore#S0-03':
    'Each control sends the token there, and where it is refused, the token may be to blame, which preflight says.',
  'singlestore#S0-15': 'Whether a deployment is one for production is nothing that an answer says.',
  'singlestore-helios#S1-02':
    'It is what each control by token shows, and where one is refused, the token may be to blame, which preflight says.',
  'singlestore-helios#S1-03':
    'Each control sends the token there, and where it is refused, the token may be to blame, which preflight says.',
  'singlestore-helios#S1-15':
    'Whether a deployment is one for production is nothing that an answer says.',
  'freesewing#S2-09':
    'It is what each control by token sends, and where it is refused, the token may be to blame, which preflight says.',
  'freesewing#S2-13':
    'It is what each control by key sends, and where it is refused, the key may be to blame, which preflight says.',
  'influxdb#S3-01':
    'Both schemes are what the controls send, and where one is refused, its secret may be to blame, which preflight says.',
  'influxdb#S3-02':
    'It names none of the operations, so that each that takes Basic and each that does not keeps to it.',
  'influxdb#S3-15':
    'It is what each control by token sends, and where it is refused, the token may be to blame, which preflight says.',
  'rfc9325#3.6-no-post-handshake-auth':
    'It binds protocols that carry several requests at a time, and HTTP/1.1 alone is spoken here.',
  'rfc9325#3.7-sni-supported':
    'A choice between certificates shows with two names only, and a target has one.',
  'rfc7518#8.6-key-size-upper-limit':
    'A signature with a key so large takes longer to make than an exchange may, so that a slow answer says nothing.',
  'rfc9325#3.8-client-alpn-mismatch-abort':
    'It takes a listener that ends a handshake with a protocol nobody offered, and TLS libraries make none.',
}
