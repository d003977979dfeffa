import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  addressOf,
  type Boxes,
  boxesOf,
  COMPOSED,
  faultsOf,
  LANGUAGES,
  movedSince,
  openWall,
  SIZES,
  settleWall,
} from '../../dashboard/dev/compositions.ts'
import { type DevHub, startDevHub } from '../../dashboard/dev/hub.ts'
import { differsFrom, type Picture, pictureOf } from '../../dashboard/dev/pictures.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { startBrowser } from '../support/browser.ts'
import { record } from '../support/measures.ts'

/**
 * Where each panel stood when somebody had looked at all of them: boxes say of every composition, size and language which panels
 * stand there, where, and how large; coarse pictures, in which each machine's letters are alike, what was drawn in them. After looking: `KEEP=1`.
 */
const KEPT = path.join(import.meta.dirname, 'compositions.json')
const KEPT_PICTURES = path.join(import.meta.dirname, 'compositions-pictures.json')
/** Heads are as high as their letters, and these are not alike on every machine. */
const TOLERANCE_PX = 4

/** By day, and by night on one size: the letters are the same. */
const LIGHTS = [
  { name: 'day', more: '', sizes: SIZES },
  { name: 'night', more: '&dim=0-0', sizes: SIZES.slice(0, 1) },
] as const

let browser: Browser
/** for nobody, and for national command, which sees alerts, objectives and changes since the shift began too */
let hubs: readonly DevHub[]

beforeAll(async () => {
  // Without it every wall is waited for in vain.
  await buildDashboard(path.resolve(import.meta.dirname, '../..'))
  browser = await startBrowser()
  // Wednesday the 17th: "all Wed 10 Nov" is the longest line of its kind.
  hubs = await Promise.all(
    [false, true].map((account) => startDevHub({ kind: 'drill', events: 0, today: '2021-11-17', account })),
  )
  for (const { situation } of hubs) situation.crowd('5001')
}, 240_000)

afterAll(async () => {
  await browser?.close()
  for (const hub of hubs ?? []) await hub.stop()
})

const WHO = ['nobody', 'national'] as const
const PARTS = WHO.flatMap((who, i) => COMPOSED.map((composed) => ({ who, i, ...composed, composed })))
/** where panels stand, by who looks, the size and the address */
const boxes: Record<string, Boxes> = {}
const pictures: Record<string, Picture> = {}
/** addresses, sizes and lights that have been looked at, with what is wrong there */
const looked = new Map<string, readonly string[]>()

// One at a time, so that some of them can be run: `-t '/wall/50'`.
it.each(PARTS)(
  '$path, $view, for $who: nothing scrolls, is cut, lies over another, is too small or too weak',
  async ({ who, i, composed }) => {
    const page = await browser.newPage()
    const thrown: string[] = []
    page.on('pageerror', (error) =>
      thrown.push(`thrown: ${(error.stack ?? error.message).split('\n').slice(0, 8).join(' ')}`),
    )
    for (const { name: light, more, sizes } of LIGHTS) {
      for (const language of LANGUAGES) {
        const address = addressOf(composed, language) + more
        await openWall(page, hubs[i]!.url + address, sizes[0])
        for (const size of sizes) {
          await settleWall(page, size)
          const where = `${who} ${light} ${size.name} ${address}`
          if (light === 'day') {
            boxes[`${who} ${size.name} ${address}`] = await boxesOf(page)
            pictures[`${who} ${size.name} ${address}`] = await pictureOf(page)
          }
          looked.set(
            where,
            [...(await faultsOf(page)), ...thrown.splice(0)].map((fault) => `${where}: ${fault}`),
          )
        }
      }
    }
    await page.close()
    const of = [...looked].filter(([where]) => where.startsWith(who) && where.includes(addressOf(composed, '')))
    expect(of.flatMap(([, faults]) => faults)).toEqual([])
  },
)

/** What stood there when somebody had looked; with `KEEP`, what stands there now. */
async function keptOf<T>(file: string, now: Readonly<Record<string, T>>): Promise<Readonly<Record<string, T>>> {
  if (process.env.KEEP !== undefined) {
    const lines = Object.keys(now)
      .toSorted()
      .map((where) => `  ${JSON.stringify(where)}: ${JSON.stringify(now[where])}`)
    await writeFile(file, `{\n${lines.join(',\n')}\n}\n`)
  }
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, T>
}

it('every composition on every size in both languages', async (test) => {
  const all = PARTS.length * LANGUAGES.length * LIGHTS.reduce((sum, { sizes }) => sum + sizes.length, 0)
  test.skip(looked.size < all, 'only some were looked at')
  const faults = [...looked.values()].flat()
  await record({
    name: 'compositions × sizes × languages with something cut, over another, too small or too weak',
    value: [...looked.values()].filter((of) => of.length > 0).length,
    unit: 'screens',
    goal: '0',
    met: faults.length === 0,
    how: `${looked.size} screens (${COMPOSED.length} compositions, ${SIZES.length} sizes, ${LANGUAGES.length} languages, for nobody and for national command, one size by night too) with the longest words and largest numbers; geometry and contrast as the browser draws them: text ≥ 2.1 hundredths of the shorter side, 4.5:1, numbers 7:1`,
  })
  expect(faults).toEqual([])
})

it('each panel stands where it stood when somebody had looked', async (test) => {
  test.skip(looked.size < PARTS.length * LANGUAGES.length * SIZES.length, 'only some were looked at')
  const kept = await keptOf(KEPT, boxes)
  const names = [...new Set([...Object.keys(kept), ...Object.keys(boxes)])].toSorted()
  const moved = names.flatMap((where) =>
    movedSince(kept[where] ?? {}, boxes[where] ?? {}, TOLERANCE_PX).map((how) => `${where}: ${how}`),
  )
  await record({
    name: 'panels of compositions × sizes × languages that stand elsewhere than when they were looked at',
    value: moved.length,
    unit: 'panels',
    goal: '0',
    met: moved.length === 0,
    how: `boxes of every panel of ${names.length} screens against those that are kept (tests/measures/compositions.json), within ${TOLERANCE_PX} px`,
  })
  expect(moved).toEqual([])
})

it('each composition is drawn as it was when somebody had looked', async (test) => {
  test.skip(looked.size < PARTS.length * LANGUAGES.length * SIZES.length, 'only some were looked at')
  const kept = await keptOf(KEPT_PICTURES, pictures)
  const differing = Object.entries(pictures).flatMap(([where, picture]) => {
    const how = differsFrom(kept[where], picture)
    return how === undefined ? [] : [`${where}: ${how}`]
  })
  await record({
    name: 'compositions × sizes × languages that are drawn otherwise than when they were looked at',
    value: differing.length,
    unit: 'screens',
    goal: '0',
    met: differing.length === 0,
    how: `pictures of ${Object.keys(pictures).length} screens in 16 greys, 18 cells along the shorter side, against those that are kept (tests/measures/compositions-pictures.json): at most one cell of a hundred differs by more than two greys`,
  })
  expect(differing).toEqual([])
})
