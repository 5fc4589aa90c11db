import { keptOut, letIn, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { audience } from '../../bearer/issuer.ts'
import { texts } from './texts.ts'

const escaped = (json: string): string =>
  json.replace(/"(.)(\w*)":/g, (_all, first: string, rest: string) => {
    const code = first.charCodeAt(0).toString(16).padStart(4, '0')
    return `"\\u${code}${rest}":`
  })

showBearerDifferences(texts, {
  'jwt-utf8-replaced': letIn({
    claims: { note: 'x' },
    claimsText: (json) => json.replace('"x"', '"\xff"'),
  }),
  'jwt-json-tail-ignored': letIn({ claimsText: (json) => `${json}x` }),
  'jwt-json-trailing-comma': letIn({ claimsText: (json) => json.replace(/}$/, ',}') }),
  'jwt-json-single-quotes': letIn({ claimsText: (json) => json.replaceAll('"', "'") }),
  'jwt-json-nan-accepted': letIn({
    claimsText: (json) => json.replace(/"exp":\d+/, '"exp":NaN'),
  }),
  'jwt-claims-list-unwrapped': letIn({ claimsText: (json) => `[${json}]` }),
  'jwt-claims-string-unwrapped': letIn({ claimsText: (json) => JSON.stringify(json) }),
  'jwt-claims-first-duplicate': letIn({ claimsText: (json) => json.replace(/}$/, ',"exp":0}') }),
  'jwt-header-first-duplicate': letIn({
    headerText: (json) => json.replace(/}$/, ',"alg":"none"}'),
  }),
  'jwt-claims-escapes-kept': keptOut({ claimsText: escaped }),
  'jwt-header-escapes-kept': keptOut({ headerText: escaped }),
  'jwt-json-blanks-refused': keptOut({ claimsText: (json) => json.replaceAll(',"', ' ,\r\n\t"') }),
  'jwt-claims-unknown-refused': keptOut({ claims: { colour: 'blue' } }),
  'jwt-beyond-bmp-cut': letIn({ claims: { aud: `${audience}\u{1f511}x` } }),
})
