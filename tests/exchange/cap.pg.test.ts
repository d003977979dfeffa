import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { makeFacility } from '../e2e/desk-accounts.ts'
import { passOf } from '../security/subjects.ts'
import { startCaseHub } from '../support/case-hub.ts'
import { databaseForFile, forFile } from '../support/for-file.ts'

const database = await databaseForFile()
const hub = await forFile(async (add) => {
  const made = startCaseHub(database)
  add(() => made.stop())
  return made
})

/** CAP 1.2, section 3.2: the elements of each level in the order of its schema; `!`: must be there. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  alert: [
    ...['identifier!', 'sender!', 'sent!', 'status!', 'msgType!', 'source', 'scope!', 'restriction', 'addresses'],
    ...['code', 'note', 'references', 'incidents', 'info'],
  ],
  info: [
    ...[
      'language',
      'category!',
      'event!',
      'responseType',
      'urgency!',
      'severity!',
      'certainty!',
      'audience',
      'eventCode',
    ],
    ...['effective', 'onset', 'expires', 'senderName', 'headline', 'description', 'instruction', 'web', 'contact'],
    ...['parameter', 'resource', 'area'],
  ],
  area: ['areaDesc!', 'polygon', 'circle', 'geocode', 'altitude', 'ceiling'],
  parameter: ['valueName!', 'value!'],
  geocode: ['valueName!', 'value!'],
}
const CODES: Readonly<Record<string, readonly string[]>> = {
  status: ['Actual', 'Exercise', 'System', 'Test', 'Draft'],
  msgType: ['Alert', 'Update', 'Cancel', 'Ack', 'Error'],
  scope: ['Public', 'Restricted', 'Private'],
  category: [
    'Geo',
    'Met',
    'Safety',
    'Security',
    'Rescue',
    'Fire',
    'Health',
    'Env',
    'Transport',
    'Infra',
    'CBRNE',
    'Other',
  ],
  urgency: ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'],
  severity: ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'],
  certainty: ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'],
}
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/
const NAME = /^[^\s,<&]+$/

const { DOMParser } = new JSDOM('').window
/** An XML parser of its own; a document that is not well-formed has an element `parsererror`. */
function parsed(text: string): Element {
  const root = new DOMParser().parseFromString(text, 'application/xml').documentElement
  expect(root.getElementsByTagName('parsererror')).toHaveLength(0)
  return root
}

/** What is wrong by the rules of the standard. */
function faults(element: Element): string[] {
  const order = ORDER[element.localName]
  if (!order) {
    const codes = CODES[element.localName]
    return codes && !codes.includes(element.textContent ?? '') ? [`${element.localName}: ${element.textContent}`] : []
  }
  const names = order.map((name) => name.replace('!', ''))
  const children = [...element.children]
  const places = children.map(({ localName }) => names.indexOf(localName))
  const missing = order.filter((name) => name.endsWith('!') && !children.some((one) => `${one.localName}!` === name))
  return [
    ...missing.map((name) => `${element.localName} lacks ${name}`),
    ...places.flatMap((place, i) => (place < (places[i - 1] ?? 0) ? [`${children[i]?.localName} stands wrongly`] : [])),
    ...children.flatMap((child) => faults(child)),
  ]
}

const textOf = (element: Element, name: string) => element.getElementsByTagName(name)[0]?.textContent ?? null

