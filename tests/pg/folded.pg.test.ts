import fc from 'fast-check'
import { expect, it } from 'vitest'
import { foldedText } from '../../hub/contract/vocabulary/text.ts'
import { databaseForFile } from '../support/for-file.ts'

const database = await databaseForFile()

const RUNS = 300
/** What people type, and what their keyboards and chats leave in it. */
const letters = fc.constantFrom(
  ...['a', 'Z', 'Ａ', '１', 'ก', 'ำ', 'ํ', 'า', 'เ', 'แ', '่', 'ၚ', 'ກ', 'ម', ' ', '-', '_', '.', "'", '’', '\u2013'],
  ...['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u00a0', '\u3164', '\u{e0001}', '%', '\\', '๑', '(', '\u2028'],
)

it('SQL compares text as foldedText does, letter by letter', async () => {
  const ask = async (typed: readonly string[]) => {
    const { rows } = await database.pool.query(
      'select jitasa_folded(typed) as folded from unnest($1::text[]) with ordinality as t (typed, place) order by place',
      [typed],
    )
    return rows.map(({ folded }) => folded)
  }
  const texts = fc.sample(fc.string({ unit: letters, maxLength: 12 }), { numRuns: RUNS, seed: 9 })
  const named = ['คําแก้ว', 'คำแก้ว', 'เเพร่', 'แพร่', 'O’Neill-Ä', 'AB 123.456', ...texts]
  expect(await ask(named)).toEqual(named.map(foldedText))
})
