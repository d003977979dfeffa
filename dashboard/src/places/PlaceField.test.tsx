import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, expect, test, vi } from 'vitest'
import { LanguageProvider } from '../i18n/language.tsx'
import { PlaceField } from './PlaceField.tsx'
import { type PlaceDraft, pickArea, placeBody, placeOfCode } from './place.ts'

const area = (code: string, level: string, nameEn: string, lat: number, lon: number) => ({
  code,
  level,
  nameEn,
  nameTh: nameEn,
  lat,
  lon,
})
const AREAS: Readonly<Record<string, readonly object[]>> = {
  TH: [area('10', 'province', 'Bangkok', 13.75, 100.5), area('50', 'province', 'Chiang Mai', 18.79, 98.98)],
  10: [area('1001', 'district', 'Phra Nakhon', 13.76, 100.5)],
  50: [area('5001', 'district', 'Mueang', 18.79, 98.98)],
  1001: [],
  5001: [],
}

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('a pin in another province than the area is asked about, and kept when it is really so', async () => {
  localStorage.setItem('jitasa.language', 'en')
  vi.stubGlobal('fetch', async (path: string) =>
    Response.json({ areas: AREAS[new URL(path, 'http://hub').searchParams.get('parent') ?? ''] }),
  )
  const point = { lat: 13.75, lon: 100.5 }
  const [place, setPlace] = createSignal<PlaceDraft>({ ...placeOfCode('5001'), point })
  render(() => (
    <LanguageProvider>
      <PlaceField place={place()} onChange={setPlace} />
    </LanguageProvider>
  ))
  const keep = await screen.findByRole('checkbox', { name: /another province.*really so: keep both/ })
  expect(placeBody(place())).toEqual({ area: '5001', point })
  fireEvent.click(keep)
  expect(placeBody(place())).toEqual({ area: '5001', point, acceptApart: true })
  // Of another area nothing has been said.
  setPlace(pickArea({ ...place(), acceptApart: false }, 'province', '10'))
  expect(screen.queryByRole('checkbox')).toBeNull()
  fireEvent.click(screen.getByText('Remove the pin'))
  expect(place()).toMatchObject({ point: null, acceptApart: false })
})
