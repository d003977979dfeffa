import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { passCookieName } from '../../../hub/authorize/pass.ts'
import { createTestAccounts, PASSWORD } from '../../../tests/support/accounts.ts'
import { forFile } from '../../../tests/support/for-file.ts'
import { keepPerson } from '../../../tests/support/people.ts'
import { startTestSystem } from '../../../tests/support/system.ts'
import { provincesOfRegion } from '../../contract/vocabulary/regions.ts'
import { numbersOf } from '../exchange/numbers.ts'

const DAY = '2021-11-11'
const system = await forFile(async (add) => {
  const made = await startTestSystem()
  add(() => made.stop())
  return made
})
const { pool } = system.database

beforeAll(async () => {
  await createTestAccounts(system.database, [
    { username: 'gov', role: 'governor', areas: ['50'], label: 'EOC Chiang Mai' },
    { username: 'chief', role: 'district_chief', areas: ['5001'], label: 'Mueang' },
    { username: 'resp', role: 'responder', areas: ['50'], label: 'Rescue 1' },
    { username: 'gov51', role: 'governor', areas: ['51'], label: 'EOC Lamphun' },
    { username: 'ddc', role: 'national', areas: ['TH'], label: 'DDC' },
  ])
  // Twelve cases of the day, five that had been recorded yesterday by this hour; reds that wait; beds now and a day before.
  await pool.query(`update operation set day = '${DAY}', kind = 'live'`)
  await pool.query(`
    insert into cases (district, report_day, classification, severity, source, reported_at, updated_at)
    select '5001', '${DAY}', 'confirmed', 'red', 'api', now(), now() from generate_series(1, 12)`)
  await pool.query(`
    insert into cases (district, report_day, classification, severity, source, reported_at, updated_at)
    select '5001', '${DAY}'::date - d, 'confirmed', 'yellow', 'api', now() - interval '30 hours', now() - interval '30 hours'
    from generate_series(1, 30) d, generate_series(1, 5)`)
  const { rows: cases } = await pool.query<{ id: number }>('select min(id) as id from cases')
  const canary = { name: 'Canary Briefing', phone: '+66811112222' }
  await keepPerson(pool, cases[0]?.id ?? 0, canary, { address: 'Canary Street 7', notes: 'Canary note' })
  await pool.query(`
    insert into needs (case_id, district, kind, opened_at)
    select id, district, 'bed', now() - case when id % 2 = 0 then interval '30 hours' else interval '1 hour' end
    from cases where severity = 'red' order by id limit 4`)
  await pool.query(`
    with site as (insert into facilities (code, district, kind, name_th, name_en)
      values ('90001', '5001', 'hospital', 'โรงพยาบาลน้ำใจ', 'Namjai Hospital') returning id),
    told as (insert into bed_reports (facility_id, level, staffed, available, held, occupied, cleaning, blocked, source_at, recorded_at)
      select id, '3', 10, 4, 0, 6, 0, 0, now() - interval '26 hours', now() - interval '26 hours' from site)
    insert into beds (facility_id, level, district, staffed, available, held, occupied, cleaning, blocked, reported_at)
      select id, '3', '5001', 10, 1, 0, 9, 0, 0, now() from site`)
  await system.ready()
})

