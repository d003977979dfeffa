import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import WebSocket from 'ws'
import { freePort } from '../../db/postgres/cluster.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { buildCentrifugo, CENTRIFUGO_VERSION } from '../../loadtest/bench/build.ts'
import { quantile, record } from '../support/measures.ts'
import { createTestDatabase } from '../support/pg.ts'
import { startProduction } from '../support/production.ts'
import { ROOT } from '../support/up.ts'

const SOCKETS = 500
const ROUNDS = 200
const ROUND_MS_MAX = 20_000
/** Between two commits: more than FLUSH_MS, the shortest time between two frames of the hub; it is not what is asked here. */
const APART_MS = 120

/** As it comes: what is committed into a table of its own, told to it by NOTIFY, is published and deleted there. */
const config = (port: number, url: string) => ({
  http_server: { address: '127.0.0.1', port: String(port) },
  client: { insecure: true },
  channel: { without_namespace: { allow_subscribe_for_client: true } },
  consumers: [
    {
      name: 'outbox',
      enabled: true,
      type: 'postgresql',
      postgresql: { dsn: url, outbox_table_name: 'centrifugo_outbox', partition_notification_channel: 'outbox' },
    },
  ],
  usage_stats: { disabled: true },
  log: { level: 'error' },
})

const OUTBOX = `
  create table centrifugo_outbox (id bigserial primary key, method text not null, payload jsonb not null,
    partition bigint not null default 0, created_at timestamptz not null default now());
  create function outbox_notify() returns trigger language plpgsql as $$
    begin perform pg_notify('outbox', new.partition::text); return new; end $$;
  create trigger outbox_notify after insert on centrifugo_outbox for each row execute function outbox_notify()`

type Crowd = {
  /** the last that came, of any socket */
  readonly last: string
  /** when each socket of the crowd has the next message, from `since`, ms */
  next(since: () => number): Promise<readonly number[]>
}

/** @param open resolves once the socket follows; what it hears from then on is passed on */
async function gather(open: (heard: (text: string) => void) => Promise<void>): Promise<Crowd> {
  const at: number[] = new Array(SOCKETS).fill(Number.NaN)
  let left = 0
  let done: (() => void) | undefined
  let last = ''
  const opened = at.map((_, i) =>
    open((text) => {
      last = text
      if (!Number.isNaN(at[i] ?? 0)) return
      at[i] = performance.now()
      if (--left === 0) done?.()
    }),
  )
  await Promise.all(opened)
  return {
    get last() {
      return last
    },
    async next(since) {
      left = SOCKETS
      at.fill(Number.NaN)
      const all = new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${left} sockets did not hear of it`)), ROUND_MS_MAX)
        done = () => {
          clearTimeout(late)
          resolve()
        }
      })
      await all
      return at.map((one) => one - since())
    },
  }
}

const built = buildCentrifugo(true)

it.skipIf('absent' in built)(
  'commit → 500 screens, beside Centrifugo’s own way from PostgreSQL',
  async () => {
    if ('absent' in built) throw new Error(built.absent)
    await buildDashboard(ROOT)
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    await database.pool.query(
      `insert into cases (district, report_day, classification, severity, care_place, source)
       select '5001', (select day from operation), 'confirmed', 'green', 'waiting', 'api' from generate_series(1, 5)`,
    )
    await database.pool.query(OUTBOX)
    const hub = await startProduction(database, { HUB_WORKERS: '1', SOCKETS_PER_ADDRESS: '1000' })
    onTestFinished(() => void hub.kill('SIGKILL'))
    const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-outbox-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const port = await freePort()
    await writeFile(path.join(folder, 'config.json'), JSON.stringify(config(port, database.url)))
    const centrifugo = spawn(built.path, ['--config', path.join(folder, 'config.json')], { stdio: 'ignore' })
    onTestFinished(() => void centrifugo.kill('SIGKILL'))
    await vi.waitUntil(() => fetch(`http://127.0.0.1:${port}/`).then(Boolean, () => false), { timeout: 20_000 })

    const sockets: WebSocket[] = []
    onTestFinished(() => sockets.forEach((socket) => void socket.terminate()))
    const dial = async (
      url: string,
      greet: string,
      isReady: (text: string) => boolean,
      heard: (text: string) => void,
    ) => {
      const socket = new WebSocket(url, { perMessageDeflate: false })
      sockets.push(socket)
      await once(socket, 'open')
      await new Promise<void>((resolve) => {
        let ready = false
        socket.on('message', (data: Buffer) => {
          for (const text of data.toString().split('\n')) {
            if (text === '{}') socket.send('{}')
            else if (ready) heard(text)
            else if (isReady(text)) {
              ready = true
              resolve()
            }
          }
        })
        socket.send(greet)
      })
    }
    const ours = await gather((heard) =>
      dial(
        `${hub.url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}`,
        '{"t":"sub","s":"nation","at":0}',
        (text) => text.startsWith('{"t":"delta"'),
        (text) => text.startsWith('{"t":"delta"') && heard(text),
      ),
    )
    const theirs = await gather((heard) =>
      dial(
        `ws://127.0.0.1:${port}/connection/websocket`,
        '{"id":1,"connect":{}}\n{"id":2,"subscribe":{"channel":"nation"}}',
        (text) => text.startsWith('{"id":2'),
        (text) => text.startsWith('{"push":') && heard(text),
      ),
    )
    let turn = 0
    const change = () => database.pool.query('update cases set severity = $1', [turn++ % 2 === 0 ? 'red' : 'green'])
    const times = { ours: [] as number[], theirs: [] as number[] }
    const round = async (crowd: Crowd, commit: () => Promise<unknown>, into: number[] | undefined) => {
      let committed = 0
      const next = crowd.next(() => committed)
      await commit()
      committed = performance.now()
      into?.push(...(await next))
      await next
      await new Promise((resolve) => setTimeout(resolve, APART_MS))
    }
    for (let i = -10; i < ROUNDS; i++) {
      const [own, other] = i < 0 ? [] : [times.ours, times.theirs]
      await round(ours, change, own)
      const publish = { channel: 'nation', data: JSON.parse(ours.last) }
      const outbox = `insert into centrifugo_outbox (method, payload) values ('publish', $1)`
      await round(theirs, () => database.pool.query(outbox, [publish]), other)
    }
    const how = `${ROUNDS} commits each by turns, ${APART_MS} ms apart, ${SOCKETS} sockets each in one process, one machine and server of PostgreSQL; from the answer to the commit until each socket has it. Theirs: Centrifugo ${CENTRIFUGO_VERSION}, a row of its outbox, NOTIFY, the same JSON`
    for (const [whose, all] of Object.entries(times))
      for (const [share, name] of [
        [0.5, 'p50'],
        [0.99, 'p99'],
      ] as const)
        await record({
          ...{ name: `commit → 500 sockets, ${whose === 'ours' ? 'the change feed' : 'Centrifugo’s outbox'}: ${name}` },
          ...{ value: Number(quantile(all, share).toFixed(1)), unit: 'ms', how },
        })
    expect([times.ours.length, times.theirs.length]).toEqual([ROUNDS * SOCKETS, ROUNDS * SOCKETS])
  },
  300_000,
)
