import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startFleetWalls } from '../../hub/process/fleet-walls.ts'
import { readFeedAddress } from '../../hub/runtime/feed-address.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { CHANGES, loadSnapshot, openBus, STREAM } from '../../hub/source/jetstream/bus.ts'
import { thaw } from '../../hub/source/jetstream/snapshot-file.ts'
import { followNats, startFeeder } from '../support/followed.ts'
import { databaseForFile, folderForFile } from '../support/for-file.ts'
import { natsServer, startNats } from '../support/nats.ts'

const WAIT = { timeout: 60_000, interval: 10 }
const ROOT = path.dirname(path.dirname(import.meta.dirname))

const database = await databaseForFile()
const folder = await folderForFile()

/** What operators copy, with passwords and a certificate of its own. */
function documentedConfig(): string {
  const [, config = ''] =
    /```\n(authorization \{[\s\S]+?)```/.exec(readFileSync(path.join(ROOT, 'docs/fleet.md'), 'utf8')) ?? []
  const cert = path.join(folder, 'cert.pem')
  const key = path.join(folder, 'key.pem')
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, ...subject], { stdio: 'pipe' })
  return config
    .replace('$FEEDER_PASSWORD', 'of-the-feeder')
    .replace('$HUB_PASSWORD', 'of-the-hub')
    .replace('/etc/nats/cert.pem', cert)
    .replace('/etc/nats/key.pem', key)
}

describe.skipIf(natsServer === undefined)('NATS as docs/fleet.md configures it', () => {
  it('lets the feeder write and a hub read, encrypted; a hub can write nothing, and nobody else gets in', async () => {
    const nats = await startNats({ config: documentedConfig(), scheme: 'tls://' })
    onTestFinished(() => nats.stop())
    const as = (login: string, name: string) => {
      const address = readFeedAddress(nats.url.replace('tls://', `tls://${login}@`))
      if (address === undefined) throw new Error('no address')
      return { address, name, caFile: path.join(folder, 'cert.pem') }
    }
    const hubBus = as('hub:of-the-hub', 'hub')
    const feeder = startFeeder(database, as('feeder:of-the-feeder', 'feeder'), { snapshotMs: 200 })
    onTestFinished(() => feeder.stop())
    const hub = followNats(['nation', 'province:50'], hubBus)
    onTestFinished(() => hub.stop())
    await vi.waitUntil(() => hub.source.state().kind === 'streaming', WAIT)
    const bus = await openBus(hubBus)
    onTestFinished(() => bus.close())
    // Twice: a snapshot takes the place of another one.
    for (const name of ['one', 'two']) {
      await database.pool.query('update operation set title_en = $1', [name])
      await vi.waitUntil(async () => {
        const stored = await loadSnapshot(bus)
        const rows = stored === undefined ? [] : [...(await thaw(stored)).snapshot.rows]
        return rows.some(({ row }) => row.title_en === name)
      }, WAIT)
    }
    expect(feeder.state().error).toBeUndefined()
    await hub.equalsSql(database)
    const late = followNats(['nation'], hubBus)
    onTestFinished(() => late.stop())
    await vi.waitUntil(() => late.source.state().kind === 'streaming', WAIT)
    await late.equalsSql(database)

    const answer = async () => [{ account: 'a screen' }]
    const walls = startFleetWalls({
      ...{ bus: hubBus, logger: createLogger('silent'), now: () => 0, name: 'one', onTaken: undefined },
      ...{ answer, alone: async () => [] },
    })
    onTestFinished(() => walls.stop())
    await expect
      .poll(() => walls.ask({ kind: 'reports', now: false }), WAIT)
      .toEqual({ walls: await answer(), silent: [] })

    await expect(bus.js.publish(CHANGES, 'something')).rejects.toThrow(/[Pp]ermission/)
    await expect(bus.jsm.streams.delete(STREAM)).rejects.toThrow(/[Pp]ermission/)
    await expect(bus.jsm.streams.purge(STREAM)).rejects.toThrow(/[Pp]ermission/)
    await expect(openBus(as('hub:wrong', 'stranger'))).rejects.toThrow(/NATS cannot be reached/)
    await expect(openBus({ ...hubBus, address: { ...hubBus.address, tls: false } })).rejects.toThrow(
      /NATS cannot be reached/,
    )
  }, 120_000)
})
