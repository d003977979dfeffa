import { cleanup, fireEvent, render, screen, within } from '@solidjs/testing-library'
import type { JSX } from 'solid-js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Delta } from '../../../hub/contract/live/messages.ts'
import type { BedLevel } from '../../../hub/contract/vocabulary/beds.ts'
import type { FacilityKind } from '../../../hub/contract/vocabulary/facilities.ts'
import { LanguageProvider } from '../i18n/language.tsx'
import { Beds } from './Beds.tsx'
import { Change } from './Change.tsx'
import { Definition } from './Definition.tsx'
import { ExerciseBand } from './ExerciseBand.tsx'
import { facilitiesWithBeds } from './Facilities.tsx'
import { FreshnessBanner, FreshnessBar } from './FreshnessBar.tsx'
import { Legend } from './Legend.tsx'
import { NewCases } from './NewCases.tsx'
import { scaleOf } from './scales.ts'
import { showPanel, status, TODAY } from './showPanel.tsx'
import { Unclaimed } from './Unclaimed.tsx'
import { Waiting } from './Waiting.tsx'

const show = (panel: () => JSX.Element, c: Delta['c'] = [], kind = 'drill', link = status) =>
  showPanel(panel, c, { kind, link })

beforeEach(() => {
  localStorage.setItem('jitasa.language', 'en')
})

afterEach(cleanup)

