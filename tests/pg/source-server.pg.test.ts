import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { cell, type Probe, type ProbeOptions, probe } from './source-probe.ts'
import { type OwnServer, ownServer } from './source-server.ts'

let server: OwnServer
const open: Probe[] = []

beforeAll(async () => {
  server = await ownServer({ settings: { max_slot_wal_keep_size: '16MB' } })
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.source.stop()
})
afterAll(() => server.remove())

async function follow(options?: ProbeOptions): Promise<Probe> {
  const one = probe(server.hubUrl, options)
  open.push(one)
  await one.streaming()
  return one
}

const insertCase = () =>
  server.query(
    `insert into cases (district, report_day, classification, source) values ('1001', '2021-11-11', 'confirmed', 'api')`,
  )

const total = (one: Probe) => cell(one.situation, 'nation', 'cases.total', 'TH')
const broken = (one: Probe) => one.source.state().kind === 'broken'

test('server-restarted: the hub does not hold up the shutdown, and follows again in the same epoch', async () => {
  const one = await follow()
  const before = total(one)
  await insertCase()
  expect(await server.stop()).toBeLessThan(5_000)
  await one.until('broken', () => broken(one))
  await one.until('a refused attempt', () => /ECONNREFUSED/.test(one.source.state().error ?? ''))
  await server.start()
  await insertCase()
  await one.streaming()
  await insertCase()
  await one.until('all three inserts', () => total(one) === before + 3)
  expect(new Set(one.snapshots.map(({ epoch }) => epoch)).size).toBe(1)
  const positions = one.snapshots.map(({ position }) => position)
  expect(positions).toEqual([...positions].sort((a, b) => a - b))
})

test('server-crashed', async () => {
  const one = await follow()
  const before = total(one)
  await insertCase()
  await server.crash()
  await one.until('broken', () => broken(one))
  await server.start()
  await one.streaming()
  await insertCase()
  await one.until('both inserts', () => total(one) === before + 2)
})

test('slot-invalidated: a consumer that is stuck does not fill the disk of PostgreSQL', async () => {
  let stuck = true
  let release: (() => void) | undefined
  const one = await follow({
    onTransaction(tx) {
      if (!stuck) {
        one.situation.apply(tx)
        return
      }
      return new Promise<void>((resolve) => {
        release = resolve
      })
    },
  })
  const before = total(one)
  await insertCase()
  await one.until('the transaction', () => release !== undefined)
  for (let i = 0; i < 8; i++) {
    await server.query(`select pg_logical_emit_message(false, 'fill', repeat('x', 8000000)), pg_switch_wal()`)
  }
  await one.until('what it keeps', () => one.source.state().retainedBytes > 16_000_000)
  await server.query('checkpoint')
  await one.until('a second snapshot', () => one.snapshots.length === 2)
  stuck = false
  release?.()
  await one.streaming()
  await insertCase()
  await one.until('both inserts', () => total(one) === before + 2)
  expect(one.states.map(({ kind }) => kind)).toContain('broken')
})

test('wal_level-replica is said before anything is tried', async () => {
  const replica = await ownServer({ settings: { wal_level: 'replica' } })
  try {
    const one = probe(replica.hubUrl)
    open.push(one)
    await one.until('broken', () => broken(one))
    expect(one.source.state().error).toMatch(/wal_level is "replica"; set wal_level = logical and restart PostgreSQL/)
    await one.source.stop()
  } finally {
    await replica.remove()
  }
})

test('slots-used-up', async () => {
  const small = await ownServer({ settings: { max_replication_slots: 1 } })
  try {
    const [one, two] = [probe(small.hubUrl), probe(small.hubUrl)]
    open.push(one, two)
    await one.until('one streams', () => [one, two].some((each) => each.source.state().kind === 'streaming'))
    await one.until('the other cannot', () =>
      [one, two].some((each) => /all replication slots are in use/.test(each.source.state().error ?? '')),
    )
    for (const each of [one, two]) if (each.source.state().kind === 'streaming') await each.source.stop()
    await one.until('the other follows', () => [one, two].some((each) => each.source.state().kind === 'streaming'))
    for (const each of [one, two]) await each.source.stop()
  } finally {
    await small.remove()
  }
})
