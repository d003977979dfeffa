import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrange, type Box, GAP_U, type Room, type Size, type Sized } from './arrange.ts'
import { isFlow, largerText, unitPx } from './unit.ts'

const panel = (id: string, width: number, height: number, more: Partial<Size> = {}): Sized<string> => ({
  id,
  size: { width, height, grow: 1, ...more },
})
const idsByColumn = (boxes: readonly Box<string>[]) => {
  const columns = Map.groupBy(boxes, ({ x }) => x.toFixed(3))
  return [...columns.values()].map((column) => column.map(({ id }) => id).join(' '))
}

describe('the panels of a wall', () => {
  it('fill a column by their rank, then the next', () => {
    const { boxes, left } = arrange([panel('a', 50, 40), panel('b', 50, 40), panel('c', 50, 40)], {
      width: 110,
      height: 85,
    })
    expect(idsByColumn(boxes)).toEqual(['a b', 'c'])
    expect(left).toEqual([])
    expect(boxes.find(({ id }) => id === 'c')?.height).toBeCloseTo(85)
  })

  it('are left out where they have no room at their smallest, and a smaller one of lower rank is not', () => {
    const { boxes, left } = arrange([panel('a', 50, 40), panel('b', 50, 60), panel('c', 50, 30)], {
      width: 60,
      height: 80,
    })
    expect(boxes.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(left).toEqual(['b'])
  })

  it('stand side by side where they may', () => {
    const half = { pairs: true }
    const { boxes } = arrange([panel('a', 25, 20, half), panel('b', 31, 18, half), panel('c', 25, 20, half)], {
      width: 60,
      height: 60,
    })
    expect(boxes[0]!.y).toBe(boxes[1]!.y)
    expect(boxes[0]!.height).toBe(boxes[1]!.height)
    expect(boxes[2]!.y).toBeGreaterThan(boxes[0]!.y)
    expect(boxes[2]!.width).toBeCloseTo(60)
  })

  it('that open a column take a new one while there is room', () => {
    const map = panel('map', 40, 50, { opens: true })
    expect(idsByColumn(arrange([panel('a', 40, 20), map], { width: 90, height: 90 }).boxes)).toEqual(['a', 'map'])
    expect(idsByColumn(arrange([panel('a', 40, 20), map], { width: 60, height: 90 }).boxes)).toEqual(['a map'])
  })

  const sized = fc.record({
    width: fc.integer({ min: 10, max: 70 }),
    height: fc.integer({ min: 8, max: 60 }),
    grow: fc.integer({ min: 1, max: 5 }),
    pairs: fc.boolean(),
    opens: fc.boolean(),
  })
  const overlap = (a: Box<number>, b: Box<number>) =>
    a.x + a.width > b.x + 1e-6 &&
    b.x + b.width > a.x + 1e-6 &&
    a.y + a.height > b.y + 1e-6 &&
    b.y + b.height > a.y + 1e-6

  it('are never cut, never overlap, never smaller than they can be, and fill the room', () => {
    fc.assert(
      fc.property(
        fc.array(sized, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 80, max: 540 }),
        fc.integer({ min: 60, max: 200 }),
        (sizes, width, height) => {
          const room: Room = { width, height }
          const { boxes, left } = arrange(
            sizes.map((size, id) => ({ id, size })),
            room,
          )
          expect(boxes.length + left.length).toBe(sizes.length)
          for (const box of boxes) {
            expect(box.width).toBeGreaterThan(sizes[box.id]!.width - 1e-6)
            expect(box.height).toBeGreaterThan(sizes[box.id]!.height - 1e-6)
            expect(box.x + box.width).toBeLessThan(width + 1e-6)
            expect(box.y + box.height).toBeLessThan(height + 1e-6)
            expect(boxes.filter((other) => other !== box && overlap(box, other))).toEqual([])
          }
          const area = boxes.reduce((sum, box) => sum + (box.width + GAP_U) * (box.height + GAP_U), 0)
          expect(area).toBeCloseTo((width + GAP_U) * (height + GAP_U), 3)
        },
      ),
    )
  })
})

describe('how large a wall writes', () => {
  it('is the same share of the shorter side, and larger for who stands further away', () => {
    expect(unitPx(1920, 1080, 1)).toBeCloseTo(10.8)
    expect(unitPx(5760, 1080, 1)).toBeCloseTo(10.8)
    expect(unitPx(1080, 1920, 1)).toBeCloseTo(10.09)
    expect(unitPx(1440, 900, 1)).toBeCloseTo(1440 / 171)
    expect(unitPx(1440, 960, 1)).toBeCloseTo(9.6)
    expect(unitPx(1366, 600, 1) * 2.1).toBeCloseTo(14)
    expect(largerText('3.5', undefined)).toBeCloseTo(1.74, 2)
    expect(largerText('5', '1.7')).toBe(1)
    expect(['x', '-1', '0', '', undefined].map((distance) => largerText(distance, undefined))).toEqual([1, 1, 1, 1, 1])
    expect(largerText('900', undefined)).toBe(2.5)
    expect(largerText('5', '0')).toBe(1)
  })

  it('flows on a phone, and on a screen at 400 %', () => {
    expect(isFlow(390, 844)).toBe(true)
    expect(isFlow(1920 / 4, 1080 / 4)).toBe(true)
    expect(isFlow(5760 / 4, 1080 / 4)).toBe(true)
    expect(isFlow(1366, 768)).toBe(false)
    expect(isFlow(1080, 1920)).toBe(false)
  })
})
