/** Any value that JSON can carry: suites, profiles and reports are made of nothing else. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }
