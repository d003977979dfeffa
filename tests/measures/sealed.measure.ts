import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { openRow, sealRow } from '../../db/personal/index.ts'
import { quantile, record } from '../support/measures.ts'
import { typedOver } from '../support/people.ts'
import { createTestDatabase } from '../support/pg.ts'

/** Of people; each round writes and reads as many once as the hub does, and once without sealing and opening. */
const PEOPLE = 500
const ROUNDS = 7

const COLUMNS = ['full_name', 'phone', 'second_phone', 'id_number'] as const
const INSERT = `insert into people (id, full_name, phone, phone_hash, second_phone, second_phone_hash, id_number, id_number_hash)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`
const READ = 'select id, full_name, phone, second_phone, id_number from people where id = $1'

it('what sealing costs an import, and opening a reveal', { timeout: 600_000 }, async () => {
  const database = await createTestDatabase()
  const session = await database.pool.connect()
  try {
    const db = typedOver(session)
    const sealed = async (id: string) => {
      const { full_name, phone, phone_hash, second_phone, second_phone_hash, id_number, id_number_hash } =
        await sealRow(...([db, 'people', id] as const), {
          full_name: 'Somchai Example',
          phone: '+66812345678',
          second_phone: '+66812345679',
          id_number: '1101700203451',
        })
      return [full_name, phone, phone_hash, second_phone, second_phone_hash, id_number, id_number_hash]
    }
    const ready = await sealed(randomUUID())
    const timed = async (work: (id: string) => Promise<unknown>, ids: readonly string[]) => {
      const began = performance.now()
      for (const id of ids) await work(id)
      return performance.now() - began
    }
    const writes: number[] = []
    const reads: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const [first, second] = [0, 1].map(() => Array.from({ length: PEOPLE }, () => randomUUID())) as [
        string[],
        string[],
      ]
      const sealing = async (id: string) => session.query(INSERT, [id, ...(await sealed(id))])
      const plain = (id: string) => session.query(INSERT, [id, ...ready])
      // In turns, so that what else the machine does meets both.
      const [withIt, without] =
        round % 2 === 0
          ? [await timed(sealing, first), await timed(plain, second)]
          : [await timed(plain, second), await timed(sealing, first)].reverse()
      writes.push((withIt ?? 0) / (without ?? 1))
      const opening = async (id: string) => {
        const { rows } = await session.query(READ, [id])
        const opened = await openRow(db, 'people', id, rows[0], COLUMNS)
        expect(opened.full_name).toBe('Somchai Example')
      }
      const reading = async (id: string) => {
        const { rows } = await session.query(READ, [id])
        expect(rows[0].full_name).toBeInstanceOf(Buffer)
      }
      const [opened, read] =
        round % 2 === 0
          ? [await timed(opening, first), await timed(reading, first)]
          : [await timed(reading, first), await timed(opening, first)].reverse()
      reads.push((opened ?? 0) / (read ?? 1))
    }
    const of = `medians of ${ROUNDS} rounds in turns, ${PEOPLE} people with four sealed values each, a statement each on loopback, fsync off, with what asks for the key to seal with`
    await record(
      {
        name: 'a person written: sealed, as against the same bytes unsealed',
        value: Math.round(quantile(writes, 0.5) * 100) / 100,
        unit: '×',
        how: of,
      },
      {
        name: 'a person read: opened, as against unopened',
        value: Math.round(quantile(reads, 0.5) * 100) / 100,
        unit: '×',
        how: of,
      },
    )
  } finally {
    session.release()
    await database.drop()
  }
})
