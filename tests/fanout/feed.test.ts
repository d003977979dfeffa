import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAG_MS_MAX } from '../../dashboard/src/live/freshness.ts'
import { type Asked, type Cache, type FeedPage, FeedWorld, openPage, SCOPES, T0 } from './feed-world.ts'

/** The seconds in which the cache lies, and when the hub rests and the world ends. */
const LIE = { from: 20, to: 40 } as const
const REST = 65
const END = 75
/** A page is right again so long after the last lie: a page that found nothing fresh may have given up its opening. */
const HEALED = 60
const LOOK_MS = 250
/** A mark is a tenth of a second late. */
const LATE_MS_MAX = LAG_MS_MAX + 200
const LATE_COMER = 27
/** Clocks that are wrong. */
const FAST_MS = 600_000
const SLOW_MS = -90_000

const isIndex = ({ path }: Asked) => path.split('?')[0]!.split('/').length === 3
const before = (asked: Asked) => asked.former.findLast(({ path }) => path === asked.path.split('?')[0])
const onLegs =
  (change: (honest: string, asked: Asked) => string | null): Cache =>
  (asked) =>
    isIndex(asked) || asked.honest === null ? asked.honest : change(asked.honest, asked)
const onIndexes =
  (change: (honest: string, asked: Asked) => string | null): Cache =>
  (asked) =>
    isIndex(asked) && asked.honest !== null ? change(asked.honest, asked) : asked.honest
const otherScope = (path: string) =>
  path.replace(/nation|public:50/, (scope) => (scope === 'nation' ? 'public:50' : 'nation'))

