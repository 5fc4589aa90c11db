/** The catalogues of the stand-ins' mutants, as data for readers and as changes for a server. */
import type { Mutant, Variation, VendorSystem } from '../types.ts'
import { type BackendChange, backendBenign, backendDefects, backendUniversal } from './backend.ts'
import { dataApiBenign, dataApiDefects } from './data-api.ts'
import { keyBenign, keyDefects, keyUniversal } from './data-api-keys.ts'
import type { DataApiChange } from './data-api-ways.ts'
import { type InfluxChange, influxBenign, influxDefects, influxUniversal } from './influx.ts'
import { type DoorChange, doorBenign, doorDefects } from './plain-doors.ts'

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

/** The http doors beside the APIs. */
const doors: readonly Entry<DoorChange>[] = [
  ...selfManaged(
    'narrow',
    doorDefects('singlestore', 'singlestore#S0-14', {
      'takes-passwords': 'documented',
      'takes-tokens': 'documented',
      // By the sentence a note, and by RFC 9110 a warning.
      asks: 'should',
    }),
  ),
  ...selfManaged('benign', doorBenign('singlestore', 'shut', 'redirect')),
  ...helios(
    'narrow',
    doorDefects(
      'singlestore-helios',
      'singlestore-helios#S1-14',
      { 'takes-passwords': 'documented', 'takes-tokens': 'documented', asks: 'documented' },
      'singlestore-helios-benign-http-403',
    ),
  ),
  ...helios('benign', doorBenign('singlestore-helios', '403', 'redirect')),
  ...freesewing(
    'narrow',
    doorDefects(
      'freesewing',
      'freesewing#S2-11',
      // Of tokens RFC 6750 has a MUST, and the page a "should".
      {
        'takes-passwords': 'should',
        'takes-tokens': 'must',
        asks: 'should',
        'asks-alike': 'should',
      },
      'freesewing-benign-http-403',
    ),
  ),
  ...freesewing('benign', doorBenign('freesewing', '403', 'shut')),
  ...influxdb(
    'narrow',
    doorDefects(
      'influxdb',
      'influxdb#S3-05',
      { 'takes-credentials': 'documented', asks: 'documented', 'asks-alike': 'should' },
      'influxdb-benign-http-403',
    ),
  ),
  ...influxdb('benign', doorBenign('influxdb', '403', '426')),
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
  ...doors,
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
