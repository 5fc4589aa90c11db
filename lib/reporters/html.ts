import { page } from './html/page.ts'
import type { Reporter } from './reporter.ts'

/** For people and for passing on: one file that needs nothing else and does nothing by itself. */
export const html: Reporter = {
  file: 'index.html',
  render: (report, options) => page(report, options.strict === true).markup,
}
