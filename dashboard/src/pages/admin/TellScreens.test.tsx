import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LanguageProvider } from '../../i18n/language.tsx'
import { TellScreens } from './TellScreens.tsx'

let sent: string[] = []
/** The hub's answers, when they come. */
let answers: (() => void)[] = []

beforeEach(() => {
  localStorage.setItem('jitasa.language', 'en')
  sent = []
  answers = []
  vi.stubGlobal('fetch', (_: string, { body }: RequestInit) => {
    sent.push(String(body))
    return new Promise((resolve) => answers.push(() => resolve(Response.json({ orders: [] }))))
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('a double press on Pause tells a screen once: twice would let it play on', async () => {
  const told = vi.fn()
  render(() => (
    <LanguageProvider>
      <TellScreens screens={['a']} onTold={told} />
    </LanguageProvider>
  ))
  const pause = screen.getByRole('button', { name: 'Pause, or play on' })
  fireEvent.click(pause)
  fireEvent.click(pause)
  await vi.waitFor(() => expect(sent.length).toBeGreaterThan(0))
  for (const answer of answers) answer()
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1))
  expect(sent.map((body) => JSON.parse(body))).toEqual([{ kind: 'pause', screens: ['a'] }])
  fireEvent.click(pause)
  expect(sent.length).toBe(2)
})
