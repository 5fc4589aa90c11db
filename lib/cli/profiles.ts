import { singlestore, singlestoreHelios } from '../../suites/profiles/data-api.ts'
import { freesewing } from '../../suites/profiles/freesewing.ts'
import { generic } from '../../suites/profiles/generic.ts'
import { influxdbCloudServerless } from '../../suites/profiles/influxdb-cloud-serverless.ts'
import type { Profile } from '../model/profile.ts'

/** The built-in profiles. */
export const profiles: readonly Profile[] = [
  generic,
  singlestore,
  singlestoreHelios,
  freesewing,
  influxdbCloudServerless,
]
