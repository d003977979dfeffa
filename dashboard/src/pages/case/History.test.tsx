import { cleanup, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import { LanguageProvider } from '../../i18n/language.tsx'
import { History } from './History.tsx'

const RECORDED_AT = Date.parse('2026-11-22T05:00:00Z')
const event = {
  id: 1,
  case: 7,
  need: null,
  kind: 'case.reported',
  by: 'VHV 5001',
  yours: false,
  sourceAt: RECORDED_AT,
  recordedAt: RECORDED_AT,
  details: { deviceAt: Date.parse('2019-01-01T00:00:00Z') },
}

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test.each([
  ['en', 'it said 1 Jan 2019 07:00'],
  ['th', 'แจ้งว่า 1 ม.ค. 2562 07:00'],
])('a time that a device cannot have meant is named in the history, in %s', async (language, said) => {
  localStorage.setItem('jitasa.language', language)
  vi.stubGlobal('fetch', async () => Response.json({ events: [event, { ...event, id: 2, details: {} }], cursor: null }))
  render(() => (
    <LanguageProvider>
      <History caseId={7} version="1" />
    </LanguageProvider>
  ))
  expect((await screen.findAllByText(new RegExp(said))).length).toBe(1)
})