describe('panels', () => {
  test('new cases stand beside the whole day a week ago, and follow the store', () => {
    const { write } = show(
      () => <NewCases today={TODAY} />,
      [
        [`cases@${TODAY}`, 'TH', 4_321, '00', 12],
        ['cases@2021-11-04', 'TH', 7_496],
      ],
    )
    const tile = screen.getByRole('region', { name: 'New cases today' })
    expect(within(tile).getByText('4,321')).toBeTruthy()
    expect(within(tile).getByText('7,496')).toBeTruthy()
    expect(within(tile).getByText('no province given').nextElementSibling?.textContent).toBe('12')
    write([[`cases@${TODAY}`, 'TH', 4_322]], [['operation', '1', TODAY, 'drill', '', '']])
    expect(within(tile).getByText('4,322')).toBeTruthy()
  })

  test('97 % occupied and none free: the beds that are held, cleaned or blocked are shown, and a tap says which', async () => {
    show(
      () => <Beds />,
      [
        ['beds.staffed.3', 'TH', 153],
        ['beds.occupied.3', 'TH', 148],
        ['beds.held.3', 'TH', 2],
        ['beds.cleaning.3', 'TH', 2],
        ['beds.blocked.3', 'TH', 1],
      ],
    )
    const other = document.querySelector('.beds-other')
    expect(other?.textContent).toBe('5: held 2, cleaning 2, blocked 1')
    expect(document.querySelector('.beds-free')?.textContent).toBe('0')
    fireEvent.click(screen.getByRole('button', { name: /held 2, cleaning 2, blocked 1/ }))
    const dialog = await screen.findByRole('dialog', {}, { timeout: 20_000 })
    expect(within(dialog).getByText('Level 3: neither occupied nor free')).toBeTruthy()
    const parts = [...dialog.querySelectorAll('dt')].map(
      (dt) => `${dt.textContent} ${dt.nextElementSibling?.textContent}`,
    )
    expect(parts).toEqual(['Held 2', 'Being cleaned 2', 'Blocked 1'])
  })

  test('beds stand level by level and are never added up', () => {
    show(
      () => <Beds />,
      [
        ['beds.staffed.3', 'TH', 100],
        ['beds.occupied.3', 'TH', 95],
        ['beds.available.3', 'TH', 5],
        ['beds.staffed.0', 'TH', 50],
        ['beds.available.0', 'TH', 50],
      ],
    )
    const rows = screen.getAllByRole('row').slice(1)
    expect(rows.map((row) => row.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      '3 ICU!! 95 %10005–',
      '2.2 High flownone staffed',
      '2.1 Low flownone staffed',
      '1 No oxygennone staffed',
      '0 HI / CI0 %50050–',
    ])
    expect(screen.queryByText('55')).toBeNull()
  })

  test('who waits is told by shape and letter, the most severe first', () => {
    show(
      () => <Waiting />,
      [
        ['waiting.red', 'TH', 2],
        ['waiting.green', 'TH', 3],
      ],
    )
    const items = screen.getAllByRole('listitem')
    expect(items.map((item) => within(item).getByRole('img').getAttribute('aria-label'))).toEqual([
      'Red',
      'Yellow',
      'Green',
      'Not triaged',
    ])
    expect(items[0]!.textContent).toContain('R')
    expect(items[0]!.className).toContain('tone-alarm')
    expect(new Set(items.map((item) => item.querySelector('path')?.getAttribute('d'))).size).toBe(4)
  })

  test('whose request nobody has taken is shown: in all and by severity, one red is an alarm', () => {
    show(
      () => <Unclaimed />,
      [
        ['unclaimed.red', 'TH', 1],
        ['unclaimed.green', 'TH', 3],
      ],
    )
    const tile = screen.getByRole('region', { name: 'Asked for help, nobody has it' })
    expect(tile.querySelector('.unclaimed-all')?.textContent).toBe('4')
    const items = within(tile).getAllByRole('listitem')
    expect(items.map((item) => item.querySelector('.num')?.textContent)).toEqual(['1', '0', '3', '0'])
    expect(items[0]!.className).toContain('tone-alarm')
    expect(tile.querySelector('.unclaimed-late')?.textContent).toBe('')
  })

  test('how long the oldest request has waited, and claims that ran out, stand with whom nobody has', () => {
    const { write } = show(() => <Unclaimed />)
    write(
      [
        ['unclaimed.red', 'TH', 1],
        ['lapsed', 'TH', 2],
      ],
      [
        ['operation', '1', TODAY, 'drill', '', ''],
        ['oldest', 'TH.unclaimed.any', 'TH', 'unclaimed.any', Date.now() - 3 * 3_600_000 - 60_000],
      ],
    )
    const late = screen.getByRole('region', { name: 'Asked for help, nobody has it' }).querySelector('.unclaimed-late')
    expect(late?.textContent).toBe('longest 3 h2 ran out after a claim')
  })

  test('a number says when it was reported, came here and was drawn, and when the hub last vouched for it', async () => {
    show(() => <Definition of={['waiting.red']}>Red</Definition>, [['waiting.red', 'TH', 5]], 'drill', {
      ...status,
      vouchedAt: 0,
    })
    fireEvent.click(screen.getByRole('button', { name: 'Red' }))
    const dialog = await screen.findByRole('dialog', {}, { timeout: 20_000 })
    const clocks = dialog.querySelector('.definition-clocks')?.textContent
    expect(clocks).toMatch(
      /^newest record: 14:05:09 · received: 14:05:09 · on the screen: 14:05:10 · the hub vouched for it \d+ days ago$/,
    )
  })

  test('a row of the legend says how many areas it has, and opens which they are', async () => {
    const part = (code: string, nameEn: string) => ({ code, nameTh: nameEn, nameEn, lat: 0, lon: 0 })
    const ranked = [
      { part: part('10', 'Bangkok'), place: 1, value: 0.97, count: 1 },
      { part: part('50', 'Chiang Mai'), place: 2, value: 0.95, count: 1 },
      { part: part('20', 'Chon Buri'), place: 3, value: null, count: null },
    ]
    const choice = { indicator: 'occupancy', level: '3' } as const
    show(() => (
      <Legend
        scale={scaleOf('nation', 'occupancy', { watch: 0.8, alarm: 0.9 })}
        ranked={ranked}
        today={TODAY}
        choice={choice}
      />
    ))
    const [definition, highest, unknown] = screen.getAllByRole('button')
    expect(definition?.getAttribute('aria-label')).toBe('What this is')
    expect([highest, unknown].map((button) => button?.textContent?.trim().slice(0, 1))).toEqual(['2', '1'])
    fireEvent.click(highest!)
    const areas = within(await screen.findByRole('dialog', {}, { timeout: 20_000 })).getAllByRole('listitem')
    expect(areas.map((area) => area.textContent)).toEqual(['Bangkok 97 %', 'Chiang Mai 95 %'])
  })

  test('a rise is amber from 25 %, a fall never, and nothing to compare with is a dash', () => {
    render(() => (
      <LanguageProvider>
        <Change share={0.25} />
        <Change share={-0.5} />
        <Change share={0.001} />
        <Change share={8.36} />
        <Change share={null} />
      </LanguageProvider>
    ))
    const all = [...document.querySelectorAll('.change')]
    expect(all.map((element) => element.textContent)).toEqual(['+25 %', '−50 %', '±0 %', '9 times', '–'])
    expect(all.map((element) => element.classList.contains('change-abnormal'))).toEqual([
      true,
      false,
      false,
      true,
      false,
    ])
  })
})

