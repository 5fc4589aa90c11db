/** The tables of channels that are tried, and of what is wanted of them. */
import type {
  CertificateWanted,
  ChannelVersion,
  ChannelWanted,
  GroupName,
  Hello,
  HelloExtension,
  Look,
  SuiteFamily,
} from '../model/channel.ts'
import { literal, named, object, optional, type Shape, some, text, whole } from './shape.ts'
import { id } from './word-shapes.ts'

const version: Shape<ChannelVersion> = named('channelVersion', () =>
  literal('SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'),
)

const family: Shape<SuiteFamily> = named('suiteFamily', () =>
  literal(
    'null',
    'anonymous',
    'export',
    'des',
    'rc4',
    '3des',
    'static-rsa',
    'static-dh',
    'dhe',
    'ecdhe-cbc',
    'ecdhe-gcm-128',
    'ecdhe-gcm-256',
    'ecdhe-chacha',
    'tls13-128',
    'tls13-256',
  ),
)

const families = some<SuiteFamily, readonly SuiteFamily[]>(family)

const group: Shape<GroupName> = literal('X25519', 'P-256', 'P-384', 'P-521', 'small')

const extension: Shape<HelloExtension> = named('helloExtension', () =>
  literal(
    'renegotiation-info',
    'extended-master-secret',
    'encrypt-then-mac',
    'truncated-hmac',
    'status-request',
    'alpn',
  ),
)

const extensions = some<HelloExtension, readonly HelloExtension[]>(extension)

const words = some<string, readonly string[]>(text())

/** May be empty: then the hello is a usual one. */
export const hello: Shape<Hello> = named('hello', () =>
  object<Hello>({
    versions: optional(some<ChannelVersion, readonly ChannelVersion[]>(version)),
    suites: optional(families),
    groups: optional(some<GroupName, readonly GroupName[]>(group)),
    name: optional(literal('absent', 'unknown')),
    protocols: optional(words),
    also: optional(literal('compression', 'truncated-hmac')),
  }),
)

export const look: Shape<Look> = literal(
  'certificate',
  'ticket',
  'resumption',
  'nonces',
  'addresses',
)

const certificateWanted: Shape<CertificateWanted> = literal(
  'trusted',
  'not-self-signed',
  'in-date',
  'lasts',
  'for-host',
  'strong-key',
  'strong-curve',
  'usual-curve',
  'strong-hash',
  'usual-hash',
)

export const channelWanted: Shape<ChannelWanted> = named('channelWanted', () =>
  object<ChannelWanted>(
    {
      hello: optional(literal('answered', 'refused')),
      version: optional(version),
      suite: optional(families),
      takesUp: optional(extensions),
      leaves: optional(extensions),
      compression: optional(literal('none')),
      protocol: optional(text()),
      primeBits: optional(whole(1)),
      freshSince: optional(id),
      hashFreeOf: optional(words),
      chain: optional(literal('in-order')),
      responder: optional(literal('named')),
      ticket: optional(whole(1)),
      resumption: optional(literal('resumed', 'with-new-key')),
      earlyData: optional(literal('none')),
      nonces: optional(literal('seen', 'unrepeated', 'counted')),
      certificate: optional(certificateWanted),
      addresses: optional(literal('several', 'alike')),
    },
    { some: true },
  ),
)
