// One middleware for Basic, set up as its manual shows; it knows a single account.
import { accounts } from './accounts.ts'
import { holdMiddleware } from './middlewares.ts'

holdMiddleware('koa-basic-auth', { accounts: { default: accounts.default } })
