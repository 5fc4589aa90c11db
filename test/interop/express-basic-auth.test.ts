// One middleware for Basic, set up as its manual shows.
import { holdMiddleware } from './middlewares.ts'

holdMiddleware('express-basic-auth')
