import { expect, test } from 'vitest'
import { soak } from './soak.ts'

const HOURS = 0.2
const SPEED = 64
const TEST_MS_MAX = 180_000

/** Too short to judge a slope; that everything is looked at, and that it ends by itself. */
test(
  'a short soak: midnights and a storm, every series measured, nothing lost, doubled or wrong',
  async () => {
    const { watched, ...soaked } = await soak({ hours: HOURS, speed: SPEED, stormsPerHour: 5, onLine: () => undefined })
    expect(soaked).toMatchObject({ storms: 1, lost: 0, doubled: 0, wrong: 0, strange: [] })
    expect(soaked.midnights).toBeGreaterThan(0)
    expect(soaked.acknowledged).toBeGreaterThan(0)
    for (const [name, points] of Object.entries(watched)) {
      expect(points.length).toBe(name.startsWith('page') ? 2 : 6)
      expect(points.at(-1)?.at).toBeGreaterThan(0)
    }
    expect(watched.slots.map(({ value }) => value)).toEqual(watched.slots.map(() => 1))
  },
  TEST_MS_MAX,
)
