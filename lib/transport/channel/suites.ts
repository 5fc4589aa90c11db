/** The numbers of cipher suites, by kind and strongest first (the TLS Cipher Suites registry of IANA). */
import type { Hello, SuiteFamily } from '../../model/channel.ts'

type Named = readonly (readonly [code: number, name: string])[]

const families: Readonly<Record<SuiteFamily, Named>> = {
  'tls13-256': [[0x1302, 'TLS_AES_256_GCM_SHA384']],
  'tls13-128': [
    [0x1303, 'TLS_CHACHA20_POLY1305_SHA256'],
    [0x1301, 'TLS_AES_128_GCM_SHA256'],
  ],
  'ecdhe-gcm-256': [
    [0xc02c, 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'],
    [0xc030, 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
  ],
  'ecdhe-chacha': [
    [0xcca9, 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256'],
    [0xcca8, 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
  ],
  'ecdhe-gcm-128': [
    [0xc02b, 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
    [0xc02f, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
  ],
  'ecdhe-cbc': [
    [0xc024, 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384'],
    [0xc028, 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384'],
    [0xc00a, 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA'],
    [0xc014, 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'],
    [0xc023, 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256'],
    [0xc027, 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256'],
    [0xc009, 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA'],
    [0xc013, 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'],
  ],
  dhe: [
    [0x009f, 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'],
    [0xccaa, 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
    [0x009e, 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'],
    [0x006b, 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256'],
    [0x0067, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256'],
    [0x0039, 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA'],
    [0x0033, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA'],
  ],
  'static-rsa': [
    [0x009d, 'TLS_RSA_WITH_AES_256_GCM_SHA384'],
    [0x009c, 'TLS_RSA_WITH_AES_128_GCM_SHA256'],
    [0x003d, 'TLS_RSA_WITH_AES_256_CBC_SHA256'],
    [0x003c, 'TLS_RSA_WITH_AES_128_CBC_SHA256'],
    [0x0035, 'TLS_RSA_WITH_AES_256_CBC_SHA'],
    [0x002f, 'TLS_RSA_WITH_AES_128_CBC_SHA'],
  ],
  'static-dh': [
    [0x00a1, 'TLS_DH_RSA_WITH_AES_256_GCM_SHA384'],
    [0x00a0, 'TLS_DH_RSA_WITH_AES_128_GCM_SHA256'],
    [0x0069, 'TLS_DH_RSA_WITH_AES_256_CBC_SHA256'],
    [0x003f, 'TLS_DH_RSA_WITH_AES_128_CBC_SHA256'],
    [0x0037, 'TLS_DH_RSA_WITH_AES_256_CBC_SHA'],
    [0x0031, 'TLS_DH_RSA_WITH_AES_128_CBC_SHA'],
    [0xc02e, 'TLS_ECDH_ECDSA_WITH_AES_256_GCM_SHA384'],
    [0xc02d, 'TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256'],
    [0xc032, 'TLS_ECDH_RSA_WITH_AES_256_GCM_SHA384'],
    [0xc031, 'TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256'],
    [0xc005, 'TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA'],
    [0xc004, 'TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA'],
    [0xc00f, 'TLS_ECDH_RSA_WITH_AES_256_CBC_SHA'],
    [0xc00e, 'TLS_ECDH_RSA_WITH_AES_128_CBC_SHA'],
  ],
  '3des': [
    [0xc008, 'TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA'],
    [0xc012, 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA'],
    [0x0016, 'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA'],
    [0x000a, 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'],
  ],
  rc4: [
    [0xc007, 'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA'],
    [0xc011, 'TLS_ECDHE_RSA_WITH_RC4_128_SHA'],
    [0x0005, 'TLS_RSA_WITH_RC4_128_SHA'],
    [0x0004, 'TLS_RSA_WITH_RC4_128_MD5'],
  ],
  des: [
    [0x0015, 'TLS_DHE_RSA_WITH_DES_CBC_SHA'],
    [0x0009, 'TLS_RSA_WITH_DES_CBC_SHA'],
  ],
  export: [
    [0x0014, 'TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA'],
    [0x0008, 'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA'],
    [0x0006, 'TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5'],
    [0x0003, 'TLS_RSA_EXPORT_WITH_RC4_40_MD5'],
  ],
  anonymous: [
    [0x00a7, 'TLS_DH_anon_WITH_AES_256_GCM_SHA384'],
    [0x00a6, 'TLS_DH_anon_WITH_AES_128_GCM_SHA256'],
    [0x006d, 'TLS_DH_anon_WITH_AES_256_CBC_SHA256'],
    [0x006c, 'TLS_DH_anon_WITH_AES_128_CBC_SHA256'],
    [0x003a, 'TLS_DH_anon_WITH_AES_256_CBC_SHA'],
    [0x0034, 'TLS_DH_anon_WITH_AES_128_CBC_SHA'],
    [0xc019, 'TLS_ECDH_anon_WITH_AES_256_CBC_SHA'],
    [0xc018, 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA'],
  ],
  null: [
    [0xc006, 'TLS_ECDHE_ECDSA_WITH_NULL_SHA'],
    [0xc010, 'TLS_ECDHE_RSA_WITH_NULL_SHA'],
    [0x003b, 'TLS_RSA_WITH_NULL_SHA256'],
    [0x0002, 'TLS_RSA_WITH_NULL_SHA'],
    [0x0001, 'TLS_RSA_WITH_NULL_MD5'],
  ],
}

/** What a usual client of today offers for TLS 1.2 and 1.3. */
export const usualFamilies: readonly SuiteFamily[] = [
  'tls13-256',
  'tls13-128',
  'ecdhe-gcm-256',
  'ecdhe-chacha',
  'ecdhe-gcm-128',
  'ecdhe-cbc',
]

/** What servers of the last twenty years would find something in. */
const wideFamilies: readonly SuiteFamily[] = [...usualFamilies, 'dhe', 'static-rsa', '3des', 'rc4']

/** The numbers of these kinds, in order. */
export const codesOf = (names: readonly SuiteFamily[]): readonly number[] =>
  names.flatMap((name) => families[name].map(([code]) => code))

/** Name and kind of a suite; a number that is in no kind is written out. */
export const suiteOf = (code: number): { readonly name: string; readonly family?: SuiteFamily } => {
  for (const [family, members] of Object.entries(families)) {
    const found = members.find(([one]) => one === code)
    if (found !== undefined) return { name: found[1], family: family as SuiteFamily }
  }
  return { name: `0x${code.toString(16).padStart(4, '0')}` }
}

/** What nearly every server there is answers. */
export const wide: Hello = {
  versions: ['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1'],
  suites: wideFamilies,
}
