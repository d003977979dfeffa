import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { HubMessage } from '../../hub/contract/live/messages.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { ownServer } from '../pg/source-server.ts'
import { startFleetHub, startScreensProcess } from '../support/fleet.ts'
import { followNats, startFeeder } from '../support/followed.ts'
import { quantile, record } from '../support/measures.ts'
import { fillNation } from '../support/nation.ts'
import { type Nats, natsServer, startNats } from '../support/nats.ts'
import { createTestDatabase } from '../support/pg.ts'
import { ROOT } from '../support/up.ts'

const WAIT = { timeout: 120_000, interval: 20 }
const CLOCK_TICKS_PER_S = 100

async function nats(): Promise<Nats> {
  const started = await startNats()
  onTestFinished(() => started.stop())
  return started
}

/** CPU seconds of a server and all its sessions. */
async function cpuOf(postmaster: number): Promise<number> {
  let ticks = 0
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (Number(pid) === postmaster || Number(fields[1]) === postmaster) ticks += Number(fields[11]) + Number(fields[12])
    // Of sessions that have ended, the server itself knows.
    if (Number(pid) === postmaster) ticks += Number(fields[13]) + Number(fields[14])
  }
  return ticks / CLOCK_TICKS_PER_S
}

describe.skipIf(natsServer === undefined)('a fleet on NATS JetStream', () => {
  it('costs PostgreSQL one walsender, however many hubs', async () => {
    const server = await ownServer()
    onTestFinished(() => server.remove())
    const bus = await nats()
    const feeder = startFeeder(server, bus.bus('feeder'))
    onTestFinished(() => feeder.stop())
    const postmaster = Number(
      (await server.query(`select pg_read_file('postmaster.pid') as pid`)).rows[0].pid.split('\n', 1)[0],
    )
    const hubs: ReturnType<typeof followNats>[] = []
    onTestFinished(() => Promise.all(hubs.map((hub) => hub.stop())).then(() => undefined))
    const spent: { readonly hubs: number; readonly walsenders: number; readonly cpuS: number }[] = []
    for (const count of [1, 4, 8, 1, 4, 8].sort((a, b) => a - b)) {
      while (hubs.length < count) hubs.push(followNats(['nation'], bus.bus(`hub ${hubs.length}`)))
      await vi.waitUntil(() => hubs.every(({ source }) => source.state().kind === 'streaming'), WAIT)
      const before = await cpuOf(postmaster)
      await server.query(`do $$ begin for i in 1..3000 loop
        insert into cases (district, report_day, classification, severity, source) values ('1001', '2021-11-11', 'confirmed', 'red', 'api');
        commit; end loop; end $$`)
      const { rows } = await server.query(`select count(*)::int as n from cases`)
      await vi.waitUntil(() => hubs.every(({ situation }) => situation.cell('cases.total', '1001') === rows[0].n), WAIT)
      const walsenders = (await server.query('select count(*)::int as n from pg_stat_replication')).rows[0].n as number
      spent.push({ hubs: count, walsenders, cpuS: (await cpuOf(postmaster)) - before })
    }
    const cpu = (count: number) =>
      quantile(
        spent.filter(({ hubs }) => hubs === count).map(({ cpuS }) => cpuS),
        0,
      )
    expect(spent.map(({ walsenders }) => walsenders)).toEqual(spent.map(() => 1))
    const ratio = Math.round((cpu(8) / cpu(1)) * 100) / 100
    await record({
      name: 'PostgreSQL CPU with 8 hubs on JetStream, beside 1',
      value: ratio,
      unit: '×',
      goal: '≤ 1.10, one walsender each',
      met: ratio <= 1.1,
      how: `3,000 commits each; the lesser of two; CPU s with 1, 4, 8 hubs: ${[1, 4, 8].map((n) => cpu(n).toFixed(2)).join(', ')}`,
    })
  })

  it('brings a commit to a screen a little later than a hub that follows PostgreSQL', async () => {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    const bus = await nats()
    const feeder = startFeeder(database, bus.bus('feeder'))
    onTestFinished(() => feeder.stop())
    const hubs = [
      await startFleetHub(bus, database, { HUB_FEED: 'postgres', FLUSH_MS: '10' }),
      await startFleetHub(bus, database, { FLUSH_MS: '10' }),
    ]
    onTestFinished(() => Promise.all(hubs.map(({ hub }) => hub.stop(0))).then(() => undefined))
    await vi.waitUntil(() => hubs.every(({ hub }) => hub.source.state().kind === 'streaming'), WAIT)
    const seen = hubs.map(() => new Map<string, number>())
    for (const [i, { url }] of hubs.entries()) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}`)
      onTestFinished(() => socket.terminate())
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        const message = JSON.parse((isBinary ? inflateRawSync(data) : data).toString()) as HubMessage
        if (message.t === 'hello') socket.send(JSON.stringify({ t: 'sub', s: 'nation', at: 0 }))
        if (message.t !== 'delta') return
        for (const row of message.r) if (row[0] === 'operation') seen[i]!.set(String(row[5]), performance.now())
      })
    }
    await vi.waitUntil(() => seen.every(({ size }) => size > 0), WAIT)
    const committed = new Map<string, number>()
    for (let i = 0; i < 1000; i++) {
      const title = `commit ${i}`
      await database.pool.query('update operation set title_en = $1', [title])
      committed.set(title, performance.now())
      await sleep(15 + Math.random() * 20)
    }
    await vi.waitUntil(() => seen.every((each) => each.has('commit 999')), WAIT)
    const delays = seen.map((each) =>
      [...committed].flatMap(([title, at]) => (each.has(title) ? [Math.max(0, each.get(title)! - at)] : [])),
    )
    const [direct, fleet] = delays.map((each) => [quantile(each, 0.5), quantile(each, 0.99)] as const)
    const more = [fleet![0] - direct![0], fleet![1] - direct![1]] as const
    const shown = (of: readonly number[]) => of.map((ms) => ms.toFixed(1)).join(' / ')
    await record(
      ...(['p50', 'p99'] as const).map((name, i) => {
        const goal = i === 0 ? 10 : 50
        return {
          name: `commit to screen through JetStream beside direct, ${name}`,
          value: Math.round(more[i as 0 | 1] * 10) / 10,
          unit: 'ms more',
          goal: `≤ ${goal} ms`,
          met: more[i as 0 | 1] <= goal,
          how: `1,000 commits seen through both in one run, ticks of 10 ms; p50 / p99 direct ${shown(direct!)}, fleet ${shown(fleet!)} ms`,
        }
      }),
    )
  })

  it('tells screens that what they show is no longer live when NATS is lost, or hangs', async () => {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    const bus = await nats()
    const feeder = startFeeder(database, bus.bus('feeder'))
    onTestFinished(() => feeder.stop())
    const { hub, url } = await startFleetHub(bus, undefined, { API_ORIGIN: 'http://127.0.0.1:1' })
    onTestFinished(() => hub.stop(0))
    await vi.waitUntil(() => hub.source.state().kind === 'streaming', WAIT)
    let live = false
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}`)
    onTestFinished(() => socket.terminate())
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as HubMessage
      if (message.t === 'beat') live = message.live
    })
    const took: number[] = []
    for (const signal of ['SIGKILL', 'SIGSTOP', 'SIGKILL', 'SIGSTOP', 'SIGKILL', 'SIGSTOP'] as const) {
      await vi.waitUntil(() => live, WAIT)
      const lostAt = performance.now()
      if (signal === 'SIGKILL') await bus.nodes[0]!.kill(signal)
      else bus.nodes[0]!.signal(signal)
      await vi.waitUntil(() => !live, WAIT)
      took.push(Math.round(performance.now() - lostAt))
      if (signal === 'SIGKILL') await bus.nodes[0]!.start()
      else bus.nodes[0]!.signal('SIGCONT')
    }
    const value = Math.max(...took)
    await record({
      name: 'screens are told that NATS is lost',
      value,
      unit: 'ms',
      goal: '≤ 2000 ms',
      met: value <= 2000,
      how: `from the signal to a beat that is not live; killed and stopped in turn, the longest of ${took.join(', ')}`,
    })
  })

  it('a hub of screens starts on a million cases without a read of the database', async () => {
    await buildDashboard(ROOT)
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    await fillNation(database, { cases: 1_000_000, facilities: 1_500 })
    const bus = await nats()
    const feeder = startFeeder(database, bus.bus('feeder'))
    onTestFinished(() => feeder.stop())
    await vi.waitUntil(() => feeder.state().messages > 0, WAIT)
    const took: number[] = []
    for (let i = 0; i < 5; i++) {
      const began = performance.now()
      const screens = await startScreensProcess(bus)
      took.push(Math.round(performance.now() - began))
      expect(await (await fetch(`${screens.url}/api/situation?scope=nation`)).text()).toContain('"cases.total"')
      await screens.kill('SIGTERM')
    }
    const value = quantile(took, 0.5)
    await record({
      name: 'a hub of screens ready on 1 M cases',
      value,
      unit: 'ms',
      goal: '≤ 2000 ms, 0 database reads',
      met: value <= 2000,
      how: `from the start of the process to /readyz 200; it has no address of a database; median of ${took.length} (${took.join(', ')})`,
    })
  })
})
