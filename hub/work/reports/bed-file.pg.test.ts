import { describe, expect, it } from 'vitest'
import { writeTable } from '../../../db/import/xlsx.ts'
import type { Reply } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await drillHubForFile()
const makeSite = async (code: string, district: string) =>
  (
    await database.pool.query<{ id: number }>(
      `insert into facilities (code, district, kind, name_th, name_en) values ($1, $2, 'hospital', 'รพ. ' || $1, 'H ' || $1) returning id`,
      [code, district],
    )
  ).rows[0]!.id
const first = await makeSite('10713', '5001')
const second = await makeSite('10714', '5002')
const foreign = await makeSite('10670', '1001')
const office = await hub.worker('provincial_health', ['50'], 'Office 50')
const staff = await hub.worker('facility_staff', ['5001'], 'Hospital', first)

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64')
const send = (file: string, more: object = {}, who = office) => {
  hub.clock.at += 60_000
  return who.post('/api/beds/import', { file, ...more })
}
type Plan = {
  readonly plan: string
  readonly written: boolean
  readonly levels: number
  readonly facilities: number
  readonly bad: number
  readonly items: readonly { readonly line: number; readonly facility: number; readonly before: unknown }[]
  readonly errors: readonly { readonly line: number; readonly message: string }[]
}
const planOf = ({ body }: Reply) => body as unknown as Plan
const standing = async () =>
  (
    await database.pool.query(
      'select facility_id as f, level, staffed, available from beds order by facility_id, level',
    )
  ).rows
const HEAD = 'facility,level,staffed,available,held,occupied,cleaning,blocked'
const csv = (...rows: readonly string[]) => base64([HEAD, ...rows].join('\n'))

