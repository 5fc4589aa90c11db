/**
 * Judges an HTTP server's authentication clause by clause, as the command line does.
 * @module
 */

export { clauses } from '../suites/clauses/index.ts'
export { suites } from '../suites/index.ts'
export { singlestore, singlestoreHelios } from '../suites/profiles/data-api.ts'
export { freesewing } from '../suites/profiles/freesewing.ts'
export { generic } from '../suites/profiles/generic.ts'
export { influxdbCloudServerless } from '../suites/profiles/influxdb-cloud-serverless.ts'
export type { PlanSummary, RunEvent, RunInput } from './engine/index.ts'
export { couldNotJudge, planConformance, runConformance, summarise } from './engine/index.ts'
export type * from './model/index.ts'
export type { FileProblem } from './notation/load.ts'
export { loadProfile, loadSuite } from './notation/load.ts'
export { reporters } from './reporters/index.ts'