async function signedIn(username: string): Promise<string> {
  const response = await fetch(`${system.url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: system.url },
    body: JSON.stringify({ login: username, password: PASSWORD }),
  })
  expect(response.status).toBe(200)
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  expect(cookies.join()).toContain(passCookieName(false))
  return cookies.join('; ')
}
const get = (path: string, cookie = '') => fetch(`${system.url}${path}`, { headers: { cookie } })
const post = (path: string, cookie: string, body: object) =>
  fetch(`${system.url}${path}`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'application/json',
      origin: system.url,
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  })

/** The text of a PDF's pages by a reader that is not ours; marks that stand apart are put to their letters again. */
async function textOf(response: Response): Promise<{ pages: string[]; title: unknown }> {
  expect(response.status).toBe(200)
  const data = new Uint8Array(await response.arrayBuffer())
  const { SHOTS } = process.env
  if (SHOTS) await writeFile(path.join(SHOTS, `${response.url.split('/').at(-1)?.replace('?', '-')}.pdf`), data)
  const document = await getDocument({ data, useSystemFonts: false, verbosity: 0 }).promise
  const { info } = await document.getMetadata()
  const pages: string[] = []
  for (let page = 1; page <= document.numPages; page++) {
    const { items } = await (await document.getPage(page)).getTextContent()
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''))
  }
  return { pages, title: (info as { Title?: string }).Title }
}
/** Spaces and the order of ring and tone mark are the reader's. */
const plain = (text: string) => text.replace(/\s/g, '').replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1\u0e33')

const csvRows = (text: string) => new Map(parse(text, { bom: true }).map((row: string[]) => [row[1] ?? '', row]))

describe('a briefing', () => {
  it('says the numbers that the screens show, and what they were yesterday at this hour', async () => {
    const cookie = await signedIn('gov')
    const rows = csvRows(await (await get('/api/briefing/50.csv?lang=en', cookie)).text())
    const screens = numbersOf(await (await get('/api/situation?scope=province:50', cookie)).json())
    const value = (code: string) => rows.get(code)?.slice(3, 5)
    expect(value('cases.day')).toEqual([String(screens.read(`cases@${DAY}`, '50')), '5'])
    expect(value('waiting')).toEqual([String(screens.read('waiting.red', '50')), '2'])
    expect(value('waiting')?.[0]).toBe('4')
    const occupied = Number(screens.read('beds.occupied.3', '50')) / Number(screens.read('beds.staffed.3', '50'))
    expect(value('beds.occupancy/3')).toEqual([String(occupied), '0.6'])
    expect(Number(rows.get('50')?.[3])).toBeGreaterThan(0)
  })

  it('is pages of real text in Thai and English, with time, position, charts’ words, objectives and messages', async () => {
    const cookie = await signedIn('gov')
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
    await post('/api/periods', cookie, { area: '50', title: 'เวรกลางคืน ผู้ป่วยล้น', endsAt: inHours(8) })
    await post('/api/objectives', cookie, { area: '50', title: 'ที่นี่ต้องมีน้ำดื่มพอ', role: 'governor', dueAt: inHours(2) })
    await post('/api/command-messages', cookie, { area: '50', text: 'ประชุมครั้งต่อไป 18:00', until: inHours(2) })
    await post('/api/decisions', cookie, { area: '50', text: '=1+1 ปิดตลาด' })
    const thai = await textOf(await get('/api/briefing/50.pdf', cookie))
    expect(thai.title).toBe('สรุปสถานการณ์: เชียงใหม่')
    const all = plain(thai.pages.join('\n'))
    for (const wanted of [
      'สรุปสถานการณ์: เชียงใหม่',
      'ตำแหน่ง',
      'เวรกลางคืนผู้ป่วยล้น',
      'ที่นี่ต้องมีน้ำดื่มพอ:ยังไม่เริ่ม',
      'ประชุมครั้งต่อไป18:00(EOCChiangMai,ถึง',
      'เตียงตามระดับ',
      '90%·9จาก10',
      `หน้า1จาก${thai.pages.length}`,
    ]) {
      expect(all, wanted).toContain(plain(wanted))
    }
    const english = await textOf(await get('/api/briefing/50.pdf?lang=en', cookie))
    const said = english.pages.join('\n').replace(/\s/g, '')
    for (const wanted of ['Briefing:ChiangMai', 'Newcasesoftheday125+7', 'Beds,levels'.slice(0, 4), '90%60%+30points'])
      expect(said, wanted).toContain(wanted)
    expect(await (await get('/api/briefing/50.csv', cookie)).text()).toContain(`,'=1+1 ปิดตลาด,`)
  })

  it('is of a district for its chief and of the nation for national command', async () => {
    expect(plain((await textOf(await get('/api/briefing/5001.pdf', await signedIn('chief')))).pages.join())).toContain(
      'เมืองเชียงใหม่',
    )
    const cookie = await signedIn('ddc')
    const { pages } = await textOf(await get('/api/briefing/TH.pdf?lang=en', cookie))
    expect(pages.join()).toContain('Thailand')
    const regions = pages.find((page) => page.includes('By health region'))?.replace(/\s/g, '')
    expect(regions).toContain('1·8provinces12')
    expect(regions).toContain('13·1province')
    const rows = csvRows(await (await get('/api/briefing/TH.csv?lang=en', cookie)).text())
    const screens = numbersOf(await (await get('/api/situation?scope=nation', cookie)).json())
    const sum = provincesOfRegion('R01').reduce((all, code) => all + Number(screens.read('beds.occupied.3', code)), 0)
    const staffed = provincesOfRegion('R01').reduce(
      (all, code) => all + Number(screens.read('beds.staffed.3', code)),
      0,
    )
    expect(rows.get('R01/cases.day')?.[3]).toBe('12')
    expect(Number(rows.get('R01/beds.occupancy/3')?.[3])).toBe(sum / staffed)
    expect(rows.get('R02/beds.occupancy/3')?.[3]).toBe('')
  })

  it('names the worst alert first, however old it is', async () => {
    await pool.query(
      `insert into alerts (rule_id, area, name_th, name_en, indicator, condition, bound, severity, owner, ack_minutes, sound, state,
         announced, announced_nation, raised_at)
       select id, '51', name_th, severity, indicator, condition, bound, severity, owner, ack_minutes, sound, 'raised', true, false,
         now() - case severity when 'extreme' then interval '2 hours' when 'severe' then interval '1 hour' else interval '1 minute' end
       from (select distinct on (severity) * from alert_rules order by severity, id) as one_each`,
    )
    const text = await (await get('/api/briefing/51.csv?lang=en', await signedIn('gov51'))).text()
    const named = parse(text, { bom: true }).filter(([section]: string[]) => section === 'alert') as string[][]
    const severities = named.map((row) => row[2]?.split(' · ')[0])
    expect(severities.slice(0, 3)).toEqual(['extreme', 'severe', 'moderate'])
  })

  it('in an exercise says what the hub kept of yesterday, by the exercise’s own clock, of every number', async () => {
    const cookie = await signedIn('gov')
    await pool.query(`update operation set kind = 'drill'`)
    // A played day began with its first mark: whenever it is asked, yesterday has one of that moment.
    await pool.query(
      `insert into day_marks (area, day, into_day, at, cells, oldest)
       select '50', '${DAY}'::date - 1, second, now() - interval '1 hour',
         '[["uncontacted.red", "50", 7, "5001", 7], ["waiting.red", "50", 3], ["cases@2021-11-10", "50", 4]]',
         '[]' from generate_series(0, 6000, 20) as second`,
    )
    const rows = csvRows(await (await get('/api/briefing/50.csv?lang=en', cookie)).text())
    expect(['uncontacted', 'waiting', 'cases.day'].map((code) => rows.get(code)?.[4])).toEqual(['7', '3', '4'])
    const { pages } = await textOf(await get('/api/briefing/50.pdf?lang=en', cookie))
    expect(pages.join().replace(/\s/g, '')).not.toContain('nothingiscompared')
    await pool.query(`delete from day_marks; update operation set kind = 'live'`)
  })

  it('is nobody’s who does not command the area, and holds nothing of a person', async () => {
    expect((await get('/api/briefing/50.pdf')).status).toBe(401)
    expect((await get('/api/briefing/50.pdf', await signedIn('resp'))).status).toBe(403)
    expect((await get('/api/briefing/50.csv', await signedIn('gov51'))).status).toBe(403)
    expect((await get('/api/briefing/50.pdf', await signedIn('chief'))).status).toBe(403)
    const cookie = await signedIn('gov')
    expect((await get('/api/briefing/5099.pdf', cookie)).status).toBe(422)
    expect((await get('/api/briefing/50.exe', cookie)).status).toBe(403)
    const { pages } = await textOf(await get('/api/briefing/50.pdf?lang=en', cookie))
    expect(`${pages.join()}${await (await get('/api/briefing/50.csv', cookie)).text()}`).not.toMatch(/Canary|81111/)
  })
})
