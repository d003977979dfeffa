import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Fhir } from 'fhir'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { createPerson, type RequestOptions } from '../security/hub.ts'
import { exchangeHubForFile, keyOf, TODAY } from './hub.ts'

/** The facility of the document's examples. */
const FACILITY = 12
const CAP_MESSAGE = 17
const DOCUMENT = readFileSync(path.join(import.meta.dirname, '../../docs/exchange.md'), 'utf8')

const { hub } = await exchangeHubForFile(async ({ pool }) => {
  await pool.query(`select setval(pg_get_serial_sequence('facilities', 'id'), $1, false)`, [FACILITY])
  await pool.query('update operation set day = $1', [TODAY])
  await pool.query(
    `with one as (
       insert into alerts (rule_id, area, name_th, name_en, indicator, condition, bound, severity, owner, ack_minutes, sound, state,
         announced, announced_nation, raised_at)
       select id, '50', name_th, name_en, indicator, condition, bound, severity, owner, ack_minutes, sound, 'raised', true, false, now()
         from alert_rules order by id limit 1 returning id
     )
     insert into alert_events (id, alert_id, kind, state, at, announced) overriding system value
       select $1, id, 'raised', 'raised', now(), true from one`,
    [CAP_MESSAGE],
  )
})
await createPerson(hub, 'admin', 'administrator')
const cookie = (await hub.signIn('admin')).cookie()
const actions = ['facility.report', 'stock.report', 'vaccination.report', 'test.report', 'report.read', 'alerts.read']
const given = await keyOf(hub, { actions, areas: ['50'] })
const key = (given.authorization ?? '').replace('Bearer ', '')

/** The words of a command line as a shell hands them over: quotes, `\` at the end of a line, `$KEY`, `$COOKIE` and `$(uuidgen)`. */
function wordsOf(command: string): string[] {
  // A count is of now, whenever the page was written.
  const timed = command.replace(/\d{4}-\d\d-\d\dT[\d:]+\+07:00/, new Date().toISOString())
  const filled = (text: string) =>
    text.replace('$KEY', key).replace('$COOKIE', cookie).replace('$(uuidgen)', randomUUID())
  return [...timed.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|[^\s'"]+/g)].map(
    ([bare, single, double]) => single ?? (double === undefined ? bare : filled(double).replace(/\\(.)/g, '$1')),
  )
}

type Command = { readonly method: string; readonly address: string; readonly options: RequestOptions }

function readCurl(command: string, files: Readonly<Record<string, string>>): Command {
  const [curl, ...words] = wordsOf(command)
  expect(curl).toBe('curl')
  let [method, address, raw] = ['GET', '', undefined as string | undefined]
  let asQuery = false
  const headers: Record<string, string> = {}
  const query: string[] = []
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const value = () => words.shift() ?? ''
    if (word === '-X') method = value()
    else if (word === '-G') asQuery = true
    else if (word === '-H') {
      const [name = '', ...rest] = value().split(': ')
      headers[name.toLowerCase()] = rest.join(': ')
    } else if (word === '-d') {
      const data = value()
      raw = data.startsWith('@') ? files[data.slice(1)] : data
    } else if (word === '--data-urlencode') {
      const [name = '', ...rest] = value().split('=')
      query.push(`${name}=${encodeURIComponent(rest.join('='))}`)
    } else {
      expect(word, 'an option that this test does not know').not.toMatch(/^-/)
      address = word
    }
  }
  const { 'content-type': type, ...others } = headers
  const body = raw === undefined ? {} : { raw, ...(type && { type }) }
  return { method, address: asQuery ? `${address}?${query.join('&')}` : address, options: { ...body, headers: others } }
}

const COMMANDS = [...DOCUMENT.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block.trim().startsWith('curl') ? [block.trim()] : [],
)

/** Of which standards there is a command, and how its answer is known. */
const SHOWN: Readonly<Record<string, (text: string) => void>> = {
  '/api/situation': (text) => expect(JSON.parse(text)).toMatchObject({ c: expect.any(Array) }),
  '/api/facilities/12/beds': (text) => expect(JSON.parse(text)).toMatchObject({ facility: FACILITY }),
  '/api/facilities/12/stock': (text) => expect(JSON.parse(text)).toMatchObject({ facility: FACILITY }),
  '/api/facilities/12/deadlines.ics': (text) =>
    expect(new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')).toHaveLength(1),
  '/api/deadlines.ics': (text) =>
    expect(new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')).toHaveLength(1),
  '/api/fhir/MeasureReport': (text) => expect(new Fhir().validate(text).valid).toBe(true),
  '/api/ogc/collections/facilities/items': (text) => expect(JSON.parse(text)).toMatchObject({ numberMatched: 1 }),
  '/api/odata/DayCounts': (text) =>
    expect(JSON.parse(text).value).toEqual([{ Area: '50', Metric: 'cases', Day: TODAY, Value: 16 }]),
  '/api/dhis2/dataValueSets': (text) => expect(text).toMatch(/"dataValues"|^"?dataelement|"SUCCESS"/),
  [`/api/cap/messages/${CAP_MESSAGE}`]: (text) => expect(text).toContain('<msgType>Alert</msgType>'),
  '/api/cap/public': (text) => expect(text).toContain('<feed xmlns="http://www.w3.org/2005/Atom"'),
  '/api/history': (text) => expect(JSON.parse(text)).toMatchObject({ days: expect.any(Array) }),
}

test.each(COMMANDS.map((command) => [command.replace(/\s+/g, ' ').slice(0, 110), command]))(
  '%s',
  async (_, command) => {
    const count = (value: number) => [{ code: { coding: [{ code: 'initial-population' }] }, count: value }]
    const stratum = (value: number) => ({
      component: [{ code: { coding: [{ code: 'level' }] }, value: { text: '2.1' } }],
      measureScore: { value },
    })
    const group = ([state, value]: [string, number]) => ({
      code: { coding: [{ code: `beds.${state}` }] },
      population: count(value),
      stratifier: [{ code: [{ coding: [{ code: 'level' }] }], stratum: [stratum(value)] }],
    })
    const date = new Date().toISOString()
    const beds = {
      resourceType: 'MeasureReport',
      status: 'complete',
      type: 'summary',
      measure: 'http://hub.example/api/fhir/Measure/beds',
      subject: { reference: `Location/${FACILITY}` },
      date,
      period: { start: date, end: date },
      group: [...Object.entries({ staffed: 10, available: 4, occupied: 6 })].map(group),
    }
    const { method, address, options } = readCurl(command, { 'beds.json': JSON.stringify(beds) })
    const { origin, pathname, search } = new URL(address)
    expect(origin).toBe('http://localhost:8080')
    const response = await hub.fetch(method, `${pathname}${search}`, options)
    const text = await response.text()
    expect(response.status, text).toBe(200)
    const look = SHOWN[pathname]
    expect(look, pathname).toBeDefined()
    look?.(text)
  },
)

test('every standard has its command', () => {
  const shown = COMMANDS.map((command) => new URL(readCurl(command, {}).address).pathname)
  expect(Object.keys(SHOWN).filter((address) => !shown.includes(address))).toEqual([])
})
