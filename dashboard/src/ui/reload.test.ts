import { expect, test } from 'vitest'
import { isQuiet, QUIET_MS } from '../live/newBuild.ts'
import { isHalfFilled, LOST_PART_EVERY_MS, type Lost, mayReload } from './reload.ts'

const lost: Lost = { now: 1_000_000, reloadedAt: null, isReachable: true, isHalfFilled: false }

test.each<[string, Partial<Lost>, boolean]>([
  ['the first time', {}, true],
  ['never again at once', { reloadedAt: 999_000 }, false],
  ['again after the next upgrade', { now: 1_000_000 + LOST_PART_EVERY_MS + 1, reloadedAt: 1_000_000 }, true],
  ['never while the hub is away', { isReachable: false }, false],
  ['never over a half-filled form', { isHalfFilled: true }, false],
  ['never where nothing can be remembered', { reloadedAt: undefined }, false],
])('a part that is gone after an upgrade reloads the page: %s', (_, change, reloads) => {
  expect(mayReload({ ...lost, ...change })).toBe(reloads)
})

test('a form is half-filled when something was typed or ticked, unless its page keeps drafts or it only searches', () => {
  const page = document.createElement('div')
  page.innerHTML = '<input type="search"><input name="a"><textarea></textarea><input type="checkbox">'
  const [search, name] = page.querySelectorAll('input')
  if (search) search.value = 'Chiang'
  expect(isHalfFilled(page, '/case/1')).toBe(false)
  if (name) name.value = 'half'
  expect(isHalfFilled(page, '/case/1')).toBe(true)
  expect(isHalfFilled(page, '/help')).toBe(false)
  expect(isHalfFilled(page, '/record/case')).toBe(false)
})

test('a screen is quiet when nobody has touched it for a minute, or nobody can see it', () => {
  expect(isQuiet(QUIET_MS, 1, false)).toBe(false)
  expect(isQuiet(QUIET_MS + 1, 1, false)).toBe(true)
  expect(isQuiet(10, 1, true)).toBe(true)
})
