// A middleware for Basic, set up as its manual shows and judged as a user would judge it.
import { holdToRecord } from './hold.ts'
import { mannerOf, recipeOf } from './middlewares.ts'

const name = 'hapi-basic'
holdToRecord(name, recipeOf(name), { ...mannerOf(name), seeds: ['1', '2'] })
