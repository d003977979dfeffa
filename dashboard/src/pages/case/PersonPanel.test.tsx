import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bangkokDay } from '../../i18n/format.ts'
import { LanguageProvider } from '../../i18n/language.tsx'
import { PersonPanel } from './PersonPanel.tsx'

const person = {
  id: 7,
  name: 'Test Person',
  phone: '+66000000001',
  idKind: 'border_pass',
  idNumber: 'X1',
  nationality: 'MM',
  ...{
    language: 'my',
    birthYear: 1980,
    birthMonth: null,
    secondPhone: '+66000000002',
    sex: 'female',
    lat: 18.79,
    lon: 98.98,
    address: null,
    notes: null,
  },
  contactNotes: [],
  merged: [],
}

/** What the hub answers. */
let told: object = person

beforeEach(() => {
  told = person
  localStorage.setItem('jitasa.language', 'en')
  vi.stubGlobal('fetch', async () => Response.json(told))
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function look(state: 'hidden' | 'visible'): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}

async function revealed() {
  const [may, setMay] = createSignal(true)
  render(() => (
    <LanguageProvider>
      <PersonPanel caseId={7} may={may()} heardAt={null} />
    </LanguageProvider>
  ))
  fireEvent.click(screen.getByRole('button', { name: 'Show name, phone and place' }))
  await screen.findByText('Test Person')
  return setMay
}
const name = () => screen.queryByText('Test Person')

test('what is known of a person is said in words, and the place opens the device’s own map', async () => {
  await revealed()
  for (const text of ['Border pass X1', 'Female', 'Myanmar (Burma)', 'Burmese', '1980']) screen.getByText(text)
  expect(screen.getByText('Open in the map app').getAttribute('href')).toBe('geo:18.79,98.98?q=18.79,98.98')
})

test('of an infant the age in months is shown, and a second phone can be called', async () => {
  const [year, month] = bangkokDay(Date.now()).split('-').map(Number)
  const born = new Date(Date.UTC(year!, month! - 1 - 5))
  told = { ...person, birthYear: born.getUTCFullYear(), birthMonth: born.getUTCMonth() + 1 }
  await revealed()
  screen.getByText(/^5 months old \(\w+ \d{4}\)$/)
  expect(screen.getByText('Call +66000000002').getAttribute('href')).toBe('tel:+66000000002')
})

test('of whoever is born this year, no month told, the page does not say the year alone', async () => {
  const year = Number(bangkokDay(Date.now()).slice(0, 4))
  told = { ...person, birthYear: year }
  await revealed()
  screen.getByText(`under 1 year old (${year})`)
})

test('leaving the tab forgets the person', async () => {
  await revealed()
  look('hidden')
  expect(name()).toBeNull()
  look('visible')
  expect(name()).toBeNull()
})

test('whoever left to call finds the person again, once, and only while the claim holds', async () => {
  const setMay = await revealed()
  fireEvent.click(screen.getByText('Call +66000000001'))
  look('hidden')
  expect(name()).toBeNull()
  look('visible')
  expect(name()).not.toBeNull()
  fireEvent.click(screen.getByText('Call +66000000001'))
  look('hidden')
  setMay(false)
  look('visible')
  setMay(true)
  expect(name()).toBeNull()
})

test('the end of the claim hides the person at once', async () => {
  const setMay = await revealed()
  setMay(false)
  expect(name()).toBeNull()
})