describe('beds of several facilities from a spreadsheet', () => {
  it('are looked at first, and reported all at once when the plan that was looked at still holds', async () => {
    const file = csv('10713,3,10,4,0,6,0,0', '10713,2.1,20,5,0,15,0,0', `${second},1,30,10,0,20,0,0`)
    const looked = planOf(await send(file))
    expect(looked).toMatchObject({ written: false, levels: 3, facilities: 2, bad: 0 })
    expect(looked.items.map(({ line, facility, before }) => [line, facility, before])).toEqual([
      [2, first, null],
      [3, first, null],
      [4, second, null],
    ])
    expect(await standing()).toEqual([])
    expect((await send(file, { apply: 'another-plan' })).body.error.code).toBe('import_changed')
    expect(planOf(await send(file, { apply: looked.plan }))).toMatchObject({ written: true, levels: 3 })
    expect((await standing()).map(({ f, level, staffed }) => [f, level, staffed])).toEqual([
      [first, '2.1', 20],
      [first, '3', 10],
      [second, '1', 30],
    ])
    const { rows } = await database.pool.query('select count(*)::int as n from bed_reports')
    expect(rows[0].n).toBe(3)
  })

  it('one row that is wrong keeps all of it out, and each is named by its line, in Thai too', async () => {
    const before = await standing()
    const file = csv(
      '10713,4,1,1,0,0,0,0',
      '10713,3,10,4,0,5,0,0',
      '10713,2.1,-1,0,0,0,0,0',
      '10670,3,1,1,0,0,0,0',
      '99999,3,1,1,0,0,0,0',
      ',3,1,1,0,0,0,0',
      '10714,1,900,900,0,0,0,0',
      '10714,2.2,4,4,0,0,0,0',
      '10714,2.2,5,5,0,0,0,0',
    )
    const looked = planOf(await send(file))
    expect(looked.errors).toEqual([
      { line: 2, message: 'level 4 is none of 0, 1, 2.1, 2.2, 3' },
      { line: 3, message: 'the states add up to 9, not to staffed 10' },
      { line: 4, message: 'staffed -1 is not a whole number from 0' },
      // Row-level security shows an account nothing outside its area.
      { line: 5, message: 'there is no facility 10670' },
      { line: 6, message: 'there is no facility 99999' },
      { line: 7, message: 'facility is missing' },
      { line: 8, message: '900 is more than ten times what was reported before. Is it right?' },
      { line: 10, message: 'is the same level of the same facility as line 9' },
    ])
    expect(looked.bad).toBe(8)
    const applied = planOf(await send(file, { apply: looked.plan, language: 'th' }))
    expect([applied.written, applied.errors[1]?.message]).toEqual([false, 'ผลรวมของสถานะคือ 9 ไม่เท่ากับทั้งหมด 10'])
    expect(await standing()).toEqual(before)
  })

  it('what is hardly true is taken when somebody says so; a closed facility is not', async () => {
    const file = csv('10714,1,900,900,0,0,0,0')
    const looked = planOf(await send(file, { acceptImplausible: true }))
    expect(looked.bad).toBe(0)
    await database.pool.query('update facilities set active = false where id = $1', [second])
    const closed = planOf(await send(file, { acceptImplausible: true, apply: looked.plan }))
    expect([closed.written, closed.errors[0]?.message]).toEqual([false, 'รพ. 10714 has been closed'])
    await database.pool.query('update facilities set active = true where id = $1', [second])
  })

  it('staff report their own without naming it, and no other; copied cells and a workbook read alike', async () => {
    const cells = 'level\tstaffed\tavailable\toccupied\n3\t10\t1\t9\n'
    const looked = planOf(await send(base64(cells), {}, staff))
    expect(looked.items).toMatchObject([{ line: 2, facility: first }])
    const rows = [
      ['level', 'staffed', 'available', 'occupied'],
      [3, 10, 2, 8],
      [2.1, 20, 3, 17],
    ]
    const workbook = base64(await writeTable('beds', rows, [8, 8, 8, 8]))
    const read = planOf(await send(workbook, {}, staff))
    expect([read.bad, read.levels]).toEqual([0, 2])
    expect(planOf(await send(workbook, { apply: read.plan }, staff)).written).toBe(true)
    expect((await standing()).filter(({ f }) => f === first).map(({ available }) => available)).toEqual([3, 2])
    const others = planOf(await send(csv(`${second},3,1,1,0,0,0,0`, `${foreign},3,1,1,0,0,0,0`), {}, staff))
    expect(others.bad).toBe(2)
  })

  it.each([
    ['no table', base64('hello')],
    ['a header alone', csv()],
    ['bytes that are no workbook', base64(new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]))],
  ])('%s is refused', async (_, file) => {
    const { status, body } = await send(file)
    expect([status, body.error.code]).toEqual([422, 'file_unreadable'])
  })

  it('7,500 levels of 1,500 facilities are looked at and reported at once', async () => {
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into facilities (code, district, kind, name_th, name_en)
       select 'many-' || n, '5001', 'hospital', 'ร', 'H' from generate_series(1, 1500) as n returning id`,
    )
    const lines = rows.flatMap(({ id }) => ['0', '1', '2.1', '2.2', '3'].map((level) => `${id},${level},10,4,0,6,0,0`))
    const file = csv(...lines)
    const started = performance.now()
    const looked = planOf(await send(file))
    const shown = performance.now()
    expect(planOf(await send(file, { apply: looked.plan }))).toMatchObject({ written: true, levels: 7_500 })
    const seconds = [shown - started, performance.now() - shown].map((ms) => Math.round(ms) / 1_000)
    console.log(`7,500 bed counts: preview ${seconds[0]} s, reported ${seconds[1]} s`)
    const { rows: counted } = await database.pool.query(
      `select count(*)::int as n, count(before)::int as stood from bed_reports where facility_id = any ($1)`,
      [rows.map(({ id }) => id)],
    )
    expect(counted).toEqual([{ n: 7_500, stood: 0 }])
  })

  it('beds that transfers hold stay held', async () => {
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into cases (district, report_day, source) values ('5001', '2021-11-11', 'api') returning id`,
    )
    await database.pool.query(
      `update beds set held = 1, available = available - 1 where facility_id = $1 and level = '3'`,
      [first],
    )
    await database.pool.query(
      `insert into transfers (case_id, district, status, level, to_facility, bed_held, requested_label, requested_at, updated_at)
       values ($1, '5001', 'accepted', '3', $2, true, 'T', now(), now())`,
      [rows[0]?.id, first],
    )
    const looked = planOf(await send(csv('10713,3,10,2,0,8,0,0')))
    expect(looked.errors).toEqual([{ line: 2, message: '1 beds are held for transfers' }])
  })
})
