/** Challenges that are missing or written wrongly (RFC 9110 §11, RFC 7617 §2). */
import { answers, type Change, type Defect, refusals, without } from './types.ts'

const hasChallenge = 'rfc9110#11.6.1-401-has-www-authenticate'
const abnf = 'rfc9110#2.2-challenge-matches-abnf'
const charset = 'charset="UTF-8"'

const isWrong = (reason: string): boolean =>
  reason === 'unknown-user' || reason === 'wrong-password'

/** Replaces the one challenge line by these. */
const says = (...lines: readonly string[]): Change => answers(() => ({ challenges: () => lines }))

const bareWhen = (when: (reason: string) => boolean): Change =>
  refusals((reply, _request, reason) => (when(reason) ? without(reply, 'www-authenticate') : reply))

/** Says something else after wrong credentials only, so that the first challenge stays right. */
const saysToWrong = (line: string): Change =>
  answers(({ challenges }) => ({
    challenges: (request, reason) => (isWrong(reason) ? [line] : challenges(request, reason)),
  }))

const malformed = ['no-scheme', 'no-credentials', 'undecodable', 'not-text', 'no-colon']

const missing: readonly Defect[] = [
  {
    id: 'bare-401-wrong-credentials',
    does: 'Sends 401 without WWW-Authenticate when credentials were sent and were wrong.',
    breaks: 'must',
    clauses: [hasChallenge],
    change: bareWhen(isWrong),
  },
  {
    id: 'bare-401-malformed',
    does: 'Sends 401 without WWW-Authenticate when credentials could not be read.',
    breaks: 'must',
    clauses: [hasChallenge],
    change: bareWhen((reason) => malformed.includes(reason)),
  },
]

const realms: readonly Defect[] = [
  {
    id: 'realm-missing',
    does: 'Sends a Basic challenge without realm.',
    breaks: 'must',
    clauses: ['rfc7617#2-realm-required'],
    change: says(`Basic ${charset}`),
  },
  {
    id: 'realm-unquoted',
    does: 'Writes the realm without quotation marks.',
    breaks: 'must',
    clauses: ['rfc9110#11.5-realm-quoted-string'],
    change: says(`Basic realm=Reference, ${charset}`),
  },
  {
    id: 'realm-twice',
    does: 'Names two realms in one challenge.',
    breaks: 'must',
    clauses: ['rfc9110#11.2-param-once-per-challenge'],
    change: says(`Basic realm="Reference", realm="Other", ${charset}`),
  },
  {
    id: 'realm-beyond-ascii',
    does: 'Sends a realm with letters beyond ASCII.',
    breaks: 'should',
    clauses: ['rfc7617#3-realm-ascii'],
    change: says(`Basic realm="R\xe9f\xe9rence", ${charset}`),
  },
  {
    id: 'realm-reflects-target',
    does: 'Writes the requested URL into the realm.',
    breaks: 'should',
    clauses: ['rfc7617#2-same-realm-same-space'],
    change: answers(() => ({
      challenges: ({ rawTarget }) => [
        `Basic realm="Reference ${rawTarget.replace(/["\\]/g, '')}", ${charset}`,
      ],
    })),
  },
]

