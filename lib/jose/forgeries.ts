/** Signatures that are wrong on purpose, each in one known way, for whoever tests a verifier. */
import { ecdsaForgeries } from './forgeries/ecdsa.ts'
import { eddsaForgeries } from './forgeries/eddsa.ts'
import { elsewhereForgeries } from './forgeries/elsewhere.ts'
import type { Forgery } from './forgeries/forgery.ts'
import { hmacForgeries } from './forgeries/hmac.ts'
import { rsaLengthForgeries, rsaNumberForgeries } from './forgeries/rsa-numbers.ts'
import { pkcs1Forgeries } from './forgeries/rsa-pkcs1.ts'
import { pssForgeries } from './forgeries/rsa-pss.ts'

export type { Forgery, Material, Need } from './forgeries/forgery.ts'
export { forge } from './forgeries/forgery.ts'

/** Every forgery there is. All but those marked `valid` are refused by a conforming verifier. */
export const FORGERIES: readonly Forgery[] = [
  ...ecdsaForgeries,
  ...eddsaForgeries,
  ...rsaNumberForgeries,
  ...rsaLengthForgeries,
  ...pkcs1Forgeries,
  ...pssForgeries,
  ...hmacForgeries,
  ...elsewhereForgeries,
]

/** The forgery of an id, or undefined for an id that there is not. */
export function forgeryOf(id: string): Forgery | undefined {
  return FORGERIES.find((forgery) => forgery.id === id)
}
