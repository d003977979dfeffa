import { expect, it } from 'vitest'
import { pageWords } from './pageWords.ts'

it('no two pages of a menu have one name', () => {
  for (const words of [pageWords.en, pageWords.th]) {
    const names = Object.values(words.name)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  }
})
