import { describe, expect, it } from 'vitest'
import type { Worker } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await drillHubForFile()
const hotline = await hub.worker('hotline', ['50'], 'Hotline 50')
const { body } = await hub.anyone.post('/api/help', {
  language: 'th',
  consent: { given: true, version: '2026-11' },
  needs: ['food'],
  place: { area: '5001' },
  name: 'Somchai Test',
  phone: '081 234 5678',
})
const { rows } = await database.pool.query('select id from cases order by id desc limit 1')
const asked: { id: number; code: string } = { id: rows[0].id, code: body.code }
const search = (who: Worker, text: string) => who.post('/api/cases/search', { text })
const ids = async (who: Worker, text: string) => (await search(who, text)).body.cases.map(({ id }) => id)

describe('a caller’s request', () => {
  it('was found by no search of the board: now by tracking code and by phone, however they are written', async () => {
    for (const text of [asked.code, asked.code.toLowerCase().replaceAll('-', ' '), '0812345678', '+66 81-234-5678']) {
      expect(await ids(hotline, text), text).toEqual([asked.id])
    }
    const { body } = await search(hotline, asked.code)
    expect(JSON.stringify(body)).not.toMatch(/Somchai|812345678/)
  })

  it('each search is audited with what was found, and never with the number', async () => {
    await search(hotline, '0899999999')
    await search(hotline, '0812345678')
    const { rows } = await database.pool.query(
      `select actor, resource, details from audit_log where action = 'case.search' order by id desc limit 2`,
    )
    const actor = hotline.grant?.account
    expect(rows).toEqual([
      { actor, resource: 'search:phone', details: { found: [String(asked.id)] } },
      { actor, resource: 'search:phone', details: { found: [] } },
    ])
  })

  it('is found by nobody of another area, and searched for by no role without a hotline’s work', async () => {
    const bangkok = await hub.worker('hotline', ['10'], 'Hotline 10')
    expect(await ids(bangkok, asked.code)).toEqual([])
    expect(await ids(bangkok, '0812345678')).toEqual([])
    for (const role of ['responder', 'volunteer', 'bed_coordinator', 'auditor'] as const) {
      const who = await hub.worker(role, role === 'auditor' ? ['TH'] : ['50'], role)
      expect((await search(who, asked.code)).status, role).toBe(403)
    }
  })

  it('what is neither a code nor a number is said to be so', async () => {
    for (const text of ['somchai', '12', '\u0000', '']) expect((await search(hotline, text)).status).toBe(400)
  })
})
