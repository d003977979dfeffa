import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, expect, test } from 'vitest'
import type { Choice } from './indicators.ts'
import { Ranking } from './Ranking.tsx'
import { createRanked } from './readings.ts'
import { showPanel, TODAY } from './showPanel.tsx'
import { createSubject, regionParts, type Subject, useSubject } from './subject.tsx'

afterEach(cleanup)

const named = { lat: 0, lon: 0, healthRegion: 1 }
const provinces = [
  { code: '50', nameTh: 'เชียงใหม่', nameEn: 'Chiang Mai', population: 300_000, ...named },
  { code: '51', nameTh: 'ลำพูน', nameEn: 'Lamphun', population: 100_000, ...named },
  { code: '10', nameTh: 'กรุงเทพมหานคร', nameEn: 'Bangkok', population: 1_000_000, ...named },
]
const about = { area: 'TH', scope: 'nation', provinces, districts: [], exact: true } as const
const choice: Choice = { indicator: 'occupancy', level: '3' }

function Nation(props: { onSubject(subject: Subject): void }) {
  const subject = useSubject()
  props.onSubject(subject)
  const [isByRegion, setByRegion] = createSignal(false)
  const provincesRanked = createRanked(subject, () => choice, subject.today)
  const regions = createRanked(
    subject,
    () => choice,
    subject.today,
    () => regionParts(subject),
  )
  const by = { regions: () => (isByRegion() ? regions() : undefined), change: setByRegion }
  return <Ranking today={TODAY} choice={choice} ranked={by.regions() ?? provincesRanked()} rows={13} by={by} />
}

test('the nation is ranked by provinces or by health regions, each the sum of its provinces, as its own wall reads it', () => {
  localStorage.setItem('jitasa.language', 'en')
  let nation: Subject | undefined
  const { write } = showPanel(() => <Nation onSubject={(subject) => (nation = subject)} />, [], { about })
  write(
    [
      [`cases@${TODAY}`, '50', 30, '51', 10],
      ['waiting.red', '50', 3, '51', 4],
      ['beds.staffed.3', '50', 10, '51', 30, '10', 100],
      ['beds.occupied.3', '50', 9, '51', 3, '10', 50],
    ],
    [['operation', '1', TODAY, 'drill', '', '']],
  )
  const tile = screen.getByRole('region', { name: 'Provinces Health regions highest first' })
  const rows = () => [...tile.querySelectorAll('.ranking-row:not(.ranking-head)')].map((row) => row.textContent)
  expect(rows()).toHaveLength(3)
  fireEvent.click(within(tile).getByRole('button', { name: 'Health regions' }))
  expect(rows()).toHaveLength(13)
  const first = within(tile).getByRole('link', { name: 'Health region 1' })
  expect(first.getAttribute('href')).toBe('/wall/R01')
  // 12 of 40 beds; of region 13 50 of 100; of the others nobody has said anything.
  const values = [...tile.querySelectorAll('.ranking-value')].map((value) => value.textContent?.trim())
  expect(values).toEqual(['50 %', '30 %', ...new Array(11).fill('–')])
  const of = { code: 'R01', population: 400_000 }
  const own = createSubject(nation!.live, 'R01', about)
  for (const id of ['cases.week', 'cases.rate', 'beds.free', 'waiting', 'reporting.cases'] as const) {
    expect(nation!.read(id, { of }), id).toEqual(own.read(id))
  }
  expect(nation!.read('waiting', { of, severity: 'red' }).value).toBe(7)
  expect(nation!.read('cases.week', { of: { code: 'R05' } }).value).toBeNull()
})
