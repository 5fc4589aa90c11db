import { findsEach, lines } from './fixtures/build.ts'
import { denied } from './fixtures/suites.ts'

findsEach({
  'a title without a verb': [
    { ...lines(denied), title: 'Wrong passwords' },
    '/title',
    /begins with "Wrong"/,
  ],
  'a title that begins with a noun': [
    { ...lines(denied), title: 'Tokens are refused' },
    '/title',
    /begins with "Tokens"/,
  ],
  'a title with should': [
    { ...lines(denied), title: 'Refuses what it Should refuse' },
    '/title',
    /says "should"/,
  ],
  'a harm that is no sentence': [{ ...lines(denied), harm: 'Bad' }, '/harm', /end with a period/],
  'a fix that is no sentence': [{ ...lines(denied), fix: 'Mend' }, '/fix', /end with a period/],
})
