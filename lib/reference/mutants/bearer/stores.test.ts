import { type BearerRow, bearing, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { stores } from './stores.ts'

/** A good token, and then what became of it. */
const afterwards = (change: (token: string) => string): BearerRow => ({
  send: ({ token }) => [bearing(token), bearing(change(token))],
  plain: '200 401',
  mutated: '200 200',
})

const swapped = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )

showBearerDifferences(stores, {
  'bearer-token-beginning-accepted': afterwards((token) => token.slice(0, -4)),
  'bearer-token-rest-ignored': afterwards((token) => `${token}xxxx`),
  'bearer-token-any-case': afterwards(swapped),
})
