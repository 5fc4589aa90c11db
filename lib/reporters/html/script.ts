/**
 * All that the page does by itself: the filter box, the copy buttons, and opening the fold that a
 * link leads into. Everything can be read without it.
 */
export const script: string = `
const byId = (name) => document.getElementById('section:' + name)

const box = byId('query')
const found = byId('found')
byId('filter').hidden = false
const items = [...document.querySelectorAll('[data-find]')]
const groups = [...document.querySelectorAll('[data-group], main > section')]
  .filter((group) => group.querySelector('[data-find]'))
const texts = new Map()
const textOf = (item) => {
  if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase())
  return texts.get(item)
}
const filter = () => {
  const words = box.value.toLowerCase().split(/\\s+/).filter((word) => word !== '')
  let shown = 0
  for (const item of items) {
    const fits = words.every((word) => textOf(item).includes(word))
    item.hidden = !fits
    if (fits) shown += 1
    if (fits && words.length > 0) open(item.parentElement)
  }
  for (const group of groups) {
    group.hidden = ![...group.querySelectorAll('[data-find]')].some((item) => !item.hidden)
  }
  found.textContent = words.length === 0 ? '' : shown + ' of ' + items.length + ' shown'
}
box.addEventListener('input', filter)

const open = (start) => {
  for (let at = start; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true
}
const follow = () => {
  let name = location.hash.slice(1)
  try { name = decodeURIComponent(name) } catch {}
  const goal = name === '' ? null : document.getElementById(name)
  if (!goal) return
  open(goal)
  goal.scrollIntoView()
}
addEventListener('hashchange', follow)
follow()

const copied = async (button) => {
  const command = button.previousElementSibling
  const say = button.firstChild
  try {
    await navigator.clipboard.writeText(command.textContent)
    say.textContent = 'Copied'
  } catch {
    getSelection().selectAllChildren(command)
    say.textContent = 'Selected'
  }
  setTimeout(() => { say.textContent = 'Copy' }, 2000)
}
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', () => copied(button))
}
`
