import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { facilityImportAnswer } from '../../hub/contract/api/facilities.ts'
import { passOf } from '../security/subjects.ts'
import { caseHubForFile, folderForFile } from '../support/for-file.ts'
import { startStopwatch } from '../support/starved.ts'

type Plan = z.infer<typeof facilityImportAnswer>
type Said = { status: number; body: Plan & { error: { code: string; message: string; details: unknown } } }

const { database, hub } = await caseHubForFile()
const office = await hub.worker('provincial_health', ['50'], 'PHO Chiang Mai')
const national = await hub.worker('national', ['TH'], 'EOC')
const folder = await folderForFile()

const HEADER = 'id,code,kind,name_th,name_en,province,district,lat,lon,hours,address,capacity,contacts'
const bytesOf = (file: string | Uint8Array) => (typeof file === 'string' ? Buffer.from(file) : Buffer.from(file))

async function send(file: string | Uint8Array, over: object = {}, who = office): Promise<Said> {
  const body = { name: 'file', file: bytesOf(file).toString('base64'), ...over }
  return (await who.post('/api/registry/import', body)) as unknown as Said
}

/** Looks at the preview, then applies it. */
async function apply(file: string | Uint8Array, who = office): Promise<Plan> {
  const { status, body } = await send(file, {}, who)
  expect([status, body.errors], JSON.stringify(body)).toEqual([200, []])
  const done = await send(file, { apply: body.plan }, who)
  expect(done.body, JSON.stringify(done.body)).toMatchObject({ written: true })
  return done.body
}

const counted = async () => (await database.pool.query('select count(*)::int as n from facilities')).rows[0].n as number

