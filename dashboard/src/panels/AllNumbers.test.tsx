import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INDICATOR_IDS, INDICATORS } from '../../../hub/contract/indicators/index.ts'
import { INDICATORS_EN } from '../../../hub/contract/indicators/words-en.ts'
import { addDays } from '../../../hub/contract/vocabulary/days.ts'
import AllNumbers from './AllNumbers.tsx'
import { showPanel, TODAY } from './showPanel.tsx'

const PROVINCE = { code: '50', nameTh: 'เชียงใหม่', nameEn: 'Chiang Mai', population: 1_000_000, healthRegion: 1 }
const CHIANG_MAI = {
  area: '50',
  scope: 'province:50',
  provinces: [{ ...PROVINCE, lat: 18.8, lon: 98.9 }],
  districts: [],
  exact: true,
} as const

beforeEach(() => localStorage.setItem('jitasa.language', 'en'))
afterEach(cleanup)

const row = (id: string) => document.querySelector<HTMLElement>(`[data-indicator="${id}"]`)!
const said = (id: string) => row(id).querySelector('dd')?.textContent?.replace(/\s+/g, ' ').trim()
const daily = (metric: string, area: string, values: readonly number[]) =>
  values.map((value, i) => [`${metric}@${addDays(TODAY, i - values.length)}`, area, value] as [string, string, number])

// The dialog is fetched when it is opened: on a machine that does much else, that takes its time.
test('every number of the dictionary stands there by its name, which opens its definition', {
  timeout: 30_000,
}, async () => {
  showPanel(() => <AllNumbers today={TODAY} />)
  const names = [...document.querySelectorAll('.numbers dt')].map((name) => name.textContent)
  expect(names).toEqual(INDICATOR_IDS.map((id) => INDICATORS_EN.indicators[id].name))
  fireEvent.click(within(row('cases.rt')).getByRole('button'))
  const dialog = await screen.findByRole('dialog', {}, { timeout: 20_000 })
  expect(dialog.textContent).toContain(INDICATORS_EN.indicators['cases.rt'].definition)
  expect(dialog.textContent).toContain(INDICATORS_EN.indicators['cases.rt'].formula)
})

test('a province has all but those of which only the nation has any', () => {
  showPanel(() => <AllNumbers today={TODAY} />, [], { about: CHIANG_MAI })
  const shown = [...document.querySelectorAll('[data-indicator]')].map((each) => each.getAttribute('data-indicator'))
  expect(shown).toEqual(INDICATOR_IDS.filter((id) => INDICATORS[id].finest !== 'nation'))
})

test('what is not known is a dash with its reason, never 0', () => {
  showPanel(() => <AllNumbers today={TODAY} />, [], { about: CHIANG_MAI })
  for (const id of INDICATOR_IDS.filter((one) => INDICATORS[one].finest !== 'nation')) {
    const isRegister = INDICATORS[id].source !== 'vaccinations' && /\.(?:late|corrected)$/.test(id)
    if (isRegister) expect(said(id), id).toMatch(/^0/)
    else expect(said(id), id).toMatch(/^– \w/)
  }
})

test('Rt with its interval, doubling, waits, coverage by dose and group, days until full, positivity', () => {
  showPanel(
    () => <AllNumbers today={TODAY} />,
    [
      // 7 × 200 against 7 days of which 4 had 200 and 3 had 100; 1,400 a week after 700
      ...daily('cases', '50', [100, 100, 100, 100, 100, 100, 100, 200, 200, 200, 200, 200, 200, 200]),
      [`claims.15m@${TODAY}`, '50', 10],
      [`claims.1h@${TODAY}`, '50', 30],
      [`claims.4h@${TODAY}`, '50', 10],
      ['doses.total.1', '50', 650_000],
      ['doses.total.2', '50', 400_000],
      [`doses.group.pregnant@${TODAY}`, '50', 8],
      ['given.pregnant.1', '50', 30],
      ['residents.pregnant', '50', 40],
      ['given.medical.1', '50', 24],
      ['residents.medical', '50', 20],
      [`tests.pcr@${TODAY}`, '50', 100],
      [`positive.pcr@${TODAY}`, '50', 12],
      ['beds.staffed.3', '50', 40],
      ['beds.available.3', '50', 20],
      ['beds.late.3', '50', 10],
      ...daily('occupied.3', '50', [10, 12, 14, 16, 18]),
      [`occupied.3@${TODAY}`, '50', 20],
      ['beds.staffed.1', '50', 10],
      ['beds.available.1', '50', 5],
      ...daily('occupied.1', '50', [9, 8, 7, 6, 5]),
      [`occupied.1@${TODAY}`, '50', 5],
    ] as [string, ...(string | number)[]][],
    { about: CHIANG_MAI },
  )
  expect(said('cases.rt')).toBe(`!! ${ratio(1_400, 1_000)}`)
  expect(said('cases.doubling')).toBe('7 days')
  // rank 25 of 50 lies half through 15 to 60 min; rank 45 half through 1 to 4 h
  expect(said('claim.median')).toBe('38 min')
  expect(said('claim.p90')).toBe('2.5 h')
  expect(said('coverage')).toBe('Dose 1 65 %Dose 2 40 %Dose 3 0 %Dose 4 0 %')
  expect(said('doses.group')).toContain('Pregnant 8')
  expect(said('coverage.first')).toContain('Medical staff 120 % more doses than residents')
  expect(said('coverage.first')).toContain('Pregnant 75 %')
  expect(said('coverage.first')).toContain('60 and over – the residents of the group were not given')
  expect(said('positivity')).toBe('! 12 %RT-PCR ! 12 %ATK – not reported1 of 7 days')
  expect(said('beds.full')).toContain('Level 3 ! 10 days (10 days – 10 days)')
  expect(said('beds.full')).toContain('Level 1 – not within 30 days')
  expect(said('beds.full')).toContain('40 of 50 beds in time')
})

/** The ratio of two counts with the 95 % interval of its logarithm, as a screen writes it. */
function ratio(now: number, before: number): string {
  const spread = Math.exp(1.96 * Math.sqrt(1 / now + 1 / before))
  const [value, low, high] = [now / before, now / before / spread, (now / before) * spread]
  return `${value.toFixed(2)} (${low.toFixed(2)} – ${high.toFixed(2)})`
}

test('the age of the oldest is said to accounts; without one it says so', () => {
  const cells: [string, string, number][] = [['waiting.red', '50', 2]]
  showPanel(() => <AllNumbers today={TODAY} />, cells, {
    about: { ...CHIANG_MAI, scope: 'public:50', exact: false },
  })
  expect(said('waiting.oldest')).toContain('– shown to those with an account')
})
