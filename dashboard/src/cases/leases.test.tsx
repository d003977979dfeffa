import { cleanup, render, screen } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LanguageProvider } from '../i18n/language.tsx'
import { ToastRegion } from '../ui/Toast.tsx'
import { type BoardNeed, WARN_MS } from './board.ts'
import { createNeedWork } from './createNeedWork.ts'
import { createLeaseNotices, leaseNews, type OwnClaims } from './leases.ts'
import { NeedLine } from './NeedLine.tsx'

const MINUTE_MS = 60_000
const LEASE_MS = 30 * MINUTE_MS
const START = Date.parse('2021-11-11T03:00:00Z')

const claimed: BoardNeed = {
  id: 1,
  caseId: 7,
  kind: 'oxygen',
  status: 'claimed',
  freed: null,
  openedAt: START,
  holder: 'Rescue 1',
  claimedAt: START,
  leaseUntil: START + LEASE_MS,
  askedAt: null,
  offeredTo: null,
  holderKey: 'me',
  offeredKey: null,
}
const freed: BoardNeed = {
  ...claimed,
  status: 'open',
  freed: 'expired',
  holder: null,
  holderKey: null,
  leaseUntil: null,
}
/** LEASE_MINUTES=green=30 */
const warnMs = { ...WARN_MS, green: 6 * MINUTE_MS }

beforeEach(() => {
  localStorage.setItem('jitasa.language', 'en')
  const times = { red: LEASE_MS, yellow: LEASE_MS, unknown: LEASE_MS, green: LEASE_MS }
  const config = { mapboxToken: null, leaseMs: times, leaseWarnMs: warnMs }
  vi.stubGlobal('fetch', async (path: string) =>
    String(path).endsWith('/api/config') ? Response.json(config) : Response.json({ needs: [] }),
  )
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

describe('what is said of one’s own claims', () => {
  const at = (claims: OwnClaims, need: BoardNeed, now: number) =>
    leaseNews(claims, [{ severity: 'green', needs: [need] }], 'me', START + now, warnMs)

  test('is one warning and one end', () => {
    const kinds: string[] = []
    let claims: OwnClaims = new Map()
    for (let minute = 0; minute <= 32; minute++) {
      const step = at(claims, minute === 32 ? freed : claimed, minute * MINUTE_MS)
      claims = step.claims
      kinds.push(...step.news.map(({ kind }) => `${minute} ${kind}`))
    }
    expect(kinds).toEqual(['25 soon', '30 over'])
  })

  test('begins anew when the claim is kept, or made again', () => {
    const warned = at(new Map(), claimed, 25 * MINUTE_MS)
    expect(warned.news).toMatchObject([{ kind: 'soon' }])
    const kept = { ...claimed, leaseUntil: START + 2 * LEASE_MS }
    const held = at(warned.claims, kept, 25 * MINUTE_MS)
    expect(held.news).toEqual([])
    expect(at(held.claims, kept, 55 * MINUTE_MS).news).toMatchObject([{ kind: 'soon' }])
  })

  test('comes from the hub too, when it frees a claim or another has it', () => {
    const { claims } = at(new Map(), claimed, 0)
    expect(at(claims, freed, 1000).news).toMatchObject([{ kind: 'over', need: { holder: 'Rescue 1' } }])
    const taken = { ...claimed, holderKey: 'other', holder: 'Rescue 2', claimedAt: START + LEASE_MS }
    expect(at(claims, taken, 31 * MINUTE_MS).news).toMatchObject([{ kind: 'over' }])
    expect(at(claims, taken, MINUTE_MS).news).toEqual([])
    expect(at(claims, { ...freed, freed: 'released' }, MINUTE_MS).news).toEqual([])
  })

  test('is not about claims of others', () => {
    const theirs = { ...claimed, holderKey: 'other' }
    const { claims } = at(new Map(), theirs, 0)
    expect(at(claims, freed, LEASE_MS).news).toEqual([])
  })
})

test('a screen says aloud that a claim ends soon and that it has ended, as the hub is configured', async () => {
  const [now, setNow] = createSignal(START)
  const [need, setNeed] = createSignal(claimed)
  const cases = () => [{ severity: 'green' as const, needs: [need()] }]
  const keep = vi.fn()
  function Screen() {
    const work = createNeedWork(
      () => new Map([[1, need()]]),
      () => 'me',
      () => false,
    )
    createLeaseNotices(cases, () => 'me', now, keep)
    const mine = { ...work, mine: () => ({ askedBy: null }) as never }
    return (
      <>
        <NeedLine need={need()} severity="green" work={mine} me="me" mayClaim now={now()} />
        <ToastRegion />
      </>
    )
  }
  const { container } = render(() => (
    <LanguageProvider>
      <Screen />
    </LanguageProvider>
  ))
  await vi.waitFor(() => expect(fetch).toBeDefined())
  await new Promise((done) => setTimeout(done, 20))
  setNow(START + 20 * MINUTE_MS)
  expect(container.querySelector('.need-ending')).toBeNull()
  expect(screen.queryByRole('alert')).toBeNull()
  setNow(START + 25 * MINUTE_MS)
  expect(container.querySelector('.need-ending')?.textContent).toContain('Ends in 5:00')
  expect(screen.getByRole('alert').textContent).toContain('Your claim ends at 10:30: Oxygen, case 7.')
  screen.getByRole('alert').querySelector<HTMLElement>('.toast-action')?.click()
  expect(keep).toHaveBeenCalledWith(claimed)
  expect(container.querySelector('.toasts')?.getAttribute('aria-live')).toBe('polite')
  setNow(START + 31 * MINUTE_MS)
  setNeed(freed)
  // The warning ends with its cause; the end stays until one has claimed again.
  expect(screen.getAllByRole('alert').map((each) => each.textContent)).toEqual([
    expect.stringContaining('Your claim ended at 10:30: Oxygen, case 7.'),
  ])
  setNeed({ ...claimed, claimedAt: START + 32 * MINUTE_MS, leaseUntil: START + 32 * MINUTE_MS + LEASE_MS })
  expect(screen.queryByRole('alert')).toBeNull()
})
