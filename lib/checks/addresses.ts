/** Whether all addresses of a host are as safe as each other. */
import type {
  AddressesFacts,
  AddressFacts,
  CertificateWanted,
  ChannelWanted,
  Offer,
} from '../model/channel.ts'
import { lookAtCertificate, sayCertificate } from './certificate.ts'
import type { Checked } from './check.ts'

type Finding = Pick<Checked, 'got' | 'holds'>
type Wanted = NonNullable<ChannelWanted['addresses']>

const offers: readonly Offer[] = [
  'TLSv1.3',
  'TLSv1.2',
  'TLSv1.1',
  'TLSv1',
  'SSLv3',
  'SSLv2',
  'weak-suites',
]

const offerWords = (offer: Offer): string =>
  offer === 'weak-suites' ? 'suites that nobody should take' : offer

/** What makes a certificate unsound; that it ends soon does not. */
const soundness: readonly CertificateWanted[] = [
  'trusted',
  'in-date',
  'for-host',
  'strong-key',
  'strong-curve',
  'strong-hash',
]

const namesOf = (servers: readonly AddressFacts[]): string =>
  servers.map(({ address }) => address).join(', ')

/** Who leaves TLS 1.2 out and speaks TLS 1.3 is no weaker than who speaks both. */
const counts = (offer: Offer, { offers: made }: AddressFacts): boolean =>
  offer !== 'TLSv1.2' || made['TLSv1.3'] !== 'taken'

/** How an offer tells addresses apart. */
interface OfferFinding {
  readonly offer: Offer
  readonly holds: false | 'unknown'
  /** Where it is so, the same for offers that tell the same addresses apart. */
  readonly where: string
}

function offerFinding(offer: Offer, servers: readonly AddressFacts[]): OfferFinding | undefined {
  const by = (outcome: string | undefined): readonly AddressFacts[] =>
    servers.filter((each) => each.offers[offer] === outcome)
  const taken = by('taken')
  const counting = (outcome: string | undefined): readonly AddressFacts[] =>
    by(outcome).filter((each) => counts(offer, each))
  const [refused, silent, unknown] = [counting('refused'), counting('silent'), counting(undefined)]
  if (taken.length > 0 && refused.length > 0) {
    return { offer, holds: false, where: `at ${namesOf(taken)} and not at ${namesOf(refused)}` }
  }
  // Silence is a refusal, and never proof that a server cannot do what is wanted of it.
  const open = taken.length > 0 ? [...silent, ...unknown] : unknown
  return open.length === 0
    ? undefined
    : { offer, holds: 'unknown', where: `not known of ${namesOf(open)}` }
}

/** Each place once, with the offers that it is true of. */
function offerFindings(servers: readonly AddressFacts[]): readonly Finding[] {
  const found = offers.flatMap((offer) => offerFinding(offer, servers) ?? [])
  return [...new Set(found.map(({ where }) => where))].flatMap((where) => {
    const [first, ...rest] = found.filter((each) => each.where === where)
    if (first === undefined) return []
    const words = [first, ...rest].map(({ offer }) => offerWords(offer)).join(', ')
    return [{ holds: first.holds, got: `${words} ${where}` }]
  })
}

function certificateFinding(
  wanted: CertificateWanted,
  servers: readonly AddressFacts[],
): Finding | undefined {
  const looked = servers.flatMap(({ address, certificate }) =>
    certificate === undefined ? [] : [{ address, ...lookAtCertificate(wanted, certificate) }],
  )
  const good = looked.filter(({ holds }) => holds === true)
  const bad = looked.find(({ holds }) => holds === false)
  if (bad !== undefined && good.length > 0) {
    const at = good.map(({ address }) => address).join(', ')
    const words = `${sayCertificate(wanted)}, as at ${at}`
    return { holds: false, got: `the certificate at ${bad.address}: ${bad.got}, not ${words}` }
  }
  const unseen = servers.filter(({ certificate }) => certificate === undefined)
  return unseen.length === 0
    ? undefined
    : { holds: 'unknown', got: `the certificate at ${namesOf(unseen)} was not seen` }
}

function alike({ servers }: AddressesFacts): Finding {
  const found = [
    ...offerFindings(servers),
    ...soundness.flatMap((wanted) => certificateFinding(wanted, servers) ?? []),
  ]
  const differing = found.filter(({ holds }) => holds === false)
  if (differing.length > 0) {
    return { holds: false, got: differing.map(({ got }) => got).join('; ') }
  }
  return found[0] ?? { holds: true, got: `no difference between ${namesOf(servers)}` }
}

/** What is wanted of the addresses of a host, in words. */
export const sayAddresses = (wanted: Wanted): string =>
  wanted === 'several'
    ? 'two or more addresses of the host answer'
    : 'the same versions and equally sound certificates at every address'

/** Looks at what was found of the addresses of a host. */
export const lookAtAddresses = (wanted: Wanted, facts: AddressesFacts): Finding => {
  const { servers, known } = facts
  const several = servers.length > 1
  if (wanted === 'several') return { holds: several, got: namesOf(servers) || known.join(', ') }
  return several ? alike(facts) : { holds: 'unknown', got: 'one address at most' }
}
