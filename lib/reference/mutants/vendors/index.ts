/** The catalogues of the stand-ins' mutants, as data for readers and as changes for a server. */
import type { Mutant, Variation, VendorSystem } from '../types.ts'
import { type BackendChange, backendBenign, backendDefects, backendUniversal } from './backend.ts'
import { dataApiBenign, dataApiDefects } from './data-api.ts'
import { keyBenign, keyDefects, keyUniversal } from './data-api-keys.ts'
import type { DataApiChange } from './data-api-ways.ts'
import { type InfluxChange, influxBenign, influxDefects, influxUniversal } from './influx.ts'

interface Entry<C> {
  readonly mutant: Mutant
  readonly change: C
}

const entries =
  (system: VendorSystem) =>
  <C>(kind: Mutant['kind'], family: readonly Variation<C>[]): readonly Entry<C>[] =>
    family.map(({ change, ...about }) => ({ mutant: { ...about, system, kind }, change }))

const [selfManaged, helios, freesewing, influxdb] = [
  entries('singlestore'),
  entries('singlestore-helios'),
  entries('freesewing'),
  entries('influxdb-cloud-serverless'),
]

const catalogue: readonly Entry<DataApiChange | BackendChange | InfluxChange>[] = [
  ...selfManaged('narrow', dataApiDefects('singlestore')),
  ...selfManaged('narrow', keyDefects('singlestore')),
  ...selfManaged('universal', keyUniversal('singlestore')),
  ...selfManaged('benign', dataApiBenign('singlestore')),
  // Both products read keys alike, so that one of them is enough to be left in peace.
  ...selfManaged('benign', keyBenign('singlestore')),
  ...helios('narrow', dataApiDefects('singlestore-helios')),
  ...helios('narrow', keyDefects('singlestore-helios')),
  ...helios('benign', dataApiBenign('singlestore-helios')),
  ...freesewing('narrow', backendDefects),
  ...freesewing('universal', backendUniversal),
  ...freesewing('benign', backendBenign),
  ...influxdb('narrow', influxDefects),
  ...influxdb('universal', influxUniversal),
  ...influxdb('benign', influxBenign),
]

/** Every mutant of the stand-ins, as plain data. */
export const vendorMutants: readonly Mutant[] = catalogue.map(({ mutant }) => mutant)

/** What a mutant of a stand-in changes, or nothing where none is named. Throws RangeError. */
export const changeOfVendor = (
  system: VendorSystem,
  id: string | undefined,
): DataApiChange | BackendChange | InfluxChange | undefined => {
  if (id === undefined) return undefined
  const found = catalogue.find(({ mutant }) => mutant.id === id && mutant.system === system)
  if (found !== undefined) return found.change
  throw new RangeError(`The reference server "${system}" has no mutant "${id}".`)
}
