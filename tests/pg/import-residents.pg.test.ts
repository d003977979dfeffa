import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import { expect, it } from 'vitest'
import { KNOWN_GROUPS } from '../../hub/contract/vocabulary/doses.ts'
import { expectedCells } from '../support/expected-cells.ts'
import { databaseForFile, folderForFile } from '../support/for-file.ts'

const ROOT = join(import.meta.dirname, '../..')
const { pool, url } = await databaseForFile()
const folder = await folderForFile()

type Ended = { readonly code: number; readonly said: string; readonly out: string }
const run = (...args: string[]) =>
  new Promise<Ended>((resolve) => {
    const command = [join(ROOT, 'db/import/main.ts'), 'residents', ...args]
    execFile(
      join(ROOT, 'node_modules/.bin/node'),
      command,
      { env: { ...process.env, DATABASE_URL: url } },
      (error, out, said) => resolve({ code: error === null ? 0 : Number(error.code), said, out }),
    )
  })
async function file(content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'residents')
  await writeFile(path, content)
  return path
}
const standing = async () =>
  (await pool.query('select district, target_group as group, residents from residents order by 1, 2')).rows

it('is looked at, taken, and changes nothing the second time; the wall has its cells', async () => {
  const path = await file(
    'province,as_of,source,age60,pregnant\nเชียงใหม่,2021-10-01,DOPA,300000,\nBangkok,2021-10-01,DOPA,900000,40000\n',
  )
  expect(await run(path, '--dry-run')).toMatchObject({
    code: 0,
    said: expect.stringMatching(/3 numbers of residents to add, 0 to change.*\ndry run: nothing was changed/),
  })
  expect(await standing()).toEqual([])
  expect(await run(path)).toMatchObject({ code: 0 })
  expect(await standing()).toEqual([
    { district: '1000', group: 'age60', residents: 900_000 },
    { district: '1000', group: 'pregnant', residents: 40_000 },
    { district: '5000', group: 'age60', residents: 300_000 },
  ])
  expect(await run(path)).toMatchObject({ code: 0, said: expect.stringContaining('nothing to change') })
  const cells = await expectedCells(pool, 'nation')
  expect([cells.get('residents.age60|50'), cells.get('residents.age60|TH')]).toEqual([300_000, 1_200_000])
})

it('one bad row, and nothing of it is taken; each is named', async () => {
  const before = await standing()
  const path = await file(
    'province,district,as_of,source,age60\n50,,2021-10-01,DOPA,-1\nลำปาง,5201,2021-10-01,DOPA,5\n51,,2021-10-01,,5\n',
  )
  const { code, said } = await run(path)
  expect(code).toBe(1)
  expect(said).toContain(`${path}:2: age60 -1 is negative`)
  expect(said).toMatch(/:3: age60 is given for 1 of the \d+ districts of province 52/)
  expect(said).toContain(`${path}:4: source is blank`)
  expect(said).toContain('3 faults: nothing was imported')
  expect(await standing()).toEqual(before)
})

it('fewer residents than doses are taken, and named before', async () => {
  await pool.query(
    `insert into vaccinations (district, day, dose, doses, target_group) values ('8301', '2021-10-02', 1, 60, 'vhv')`,
  )
  const path = await file('province,as_of,source,vhv\nPhuket,2021-10-01,DOPA,50\n')
  expect(await run(path)).toMatchObject({
    code: 0,
    said: expect.stringContaining(
      'line 2: vhv of 83 has 50 residents and 60 first doses: its coverage is shown as more than 100 %',
    ),
  })
})

it('comes as a workbook too, and the template is read as a file without rows', async () => {
  const head = ['จังหวัด', 'ณ วันที่', 'แหล่งที่มา', 'ผู้สูงอายุ']
  const bytes = await writeXlsx({
    sheets: [{ name: 'a', rows: [head, ['ลำปาง', '2021-10-01', 'ทะเบียนราษฎร', 90_000]] }],
  })
  expect(await run(await file(bytes))).toMatchObject({ code: 0 })
  expect(await standing()).toContainEqual({ district: '5200', group: 'age60', residents: 90_000 })
  const { code, out } = await run('--template')
  expect([code, out.split('\r\n')[0]]).toEqual([0, `\ufeffprovince,district,as_of,source,${KNOWN_GROUPS.join(',')}`])
  expect(await run(await file(out))).toMatchObject({
    code: 1,
    said: expect.stringContaining('no numbers of residents'),
  })
})
