/** The grammar of URI references (RFC 3986 §4.1), for text that others wrote. */

const PCHAR = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
const NAME = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})"

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/
const PATH = new RegExp(`^(?:${PCHAR}|/)*$`)
const QUERY = new RegExp(`^(?:${PCHAR}|[/?])*$`)
const AUTHORITY = new RegExp(
  `^(?:(?:${NAME}|:)*@)?(?:\\[[0-9A-Fa-fv:.]+[A-Za-z0-9\\-._~!$&'()*+,;=:]*\\]|${NAME}*)(?::[0-9]*)?$`,
)

/** The parts of a reference by their separators, which stand in no part before them. */
interface Parts {
  readonly scheme?: string
  readonly authority?: string
  readonly path: string
  readonly query: string
  readonly fragment: string
}

function partsOf(text: string): Parts {
  const [beforeFragment = '', ...fragments] = text.split('#')
  const [hierarchy = '', ...queries] = beforeFragment.split('?')
  const scheme = SCHEME.exec(hierarchy)?.[0]
  const rest = hierarchy.slice(scheme?.length ?? 0)
  const authority = /^\/\/([^/]*)/.exec(rest)
  return {
    ...(scheme === undefined ? {} : { scheme }),
    ...(authority === null ? {} : { authority: authority[1] ?? '' }),
    path: authority === null ? rest : rest.slice(authority[0].length),
    query: queries.join('?'),
    fragment: fragments.join('#'),
  }
}

/** True for a URI, a relative reference, and nothing else; an empty text is one (RFC 3986 §4.4). */
export function isUriReference(text: string): boolean {
  const { scheme, authority = '', path, query, fragment } = partsOf(text)
  // Without a scheme, a colon in the first segment would have made one.
  const first = scheme === undefined && !path.startsWith('/') ? (path.split('/')[0] ?? '') : ''
  return (
    AUTHORITY.test(authority) &&
    PATH.test(path) &&
    !first.includes(':') &&
    QUERY.test(query) &&
    QUERY.test(fragment)
  )
}

/** True for a URI, which names its scheme (RFC 3986 §3). */
export function isUri(text: string): boolean {
  return SCHEME.test(text) && isUriReference(text)
}

/** The absolute http or https URL that a text is; undefined for any other text. */
export function webUrlOf(text: string): URL | undefined {
  if (!/^https?:\/\/[^/?#]/i.test(text) || !isUriReference(text)) return undefined
  return URL.canParse(text) ? new URL(text) : undefined
}