const LIES: Readonly<Record<string, Cache>> = {
  'an index that stands still': onIndexes(
    (_, { former, path }) =>
      former.find(({ path: other, at }) => at >= T0 + 18_000 && other === path.split('?')[0])?.text ?? null,
  ),
  'all of it, half a minute late': (asked) =>
    asked.former.findLast(({ path, at }) => path === asked.path.split('?')[0] && at <= asked.now - 15_000)?.text ??
    null,
  'an old step for a new one': onLegs(
    (_, { former }) => former.findLast(({ path }) => path.includes('/e/'))?.text ?? null,
  ),
  'a step of another scope': onLegs((honest) => honest.replace(/"s":"[^"]*"/, (s) => otherScope(s))),
  'the body of a step of another scope': onLegs((honest, { path, former }) => {
    const other = former.findLast(
      (each) => each.path.startsWith(otherScope(path).split('/e/')[0]!) && each.path.includes('/e/'),
    )
    const body = /"sum":.*/.exec(other?.text ?? '')?.[0]
    return body === undefined ? honest : honest.replace(/"sum":.*/, body)
  }),
  'an index of another scope': (asked) =>
    isIndex(asked) ? (before({ ...asked, path: otherScope(asked.path) })?.text ?? null) : asked.honest,
  'a number that is not the hub’s': onLegs((honest) => honest.replace(/(\["cases.total","\w+",)(\d+)/, '$1999$2')),
  'a digit of an index that is not the hub’s': onIndexes((honest, { now }) =>
    honest.replace(/("(?:to|now|lag|sum|snapshot)":)(\d)/g, (_, key: string, digit: string) =>
      now % 3 === 0 ? `${key}${digit}` : `${key}${(Number(digit) % 9) + 1}`,
    ),
  ),
  'half of a body': (asked) => asked.honest?.slice(0, asked.honest.length / 2) ?? null,
  'a step that lacks what was removed and added': onLegs((honest) =>
    honest.replace(/"c":\[.*$/, '"c":[],"r":[],"x":[]}'),
  ),
  'no shape of a step': onLegs((honest) => honest.replace(/"c":\[.*$/, '"c":7,"r":null}')),
  'a page of HTML': () => '<!doctype html><title>Sign in to this network</title>',
  'the JSON of something else': () => '{"error":{"code":"no_feed","message":"no","details":null}}',
  'an index of an epoch that is over': onIndexes((honest, { now }) =>
    Math.floor(now / 1000) % 2 === 0 ? honest.replace('"e":"e"', '"e":"d"') : honest,
  ),
  'a 404 for every step': onLegs(() => null),
  'nothing, or a 304': () => null,
}

type Seen = { readonly page: FeedPage; readonly kinds: string[] }

/** Some pages behind one cache. What any of them ever shows was committed; one that says live is no later than it may be. */
async function watchThrough(lie: Cache, liesPast: boolean, seed = 7): Promise<readonly Seen[]> {
  const world = new FeedWorld(seed)
  world.cache = (asked) => {
    const lies = asked.now >= T0 + LIE.from * 1000 && asked.now < T0 + LIE.to * 1000
    return lies && (liesPast || !asked.path.includes('?')) ? lie(asked) : asked.honest
  }
  const pages: Seen[] = []
  const open = (shiftMs?: number) => pages.push({ page: openPage(world, shiftMs), kinds: [] })
  open()
  open(FAST_MS)
  open(SLOW_MS)
  world.clock.after(LATE_COMER * 1000, () => open())
  world.clock.after(REST * 1000, () => world.rest())
  for (let ms = LOOK_MS; ms <= END * 1000; ms += LOOK_MS) {
    await world.clock.run(T0 + ms)
    for (const [i, { page, kinds }] of pages.entries()) {
      const { kind } = page.freshness()
      if (ms % 1000 === 0) kinds[ms / 1000] = kind
      for (const { scope, sum, position } of page.shown()) {
        if (position === 0) continue
        const outdatedAt = world.outdatedAt(scope, sum)
        const where = `${scope} of page ${i} at ${ms} ms`
        expect(outdatedAt, `${where} shows what never was`).not.toBeNull()
        if (kind === 'live' && outdatedAt)
          expect(world.clock.now - outdatedAt, `${where} is late`).toBeLessThan(LATE_MS_MAX)
      }
    }
  }
  for (const { page } of pages) {
    for (const { scope, sum } of page.shown()) expect(world.outdatedAt(scope, sum)).toBe(0)
    expect(page.mismatches()).toBe(0)
  }
  return pages
}

const allLive = (kinds: readonly string[]) => expect(kinds).toEqual(kinds.map(() => 'live'))

describe('a page on the public feed, behind a cache with', () => {
  it.each(Object.entries(LIES))('%s, finds it, says so, and is right again', async (_, lie) => {
    for (const { kinds } of await watchThrough(lie, true)) {
      if (kinds[1] !== undefined) allLive(kinds.slice(5, LIE.from))
      expect(kinds.slice(LIE.from, LIE.to).some((kind) => kind !== undefined && kind !== 'live')).toBe(true)
      allLive(kinds.slice(HEALED))
    }
  })

  it.each(Object.entries(LIES))(
    '%s, reads past it where only the addresses it knows are answered so',
    async (_, lie) => {
      for (const { kinds } of await watchThrough(lie, false)) {
        expect(kinds.slice(LIE.from, LIE.to + 1)).toContain('live')
        allLive(kinds.slice(HEALED))
      }
    },
  )

  it('[G5] any of these at random shows nothing that never was, and no age that is not so', async () => {
    const lies = Object.values(LIES)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        fc.boolean(),
        async (seed, often, liesPast) => {
          let draw = seed
          const any: Cache = (asked) => {
            draw = (Math.imul(draw, 1_103_515_245) + 12_345) & 0x7fff_ffff
            const random = (draw >> 8) / 2 ** 23
            return random < often ? lies[Math.floor((random / often) * lies.length)]!(asked) : asked.honest
          }
          for (const { kinds } of await watchThrough(any, liesPast, seed & 0xffff)) allLive(kinds.slice(HEALED))
        },
      ),
      { numRuns: 12, endOnFailure: true },
    )
  })
})

it('[G7] without any lie pages are live, whatever their clocks say, and read each scope about once a second', async () => {
  const asked: string[] = []
  for (const { kinds } of await watchThrough(({ honest }) => honest, true)) {
    allLive(kinds.slice(LATE_COMER + 5))
  }
  const world = new FeedWorld(3)
  world.cache = ({ path, honest }) => {
    asked.push(path)
    return honest
  }
  openPage(world)
  await world.clock.run(T0 + 30_000)
  const indexes = asked.filter((path) => path.split('/').length === 3)
  expect(indexes.length).toBeLessThanOrEqual(SCOPES.length * 31)
  expect(indexes.length).toBeGreaterThanOrEqual(SCOPES.length * 28)
  expect(asked.filter((path) => path.includes('?'))).toEqual([])
})
