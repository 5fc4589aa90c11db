/** What an operator is to look at where a target could not be asked. */
import type { Exchange } from '../model/exchange.ts'

const unheardHints: Readonly<Record<string, string>> = {
  dns: 'Check the host name in --target.',
  refused: 'Check that the server is running and that the port in --target is right.',
  certificate:
    'Give the issuing certificate with --ca FILE, or --insecure to judge everything else.',
  handshake: 'Check that the server speaks TLS on this port, or use http:// in --target.',
  timeout: 'Check that the server answers, or allow more time with --timeout MS.',
  garbage: 'Check that an HTTP server listens on this port (https:// instead of http://?).',
}

/** What to look at where no answer came; who hangs up on plain HTTP may be waiting for TLS. */
export function hintOnSilence({ request, trouble }: Exchange): string | undefined {
  const { code } = trouble ?? {}
  const hungUp = code === 'ended' || code === 'reset'
  if (hungUp && request.route.scheme === 'http') return unheardHints.garbage
  return unheardHints[code ?? '']
}

/** Where nothing was found. */
export function hintOnPath(path: string): string {
  return `Check the path in --target${path === '' ? '' : `, to which the profile appends ${path}`}.`
}