/** Each alert is of another rule: of one there is one that lives. */
let rules = 0
async function makeAlert(area: string, name = 'ICU above 85 % & <full>'): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into alerts (rule_id, area, name_th, name_en, indicator, option, condition, bound, value, severity, owner, ack_minutes, escalate_to,
       sound, state, announced, announced_nation, raised_at)
     select min(id) + $3, $1, 'ไอซียูเกิน 85%', $2, 'beds.occupancy', '3', 'above', 0.85, 0.9, 'severe', 'provincial_health', 30, 'national', true,
       'raised', true, false, '2021-11-11T02:00:00Z' from alert_rules returning id`,
    [area, name, rules++],
  )
  return rows[0]!.id
}

/** Announced at once. */
async function ring(area: string, indicator: string): Promise<number> {
  const made = await makeAlert(area)
  await database.pool.query('update alerts set indicator = $1, option = null where id = $2', [indicator, made])
  await happen(made, 'raised', true, '2021-11-11T03:00:00Z')
  return made
}

async function happen(alert: number, kind: string, announced: boolean, at: string): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into alert_events (alert_id, kind, state, at, announced, value) values ($1, $2, 'raised', $3, $4, 0.9) returning id`,
    [alert, kind, at, announced],
  )
  return rows[0]!.id
}

const alert = await makeAlert('50')
const held = await makeAlert('50', 'held back')
const far = await makeAlert('10')
await happen(alert, 'raised', false, '2021-11-11T02:00:00Z')
const first = await happen(alert, 'released', true, '2021-11-11T02:05:00Z')
await happen(alert, 'acknowledged', false, '2021-11-11T02:06:00Z')
const second = await happen(alert, 'escalated', true, '2021-11-11T02:30:00Z')
const last = await happen(alert, 'cleared', false, '2021-11-11T02:40:00Z')
await happen(held, 'raised', false, '2021-11-11T02:00:00Z')
const other = await happen(far, 'raised', true, '2021-11-11T02:00:00Z')
const governor = await hub.worker('governor', ['50'], 'Governor')
const staff = await hub.worker('facility_staff', ['5001'], 'Staff', await makeFacility(database, '10713', '5001'))

async function read(path: string): Promise<Element> {
  const response = await hub.hub.fetch('GET', path, { cookie: passOf(governor.grant, hub.clock.at) })
  expect(response.status, path).toBe(200)
  return parsed(await response.text())
}

it('the feed has what was announced in the area, newest first, and nothing that was held back', async () => {
  const feed = await read('/api/cap?area=50')
  expect(feed.namespaceURI).toBe('http://www.w3.org/2005/Atom')
  const entries = [...feed.getElementsByTagName('entry')]
  const hrefs = entries.map((entry) => entry.getElementsByTagName('link')[0]?.getAttribute('href'))
  expect(hrefs).toEqual([last, second, first].map((id) => `http://localhost/api/cap/messages/${id}`))
  for (const name of ['id', 'title', 'updated']) {
    expect(textOf(feed, name), name).not.toBeNull()
    for (const entry of entries) expect(textOf(entry, name), name).not.toBeNull()
  }
})

it('every message keeps the rules of CAP 1.2, and follows on those before it', async () => {
  const messages = await Promise.all([first, second, last].map((id) => read(`/api/cap/messages/${id}`)))
  for (const message of messages) {
    expect(message.namespaceURI).toBe('urn:oasis:names:tc:emergency:cap:1.2')
    expect(faults(message)).toEqual([])
    expect(textOf(message, 'sent')).toMatch(TIME)
    for (const name of ['identifier', 'sender']) expect(textOf(message, name)).toMatch(NAME)
    expect(textOf(message, 'status')).toBe('Actual')
    expect([...message.getElementsByTagName('language')].map(({ textContent }) => textContent)).toEqual([
      'th-TH',
      'en-GB',
    ])
    expect(message.getElementsByTagName('event')[1]?.textContent).toBe('ICU above 85 % & <full>')
    expect(textOf(message, 'areaDesc')).toBe('เชียงใหม่')
  }
  expect(messages.map((message) => textOf(message, 'msgType'))).toEqual(['Alert', 'Update', 'Cancel'])
  const named = messages.map((message) =>
    ['sender', 'identifier', 'sent'].map((name) => textOf(message, name)).join(','),
  )
  expect(messages.map((message) => textOf(message, 'references'))).toEqual([null, named[0], `${named[0]} ${named[1]}`])
  expect(textOf(messages[2]!, 'urgency')).toBe('Past')
})