async function exported(format: string, who = office): Promise<Uint8Array> {
  const cookie = passOf(who.grant, hub.clock.at)
  const response = await hub.hub.fetch('GET', `/api/registry/export?area=50&format=${format}`, { cookie })
  expect(response.status).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

describe('a file of facilities', () => {
  it('is shown before anything is changed, and done when what was shown is asked for', async () => {
    const file = `\ufeff${HEADER}\r\n,50001,hospital,รพ. หนึ่ง,Hospital One,เชียงใหม่,เมืองเชียงใหม่,18.79,98.98,จ.-ศ. ๐๘.๐๐-๑๖.๓๐ น.,ถนนสุเทพ,100 beds,bed_desk 053 936 150 (day); stores 053 936 151\r\n,,ci,ศูนย์พักคอย สอง,,50,5002,,,24/7,,,\r\n`
    const before = await counted()
    const preview = await send(file)
    expect(preview.body).toMatchObject({ written: false, add: 2, change: 0, leave: 0, bad: 0 })
    expect(preview.body.items[0]).toMatchObject({
      line: 2,
      what: 'add',
      changes: { hours: [null, 'Mo-Fr 08:00-16:30'] },
    })
    expect(JSON.stringify(preview.body.items)).not.toContain('936150')
    expect(await counted()).toBe(before)
    await apply(file)
    expect(await counted()).toBe(before + 2)
    const { rows } = await database.pool.query(`select id, district, lat, name_en from facilities where code = '50001'`)
    expect(rows[0]).toMatchObject({ district: '5001', lat: 18.79, name_en: 'Hospital One' })
    const one = await office.get(`/api/facilities/${rows[0].id}`)
    expect(one.body.contacts).toEqual([
      { desk: 'bed_desk', phone: '+6653936150', note: 'day' },
      { desk: 'stores', phone: '+6653936151', note: null },
    ])
    expect((await send(file)).body).toMatchObject({ add: 0, change: 0, leave: 2 })
  })

  it('changes field by field what differs; an empty cell leaves what stands', async () => {
    const { body } = await send(`code,kind,name_th,province,hours,address\n50001,hospital,รพ. หนึ่ง,50,24/7,\n`)
    expect(body.items).toEqual([
      {
        line: 2,
        what: 'change',
        id: expect.any(Number),
        name: 'รพ. หนึ่ง',
        changes: { hours: ['Mo-Fr 08:00-16:30', '24/7'] },
      },
    ])
    await apply(`code,kind,name_th,province,hours,address\n50001,hospital,รพ. หนึ่ง,50,24/7,\n`)
    const { rows } = await database.pool.query(`select address, hours, version from facilities where code = '50001'`)
    expect(rows[0]).toEqual({ address: 'ถนนสุเทพ', hours: '24/7', version: 2 })
  })

  it.each([
    ['semicolons', 'kind;name_th;province;district\nci;ศูนย์ ก;50;5003\n'],
    ['tabs', 'kind\tname_th\tprovince\tdistrict\nci\tศูนย์ ข\t50\t5003\n'],
    ['Thai column names and words', 'ประเภท,ชื่อ,จังหวัด,อำเภอ\nศูนย์พักคอย,ศูนย์ ค,จ.เชียงใหม่,อ.แม่ริม\n'],
    ['Thai digits', 'code,kind,name_th,province,lat,lon\n๕๐๐๙๙,test,จุด,๕๐,๑๘.๙๐,๙๘.๙๔\n'],
    [
      'a BOM, notes and empty lines',
      '\ufeff# notes\n\nkind,name_th,province,district\n\noxygen,จุด ง,Chiang Mai,Mae Rim\n',
    ],
    ['a code that a spreadsheet has shortened', 'code,kind,name_th,province,district\n998,hospital,รพ. สาม,50,5001\n'],
  ])('is read with %s', async (_, file) => {
    expect((await send(file)).body).toMatchObject({
      add: 1,
      bad: 0,
      items: [{ changes: { district: [null, expect.stringMatching(/^50/)] } }],
    })
  })

  it('every bad row is named by its line, in the language of the page, and nothing is written', async () => {
    const rows = [
      ['zoo,ก,50,5001,,,,', /kind "zoo" is unknown/],
      ['ci,,50,5001,,,,', /name_th is missing/],
      ['ci,ก,เชียงไหม่,5001,,,,', /province "เชียงไหม่" is unknown; is it เชียงใหม่, Chiang Mai/],
      ['ci,ก,50,แม่ริน,,,,', /district "แม่ริน" is unknown.*แม่ริม/],
      ['ci,ก,50,,,,,', /name the district/],
      ['ci,ก,50,5001,91,98,,', /not a point in Thailand/],
      ['ci,ก,50,5001,18.7,,,', /lat and lon go together/],
      ['ci,ก,50,5001,13.75,100.5,,', /lies in the sea or in another province/],
      ['ci,ก,50,5001,,,mornings,', /hours "mornings"/],
      ['ci,ก,50,5001,,,,0812345678', /contact "0812345678"/],
      ['ci,=HYPERLINK("http://x"),50,5001,,,,', /begins like a formula/],
      ['ci,+1+1,50,5001,,,,', /begins like a formula/],
      ['ci,-1+1,50,5001,,,,', /begins like a formula/],
      ['ci,@SUM(A1),50,5001,,,,', /begins like a formula/],
      [`ci,${'ก'.repeat(201)},50,5001,,,,`, /name_th has more than 200 characters/],
      ['ci,ข,50,5001', /columns where the header has/],
    ] as const
    const file = [
      'kind,name_th,province,district,lat,lon,hours,contacts',
      ...rows.map(([row]) => row.replace('=HYPERLINK("http://x")', '"=HYPERLINK(""x"")"')),
      'ci,ดี,50,5001,,,,',
    ].join('\n')
    const before = await counted()
    const { body } = await send(file)
    rows.forEach(([row, said], i) => {
      const found = body.errors.filter(({ line }) => line === i + 2).map(({ message }) => message)
      expect(found.join(), row).toMatch(said)
    })
    expect(body).toMatchObject({ add: 1, bad: body.errors.length })
    expect((await send(file, { apply: body.plan })).body.written).toBe(false)
    expect(await counted()).toBe(before)
    const thai = await send(file, { language: 'th' })
    for (const { message } of thai.body.errors) expect(message).toMatch(/[ก-๛]/)
  })

  it('the same facility twice, a code of another, a number that there is not', async () => {
    await national.post('/api/facilities', {
      kind: 'hospital',
      nameTh: 'รพ. ลำพูน',
      place: { area: '5101' },
      code: '51001',
    })
    const file = `${HEADER}\n,50777,ci,ก,,50,5001,,,,,,\n,50777,ci,ข,,50,5001,,,,,,\n,51001,ci,ค,,50,5001,,,,,,\n999999,,ci,ง,,50,5001,,,,,,\n`
    const { body } = await send(file)
    expect(body.errors).toEqual([
      { line: 3, message: 'is the same facility as line 2' },
      { line: 4, message: expect.stringContaining('code 51001 is that of รพ. ลำพูน') },
      { line: 5, message: 'there is no facility 999999' },
    ])
  })

  it('rows of another province are refused to an office, and taken from the nation', async () => {
    const file = 'kind,name_th,province,district\nci,ศูนย์ กทม,กทม,1001\n'
    expect((await send(file)).body.errors).toEqual([{ line: 2, message: 'lies outside your area' }])
    expect((await send(file, {}, national)).body).toMatchObject({ add: 1, bad: 0 })
  })

  it('a point in the sea is kept when it is said to be so', async () => {
    const file = 'kind,name_th,province,district,lat,lon\nfield,เรือพยาบาล,77,7707,12.55,100.35\n'
    expect((await send(file, {}, national)).body.errors[0]?.message).toMatch(/in the sea/)
    expect((await send(file, { acceptApart: true }, national)).body.bad).toBe(0)
  })

  it('what has changed since the preview is not written unseen', async () => {
    const file = 'code,kind,name_th,province,capacity\n50001,hospital,รพ. หนึ่ง,50,7 halls\n'
    const { body } = await send(file)
    const { rows } = await database.pool.query(`select id, version from facilities where code = '50001'`)
    await office.post(`/api/facilities/${rows[0].id}/edit`, { version: rows[0].version, capacity: '9 halls' })
    const late = await send(file, { apply: body.plan })
    expect([late.status, late.body.error.code]).toEqual([409, 'import_changed'])
  })

  it('a code of an entry that was merged away is that of the one that stayed', async () => {
    await apply('code,kind,name_th,province,district\n50500,ci,รวม หนึ่ง,50,5001\n50501,ci,รวม สอง,50,5001\n')
    const { rows } = await database.pool.query(
      `select id, version from facilities where code in ('50500', '50501') order by code`,
    )
    await office.post(`/api/facilities/${rows[0].id}/merge`, { version: rows[0].version, into: rows[1].id })
    const { body } = await send('code,kind,name_th,province,capacity\n50500,ci,รวม สอง,50,3\n')
    expect(body.items).toMatchObject([{ id: rows[1].id, changes: { capacity: [null, '3'] } }])
  })
})

const FOUND = join(import.meta.dirname, '../../../shared/found/import')
describe.skipIf(!existsSync(FOUND))('the files of ../shared/found/import, which are of cases and doses', () => {
  it.each(existsSync(FOUND) ? readdirSync(FOUND) : [])(
    '%s as a file of facilities: refused by its columns or rows, in words',
    async (name) => {
      const before = await counted()
      const { status, body } = await send(new Uint8Array(readFileSync(join(FOUND, name))))
      const said = status === 200 ? body.errors.map(({ message }) => message).join(' ') : body.error.message
      expect([status, status === 200 ? body.bad > 0 : body.error.code]).toEqual(
        status === 200 ? [200, true] : [422, 'file_unreadable'],
      )
      expect(said).toMatch(/[a-z]{3,}/)
      expect(await counted()).toBe(before)
    },
  )
})

describe('files that come out', () => {
  it.each(['csv', 'xlsx'])(
    'the %s export read again changes nothing, whatever its texts begin with',
    async (format) => {
      await office.post('/api/facilities', {
        kind: 'ci',
        nameTh: `=1+1 "ก", ${format}`,
        nameEn: '-cmd',
        place: { area: '5001' },
        address: '@home; line, "two"',
        contacts: [{ desk: 'emergency', phone: '053936150', note: 'gate (3)'.replace(/[()]/g, '') }],
      })
      const file = await exported(format)
      const { body } = await send(file)
      expect([body.add, body.change, body.errors]).toEqual([0, 0, []])
      expect(body.leave).toBeGreaterThanOrEqual(3)
      if (format === 'csv') expect(Buffer.from(file).toString()).toContain(`"'=1+1 ""ก"", csv"`)
    },
  )

  it.each(['csv', 'xlsx'])('the %s template is a file with columns and no rows', async (format) => {
    const cookie = passOf(office.grant, hub.clock.at)
    const response = await hub.hub.fetch('GET', `/api/registry/template?format=${format}`, { cookie })
    const { status, body } = await send(new Uint8Array(await response.arrayBuffer()))
    expect([status, body.error.message]).toEqual([422, 'The file has a header and no rows'])
  })
})

describe('a workbook that would do harm', () => {
  const sheetOf = (rows: string) =>
    strToU8(
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`,
    )
  const xml = (text: string) => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${text}`)
  const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
  const workbook = (sheet: Uint8Array): Uint8Array =>
    zipSync({
      '[Content_Types].xml': xml(
        `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
      ),
      '_rels/.rels': xml(
        `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
      'xl/workbook.xml': xml(
        `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': xml(
        `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
      'xl/worksheets/sheet1.xml': sheet,
    })
  const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
  const HEAD = `<row r="1">${['kind', 'name_th', 'province', 'district'].map((name, i) => cell(`${'ABCD'[i]}1`, name)).join('')}</row>`

  async function refused(file: Uint8Array): Promise<{ message: string; ms: number; bytes: number }> {
    const stop = startStopwatch()
    const before = process.memoryUsage().rss
    const { status, body } = await send(file)
    expect(status, JSON.stringify(body).slice(0, 200)).toBe(422)
    expect(body.error.code).toBe('file_unreadable')
    return { message: body.error.message, ms: stop(), bytes: process.memoryUsage().rss - before }
  }

  it('a zip bomb is refused by its directory, before it unfolds', async () => {
    const { message, ms, bytes } = await refused(workbook(new Uint8Array(300 * 1024 * 1024)))
    expect(message).toContain('unfolds to more than 32 MB')
    expect(ms).toBeLessThan(2_000)
    expect(bytes).toBeLessThan(100 * 1024 * 1024)
  })

  it('a zip bomb whose directory lies about its size is cut off there', async () => {
    const file = workbook(sheetOf(HEAD + ' '.repeat(60 * 1024 * 1024)))
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
    let lied = 0
    for (let i = 0; i < file.length - 46; i++) {
      const isEntry = view.getUint32(i, true) === 0x02014b50
      if (isEntry && view.getUint32(i + 24, true) > 1_000_000) {
        view.setUint32(i + 24, 2_000, true)
        lied++
      }
    }
    expect(lied).toBe(1)
    expect((await refused(file)).ms).toBeLessThan(5_000)
  })

  it('a cell at the far corner is passed over, and takes no memory', async () => {
    const file = workbook(
      sheetOf(
        `${HEAD}<row r="2">${cell('A2', 'ci')}${cell('B2', 'ไกล')}${cell('C2', '50')}${cell('D2', '5001')}${cell('XFD2', 'x')}</row>`,
      ),
    )
    expect((await send(file)).body).toMatchObject({ add: 1, bad: 0 })
  })

  it('more rows than there are facilities are refused', async () => {
    const file = workbook(sheetOf(`${HEAD}<row r="1048576">${cell('A1048576', 'ci')}</row>`))
    const { status, body } = await send(file)
    expect([status, body.error.code]).toEqual([422, 'file_unreadable'])
  })

  it('a formula is named, and its result not taken', async () => {
    const file = workbook(
      sheetOf(
        `${HEAD}<row r="2">${cell('A2', 'ci')}<c r="B2" t="str"><f>HYPERLINK("http://x")</f><v>ก</v></c>${cell('C2', '50')}${cell('D2', '5001')}</row>`,
      ),
    )
    expect((await send(file)).body.errors).toEqual([{ line: 2, message: expect.stringContaining('holds a formula') }])
  })

  it.each([
    [
      'a million columns',
      `kind,name_th,province,${Array.from({ length: 1_000_000 }, (_, i) => i.toString(36)).join(',')}`.slice(
        0,
        900_000,
      ),
    ],
    ['201 columns', `kind,name_th,province${',x'.repeat(198)}y\nci\n`],
    ['twenty thousand rows and one', `kind,name_th,province,district\n${'ci,ก,50,5001\n'.repeat(20_001)}`],
    ['UTF-16', Buffer.from('\ufeffkind,name_th,province\n', 'utf16le')],
    ['TIS-620', Buffer.from([0x6b, 0x69, 0x6e, 0x64, 0x2c, 0xa1, 0xa2, 0xa3, 0x0a])],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0])],
    ['a zip that is no workbook', zipSync({ 'a.txt': strToU8('a') })],
    ['a zip that is cut off', workbook(sheetOf(HEAD)).subarray(0, 300)],
    ['nothing of the columns', 'a,b,c\n1,2,3\n'],
    ['two columns of one name', 'kind,type,name_th,province\nci,ci,ก,50\n'],
  ])('%s: 422 that says why', async (_, file) => {
    const { message, ms } = await refused(typeof file === 'string' ? Buffer.from(file) : new Uint8Array(file))
    expect(message).toMatch(/^The file /)
    expect(ms).toBeLessThan(5_000)
  })

  it('what is no base64, or too long for a request, is a 4xx of its field', async () => {
    expect((await send('', { file: '***' })).status).toBe(400)
    expect((await send('', { file: 'a'.repeat(1_400_004) })).status).toBe(400)
  })
})