describe('the mark of an exercise', () => {
  test.each([
    ['drill', 'DRILL'],
    ['replay', 'REPLAY'],
    ['something-new', 'DRILL'],
  ])('%s', (kind, word) => {
    show(() => <ExerciseBand />, [], kind)
    expect(screen.getByRole('note').textContent).toContain(word)
  })

  test('is absent when the operation is real', () => {
    show(() => <ExerciseBand />, [], 'live')
    expect(screen.queryByRole('note')).toBeNull()
  })
})

describe('the banner', () => {
  test.each([
    ['offline', 'reconnecting', 'No link to the hub: these numbers are old'],
    ['stale', 'source', 'These numbers are not current'],
  ] as const)('%s says so, why, and how old', (kind, reason, title) => {
    const view = { state: () => ({ kind, reason, ageMs: 125_000 }), now: () => 0 }
    show(() => <FreshnessBanner view={view} />)
    const banner = screen.getByRole('alert')
    expect(banner.textContent).toContain(title)
    expect(banner.textContent).toContain('2 min old')
  })

  test('is absent while live', () => {
    show(() => <FreshnessBanner view={{ state: () => ({ kind: 'live', reason: 'none', ageMs: 1 }), now: () => 0 }} />)
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

describe('the bar', () => {
  const view = { state: () => ({ kind: 'live', reason: 'none', ageMs: 1 }) as const, now: () => 0 }
  test.each([
    ['live', 0],
    ['socketio', 1],
  ] as const)('on %s names a carrier only when it is the fallback', (carrier, times) => {
    show(() => <FreshnessBar view={view} />, [], 'drill', { ...status, carrier })
    expect(screen.queryAllByText('through Socket.IO')).toHaveLength(times)
  })

  test('after a wrong checksum it says for how long the numbers were wrong, and until when', () => {
    const link = { ...status, mismatches: 1, wasWrong: { until: Date.UTC(2021, 10, 11, 7, 5), ms: 3_200 } }
    show(() => <FreshnessBar view={view} />, [], 'drill', link)
    expect(document.querySelector('.freshness-sum')?.textContent).toContain('was wrong for 3.2 s until 14:05')
  })
})

test('facilities with beds come hospitals first; those without any are left out', () => {
  const facility = (id: string, kind: FacilityKind) => ({
    id,
    kind,
    district: '5001',
    nameTh: id,
    nameEn: id,
    lat: null,
    lon: null,
    reportedAt: null,
    hours: null,
  })
  const beds = (owner: string, level: BedLevel) => ({
    id: `${owner}.${level}`,
    facility: Number(owner),
    level,
    staffed: 1,
    available: 1,
    held: 0,
    occupied: 0,
    cleaning: 0,
    blocked: 0,
    reportedAt: 0,
  })
  const rows = facilitiesWithBeds(
    [facility('10', 'ci'), facility('9', 'hospital'), facility('2', 'hospital'), facility('3', 'vaccination')],
    [beds('10', '0'), beds('9', '3'), beds('2', '3'), beds('2', '1')],
  )
  expect(rows.map((row) => `${row.facility.id}: ${[...row.levels.keys()]}`)).toEqual(['2: 3,1', '9: 3', '10: 0'])
})
