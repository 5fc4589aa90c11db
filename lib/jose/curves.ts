/** The curves that JOSE signs with: sizes, orders and what node calls them. */

export type EcCurve = 'P-256' | 'P-384' | 'P-521' | 'secp256k1'
export type EdCurve = 'Ed25519' | 'Ed448'

export interface EcCurveFacts {
  /** The name node and OpenSSL know the curve by. */
  readonly named: string
  /** Octets of a coordinate, and of each half of a signature. */
  readonly size: number
  /** The order of the base point (FIPS 186-5 and SEC 2). */
  readonly order: bigint
  /** The name of the key type in SSH (RFC 5656), where it has one. */
  readonly ssh?: string
}

/** P-256, P-384 and P-521 (RFC 7518 §6.2.1.1), and the curve that must not pass for P-256. */
export const EC_CURVES: Readonly<Record<EcCurve, EcCurveFacts>> = {
  'P-256': {
    named: 'prime256v1',
    size: 32,
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    ssh: 'nistp256',
  },
  'P-384': {
    named: 'secp384r1',
    size: 48,
    order:
      0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    ssh: 'nistp384',
  },
  'P-521': {
    named: 'secp521r1',
    size: 66,
    order:
      0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    ssh: 'nistp521',
  },
  secp256k1: {
    named: 'secp256k1',
    size: 32,
    order: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
  },
}

export interface EdCurveFacts {
  /** Octets of a public key, of a private key, and of each half of a signature. */
  readonly size: number
  /** The order of the base point (RFC 8032 §5.1, §5.2). */
  readonly order: bigint
  /** What stands before the private key's octets in PKCS#8 (RFC 8410 §7), in hex. */
  readonly pkcs8: string
}

export const ED_CURVES: Readonly<Record<EdCurve, EdCurveFacts>> = {
  Ed25519: {
    size: 32,
    order: (1n << 252n) + 27742317777372353535851937790883648493n,
    pkcs8: '302e020100300506032b657004220420',
  },
  Ed448: {
    size: 57,
    order: (1n << 446n) - 13818066809895115352007386748515426880336692474882178609894547503885n,
    pkcs8: '3047020100300506032b6571043b0439',
  },
}

/**
 * The JOSE name of a curve that node calls otherwise, or undefined for one that JOSE has no use
 * for.
 */
export function ecCurveNamed(named: string | undefined): EcCurve | undefined {
  const names = Object.keys(EC_CURVES) as EcCurve[]
  return names.find((crv) => EC_CURVES[crv].named === named)
}
