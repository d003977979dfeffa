import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LanguageProvider } from '../../i18n/language.tsx'
import { PersonPanel } from './PersonPanel.tsx'

const person = {
  id: 7,
  ...{ name: 'Test Person', phone: '+66000000001', idKind: 'border_pass', idNumber: 'X1', nationality: 'MM' },
  ...{ language: 'my', birthYear: 1980, sex: 'female', lat: 18.79, lon: 98.98, address: null, notes: null },
  contactNotes: [],
  merged: [],
}

beforeEach(() => {
  localStorage.setItem('jitasa.language', 'en')
  vi.stubGlobal('fetch', async () => Response.json(person))
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

test('leaving the tab forgets the person', async () => {
  await revealed()
  look('hidden')
  expect(name()).toBeNull()
  look('visible')
  expect(name()).toBeNull()
})

test('whoever left to call finds the person again, once, and only while the claim holds', async () => {
  const setMay = await revealed()
  fireEvent.click(screen.getByText(/^Call/))
  look('hidden')
  expect(name()).toBeNull()
  look('visible')
  expect(name()).not.toBeNull()
  fireEvent.click(screen.getByText(/^Call/))
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
