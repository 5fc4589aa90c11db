import type { Profile } from '../../lib/model/profile.ts'

/** Any URL that needs credentials, with whatever scheme the operator supplies credentials for. */
export const generic: Profile = {
  id: 'generic',
  title: 'Any protected URL',
  about:
    'One URL that needs credentials, read with GET. What it takes follows from the credentials supplied: Basic, an API token or a bearer token.',
  operations: { protected: { method: 'GET', path: '' } },
}
