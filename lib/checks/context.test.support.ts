import type { Answer, Exchange, FieldLine, Outcome } from '../model/exchange.ts'
import type { CheckContext, Judged } from './check.ts'

type Pairs = readonly (readonly [name: string, value: string])[]

const lineOf = ([name, value]: Pairs[number]): FieldLine => ({
  name: [{ text: name }],
  value: [{ text: value }],
})

/** An exchange that was answered; the request is a plain GET unless told. */
export const answered = (
  answer: Partial<Answer>,
  asked: { scheme?: 'http' | 'https'; method?: string; fields?: Pairs } = {},
): Exchange => {
  const { scheme = 'http', method = 'GET', fields = [] } = asked
  const { body = '' } = answer
  return {
    n: 1,
    request: {
      route: { scheme, host: 'h.test', port: 80 },
      method,
      target: [{ text: '/' }],
      fields: fields.map(lineOf),
    },
    ending: 'complete',
    answer: {
      version: 'HTTP/1.1',
      status: 200,
      reason: 'OK',
      fields: [],
      body,
      bodyBytes: body.length,
      cut: false,
      trailers: [],
      interim: [],
      violations: [],
      ...answer,
    },
    carrier: 'raw',
    connection: 1,
    at: 0,
    ms: 1,
  }
}

/** What a check may look at: this exchange and what is laid over. */
export const contextOf = (exchange: object, more: Partial<CheckContext> = {}): CheckContext => ({
  exchange: exchange as Exchange,
  outcome: 'granted',
  witness: '',
  accepted: [],
  secrets: [],
  steps: new Map(),
  ...more,
})

export const judgedAs = (outcome: Outcome, exchange: Exchange): Judged => ({ exchange, outcome })
