import type { Suite } from '../../lib/model/case.ts'

/** Servers that stand behind one name. */
export const tlsAddresses: Suite = {
  id: 'tls-addresses',
  title: 'TLS: several servers of one service',
  about:
    'A client goes to whichever address of a name it likes, or to the one that an attacker leads it to. Each is offered each version alone and suites that nobody should take, and shows its certificate. Where only one address answers, nothing is said.',
  cases: [
    {
      id: 'tls-addresses-alike',
      title: 'Gives the same protection at every address of its host',
      severity: 'medium',
      send: { to: 'protected', with: 'nothing', but: { look: 'addresses' } },
      expect: [
        {
          when: { channel: { addresses: 'several' } },
          should: { channel: { addresses: 'alike' } },
          because: ['rfc9325#3.9-equivalent-servers'],
        },
      ],
      harm: 'Whoever is on the way leads clients to the weakest of the servers (DROWN).',
      fix: 'Give all servers behind the name one configuration of TLS, and renew their certificates together.',
    },
  ],
}