it('1,500 facilities of a workbook are previewed and written', async () => {
  const rows = [
    ['code', 'kind', 'name_th', 'province', 'district', 'lat', 'lon', 'hours', 'contacts'],
    ...Array.from({ length: 1_500 }, (_, i) => [
      String(60_000 + i),
      'vaccination',
      `จุดฉีด ${i}`,
      'เชียงใหม่',
      '5001',
      18.79,
      98.98,
      'Mo-Fr 08:00-16:30',
      'coordinator 053936150',
    ]),
  ]
  const file = await writeXlsx({ sheets: [{ name: 'S', rows }] })
  const from = performance.now()
  const { body } = await send(file)
  const shown = performance.now() - from
  expect(body).toMatchObject({ add: 1_500, bad: 0 })
  const written = await send(file, { apply: body.plan })
  expect(written.body).toMatchObject({ written: true, add: 1_500 })
  console.info(
    `1,500 facilities: preview ${shown.toFixed(0)} ms, written ${(performance.now() - from - shown).toFixed(0)} ms`,
  )
})

describe('npm run import -- facilities', () => {
  const ROOT = join(import.meta.dirname, '../..')
  async function run(name: string, content: string | Uint8Array, ...options: string[]) {
    const path = join(folder, name)
    await writeFile(path, content)
    const args = [join(ROOT, 'db/import/main.ts'), 'facilities', path, ...options]
    const child = spawn(join(ROOT, 'node_modules/.bin/node'), args, {
      env: { ...process.env, DATABASE_URL: database.url },
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data))
    const code = await new Promise((resolve) => child.on('close', resolve))
    return { code, text, path }
  }
  const FILE = 'code,kind,name_th,province,district\n10001,hospital,รพ. กทม,กทม,1001\n'

  it('a dry run says what would be done, the import does it, and again there is nothing to do', async () => {
    const dry = await run('a.csv', FILE, '--dry-run')
    expect([dry.code, dry.text]).toEqual([
      0,
      expect.stringMatching(/line 2: \+ รพ\. กทม\n1 facility to add, 0 to change, 0 to leave[\s\S]*dry run/),
    ])
    expect((await run('a.csv', FILE)).code).toBe(0)
    const again = await run('a.csv', FILE)
    expect([again.code, again.text]).toEqual([0, expect.stringContaining('nothing to change')])
    const changed = await run('b.csv', FILE.replace('รพ. กทม', 'รพ. พระนคร'))
    expect(changed.text).toMatch(/line 2: ~ รพ\. กทม \(no\. \d+\): name_th: รพ\. กทม → รพ\. พระนคร/)
    const { rows } = await database.pool.query(
      `select actor_label, facility_events.kind from facility_events join facilities f on f.id = facility_id where code = '10001' order by 1, 2`,
    )
    expect(rows).toEqual([
      { actor_label: 'import (terminal)', kind: 'created' },
      { actor_label: 'import (terminal)', kind: 'edited' },
    ])
  })

  it('bad rows: exit 1 with file and line, nothing imported; a workbook too', async () => {
    const { code, text, path } = await run('bad.csv', `${FILE}1,zoo,ก,50,5001\n`)
    expect([code, text]).toEqual([1, expect.stringContaining(`${path}:3: `)])
    expect(text).toContain('nothing was imported')
    const rows = [
      ['kind', 'name_th', 'province', 'district'],
      ['ci', 'จาก xlsx', '50', '5001'],
    ]
    const sheet = await run('a.xlsx', await writeXlsx({ sheets: [{ name: 'S', rows }] }))
    expect([sheet.code, sheet.text]).toEqual([0, expect.stringContaining('1 facility to add')])
  })
})
