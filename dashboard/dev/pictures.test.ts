import { describe, expect, it } from 'vitest'
import { differsFrom, type Picture } from './pictures.ts'

const plain: Picture = { columns: 20, cells: '2'.repeat(200) }
const withCells = (cells: readonly number[], digit: string): Picture => ({
  ...plain,
  cells: [...plain.cells].map((of, i) => (cells.includes(i) ? digit : of)).join(''),
})

describe('a picture of a wall', () => {
  it('is alike with other letters, and with a bar that has grown', () => {
    expect(differsFrom(plain, plain)).toBeUndefined()
    expect(differsFrom(plain, { ...plain, cells: '4'.repeat(200) })).toBeUndefined()
    expect(differsFrom(plain, withCells([7, 8], 'f'))).toBeUndefined()
  })

  it('differs where something is not drawn, and says where', () => {
    expect(differsFrom(plain, withCells([21, 22, 41], 'f'))).toBe('3 of 200 cells differ, at 1:1 2:1 1:2')
  })

  it('of another size, or that nobody has looked at, is none of a wall that is known', () => {
    expect(differsFrom({ columns: 10, cells: plain.cells }, plain)).toBe('it has another size')
    expect(differsFrom(undefined, plain)).toBe('nobody has looked at it')
  })
})
