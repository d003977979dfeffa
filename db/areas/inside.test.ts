import { expect, test } from 'vitest'
import { BORDER_KM, readKilometresToProvince } from './inside.ts'
import { readAreas } from './read.ts'

const kilometres = await readKilometresToProvince()

test('a pin in its province, in another and in the sea', () => {
  expect(kilometres('50', 18.79, 98.98)).toBe(0)
  expect(kilometres('10', 18.79, 98.98)).toBeGreaterThan(500)
  // 40 km off Hua Hin, in the Gulf
  expect(kilometres('77', 12.55, 100.35)).toBeGreaterThan(20)
  expect(kilometres('99', 18.79, 98.98)).toBeUndefined()
})

test('nearly every sub-district lies in its province or at its border: the rest are islands that the shapes have lost', async () => {
  const { subdistricts } = await readAreas()
  const away = subdistricts.filter(([code, , , lat, lon]) => (kilometres(code.slice(0, 2), lat, lon) ?? 0) > BORDER_KM)
  expect(away.length / subdistricts.length).toBeLessThan(0.01)
})
