import { expect, test } from 'vitest'
import { DOUBLE_MS, isOneTooMany, type Press } from './doubleTap.ts'

const element = (html: string) => {
  const holder = document.createElement('div')
  holder.innerHTML = html
  return holder.firstElementChild!
}
const take = element('<button class="button">Take</button>')
const giveBack = element('<button class="button">Give back</button>')
const filter = element('<button aria-pressed="true">Mine</button>')
const press = (on: Element | null, more: Partial<Press> = {}): Press => ({
  ...{ at: 0, x: 100, y: 100, counted: 1, byTouch: false, on },
  ...more,
})
const second = (on: Element | null, more: Partial<Press> = {}) => press(on, { at: 150, counted: 2, ...more })

test('the second tap of a double presses no command again, nor what has come in its place', () => {
  expect(isOneTooMany(press(take), second(take))).toBe(true)
  expect(isOneTooMany(press(take), second(giveBack))).toBe(true)
  expect(isOneTooMany(press(filter), second(take))).toBe(true)
})

test('a switch takes each press, and so does a button that is pressed again later', () => {
  expect(isOneTooMany(press(filter), second(filter))).toBe(false)
  expect(isOneTooMany(press(take), press(take, { at: 150 })), 'a mouse whose clicks are counted').toBe(false)
  expect(isOneTooMany(press(null), second(take)), 'nothing was pressed before').toBe(false)
})

test('on a phone that counts no taps, time and place tell a double one', () => {
  const touch = (more: Partial<Press>) => press(giveBack, { byTouch: true, at: 150, ...more })
  expect(isOneTooMany(press(take), touch({}))).toBe(true)
  expect(isOneTooMany(press(take), touch({ at: DOUBLE_MS }))).toBe(false)
  expect(isOneTooMany(press(take), touch({ x: 200 }))).toBe(false)
})