it.each(['drill', 'replay'])('in a %s the status is Exercise', async (kind) => {
  await database.pool.query('update operation set kind = $1', [kind])
  const message = await read(`/api/cap/messages/${first}`)
  await database.pool.query(`update operation set kind = 'live'`)
  expect(textOf(message, 'status')).toBe('Exercise')
  expect(faults(message)).toEqual([])
})

it('nobody reads another province’s, nor without the right', async () => {
  const status = async (worker: typeof governor, path: string) => (await worker.get(path)).status
  expect(await status(governor, `/api/cap/messages/${other}`)).toBe(404)
  expect(await status(staff, '/api/cap?area=50')).toBe(403)
  expect((await hub.hub.fetch('GET', '/api/cap')).status).toBe(401)
})

describe('without an account', () => {
  const byAnybody = async (path: string) => {
    const response = await hub.hub.fetch('GET', path)
    expect(response.status, path).toBe(200)
    return response
  }
  const publicMessage = async (id: number) => parsed(await (await byAnybody(`/api/cap/public/messages/${id}`)).text())

  it('the feed has what was announced of provinces and the nation, in the words of the dictionary, for caches', async () => {
    const facility = await makeFacility(database, '10714', '5001')
    await database.pool.query('update alerts set facility_id = $1, facility_th = $2, facility_en = $2 where id = $3', [
      facility,
      'Canary Hospital',
      await ring('50', 'silence.facility'),
    ])
    await ring('5001', 'waiting')
    await ring('TH', 'system.lag')
    hub.clock.at += 60_000
    const response = await byAnybody('/api/cap/public')
    expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/)
    const text = await response.text()
    const feed = parsed(text)
    const hrefs = [...feed.getElementsByTagName('entry')].map((entry) =>
      entry.getElementsByTagName('link')[0]?.getAttribute('href'),
    )
    expect(hrefs).toEqual([other, last, second, first].map((id) => `http://localhost/api/cap/public/messages/${id}`))
    // Neither what somebody has typed as the name of a rule, nor a facility, a district, the hub itself.
    expect(text).not.toMatch(/ICU above|held back|Canary|10714|5001|system|silence/)
    expect(text).toContain('Occupied beds, level 3 · Chiang Mai')
  })

  it('a message is public, keeps the rules of CAP 1.2, follows on those before it, and leads to what everybody sees', async () => {
    const messages = await Promise.all([first, second, last].map(publicMessage))
    for (const message of messages) {
      expect(faults(message)).toEqual([])
      expect([textOf(message, 'scope'), textOf(message, 'restriction')]).toEqual(['Public', null])
      expect(textOf(message, 'web')).toBe('http://localhost/province/50')
    }
    expect(messages.map((message) => textOf(message, 'msgType'))).toEqual(['Alert', 'Update', 'Cancel'])
    expect(textOf(messages[2]!, 'references')?.split(' ')).toHaveLength(2)
    const restricted = await read(`/api/cap/messages/${first}`)
    expect(textOf(messages[0]!, 'identifier')).not.toBe(textOf(restricted, 'identifier'))
  })

  it('in a drill the status is Exercise; what is not for everybody is not there', async () => {
    await database.pool.query(`update operation set kind = 'drill'`)
    hub.clock.at += 60_000
    expect(textOf(await publicMessage(first), 'status')).toBe('Exercise')
    await database.pool.query(`update operation set kind = 'live'`)
    const { rows } = await database.pool.query<{ id: number }>(
      `select events.id from alert_events events join alerts on alerts.id = alert_id where length(area) = 4 or facility_id is not null or not alerts.announced`,
    )
    for (const { id } of rows) expect((await hub.hub.fetch('GET', `/api/cap/public/messages/${id}`)).status).toBe(404)
  })
})