const grammar: readonly Defect[] = [
  {
    id: 'challenge-empty-member',
    does: 'Leaves an empty member in the list of challenge parameters.',
    breaks: 'must',
    clauses: ['rfc9110#5.6.1.1-no-empty-list-elements'],
    change: says(`Basic realm="Reference", , ${charset}`),
  },
  {
    id: 'challenge-blanks-round-equals',
    does: 'Writes blanks round the equals sign of a challenge parameter.',
    breaks: 'must',
    clauses: ['rfc9110#5.6.3-no-bws-generated'],
    change: says(`Basic realm = "Reference", ${charset}`),
  },
  {
    id: 'challenge-needless-escape',
    does: 'Escapes a letter in the realm that needs no escape.',
    breaks: 'should',
    clauses: ['rfc9110#5.6.4-no-needless-quoted-pair'],
    change: says(`Basic realm="Re\\ference", ${charset}`),
  },
  {
    id: 'challenge-quote-open',
    does: 'Forgets the closing quotation mark of the realm.',
    breaks: 'must',
    clauses: [abnf],
    change: says(`Basic ${charset}, realm="Reference`),
  },
  {
    id: 'challenge-tab-after-scheme',
    does: 'Writes a tab between the scheme of its challenge and the realm.',
    breaks: 'must',
    clauses: [abnf],
    change: says(`Basic\trealm="Reference", ${charset}`),
  },
  {
    id: 'challenge-scheme-absent',
    does: 'Sends challenge parameters without a scheme before them after wrong credentials.',
    breaks: 'must',
    clauses: [abnf],
    change: saysToWrong(`realm="Reference", ${charset}`),
  },
  {
    id: 'challenge-value-absent',
    does: 'Leaves the value of a challenge parameter out.',
    breaks: 'must',
    clauses: [abnf],
    change: says('Basic realm="Reference", charset='),
  },
  {
    id: 'challenge-token68-and-parameters',
    does: 'Sends a token and parameters in one challenge.',
    breaks: 'must',
    clauses: [abnf],
    change: says(`Basic UmVm==, realm="Reference", ${charset}`),
  },
  {
    id: 'challenge-value-unquoted',
    does: 'Writes a realm that is no token without quotation marks.',
    breaks: 'must',
    clauses: [abnf],
    change: says(`Basic realm=Reference/1, ${charset}`),
  },
  {
    id: 'challenge-comma-absent',
    does: 'Leaves the comma between challenge parameters out.',
    breaks: 'must',
    clauses: [abnf],
    change: says(`Basic realm="Reference" ${charset}`),
  },
  {
    id: 'challenge-semicolon',
    does: 'Writes a semicolon where challenge parameters need a comma.',
    breaks: 'must',
    clauses: [abnf],
    change: says(`Basic realm="Reference"; ${charset}`),
  },
  {
    id: 'challenge-sentence',
    does: 'Adds a sentence for people to its challenge.',
    breaks: 'must',
    clauses: [abnf],
    change: says(`Basic realm="Reference", ${charset}, (please log in)`),
  },
  {
    id: 'charset-latin1',
    does: 'Announces a charset other than UTF-8.',
    breaks: 'must',
    clauses: ['rfc7617#2.1-charset-only-utf8'],
    change: says('Basic realm="Reference", charset="ISO-8859-1"'),
  },
  {
    id: 'challenge-extra-parameter',
    does: 'Sends a parameter in its Basic challenge that Basic does not have.',
    breaks: 'should',
    clauses: ['rfc7617#2-only-realm-and-charset'],
    change: says(`Basic realm="Reference", ${charset}, version="2"`),
  },
]

const schemes: readonly Defect[] = [
  {
    id: 'challenge-inapplicable',
    does: 'Asks for Bearer, which does not work, after wrong Basic credentials.',
    breaks: 'should',
    clauses: ['rfc9110#15.5.2-challenge-applicable'],
    change: saysToWrong('Bearer realm="Reference"'),
  },
  {
    id: 'challenge-renamed',
    does: 'Calls its scheme xBasic after wrong credentials, so that browsers show no dialog again.',
    breaks: 'should',
    clauses: ['rfc7617#2-scheme-name-basic-challenge', 'rfc9110#15.5.2-challenge-applicable'],
    change: saysToWrong(`xBasic realm="Reference", ${charset}`),
  },
  {
    id: 'challenge-unknown-first',
    does: 'Names a scheme of its own before Basic, on a line of its own.',
    breaks: 'may',
    clauses: ['rfc9110#11.3-well-supported-scheme-first'],
    change: says('Reference-Login realm="Reference"', `Basic realm="Reference", ${charset}`),
  },
  {
    id: 'challenges-on-one-line',
    does: 'Puts the challenges of two schemes into one field line.',
    breaks: 'may',
    clauses: ['rfc9110#11.6.1-one-challenge-per-line'],
    change: says(`Basic realm="Reference", ${charset}, Digest realm="Other", nonce="bm9uY2U"`),
  },
]

export const challenge: readonly Defect[] = [...missing, ...realms, ...grammar, ...schemes]
