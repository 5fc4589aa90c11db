import { as, get } from '../../ask.test.helper.ts'
import { asking, type BearerRow, now, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { challenges } from './challenge.ts'

const realm = 'Bearer realm="Reference"'
const failed = `${realm}, error="invalid_token"`
const description =
  'error_description="This token is not good here. Get a new one from the issuer."'

const anonymous = (mutated: string): BearerRow => ({
  send: () => get(),
  see: 'WWW-Authenticate',
  plain: realm,
  mutated,
})

const invalid = (mutated: string): BearerRow => ({
  send: () => as('Bearer a.b.c'),
  see: 'WWW-Authenticate',
  plain: `${failed}, ${description}`,
  mutated,
})

showBearerDifferences(challenges, {
  'bearer-challenge-without-parameters': anonymous('Bearer'),
  'bearer-challenge-other-scheme': invalid(`${failed}, ${description}`.replace('Bearer', 'JWT')),
  'bearer-challenge-realm-twice': anonymous(`${realm}, realm="Another"`),
  'bearer-challenge-scope-twice': anonymous(`${realm}, scope="read", scope="reports"`),
  'bearer-challenge-scope-charset': anonymous(`${realm}, scope="read caf\xe9"`),
  'bearer-challenge-scope-spaced': anonymous(`${realm}, scope="read  reports"`),
  'bearer-challenge-absent-anonymous': anonymous(''),
  'bearer-challenge-absent-expired': {
    ...invalid(''),
    send: asking({ claims: { exp: now(-3600) } }),
  },
  'bearer-error-twice': invalid(`${failed}, ${description}, error="invalid_token"`),
  'bearer-error-description-twice': invalid(
    `${failed}, ${description}, error_description="Get a new one."`,
  ),
  'bearer-error-description-charset': invalid(`${failed}, error_description="Jeton refus\xe9"`),
  'bearer-error-description-quotes': invalid(`${failed}, error_description="No \\"good\\" token"`),
  'bearer-error-uri-blank': invalid(
    `${failed}, ${description}, error_uri="see the manual, page 3"`,
  ),
  'bearer-error-upper-case': invalid(`${realm}, error="INVALID_TOKEN", ${description}`),
})
