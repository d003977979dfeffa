import { App, type us_listen_socket, us_socket_local_port } from 'uWebSockets.js'
import type { Delta } from '../../../hub/contract/live/messages.ts'
import { Admission, attachSocketIo, attachWebSocket, createFanoutMetrics, Fanout } from '../../../hub/fanout/index.ts'
import { refusesHead } from '../../../hub/http/bridge.ts'
import { createMetrics } from '../../../hub/runtime/metrics.ts'
import { preciseNow, serve } from './control.ts'
import { Surge } from './surge.ts'

/**
 * This hub's fan-out on one carrier, as main.ts joins it, without a database: what is shown is either one delta of the
 * asked size after another (`flood`, `rate`), or a real Situation that folds synthetic commits (`events PER_SECOND`).
 * Usage: node hub.ts live|socketio [flushMs [SOCKETS|whole]]: so many in a shard, or all in one. A flood (flushMs 0) may take
 * all of the loop. The process has no database connection, so it can make no database read.
 */
const [carrierName = 'live', flushWord = '0', sharding = 'shards'] = process.argv.slice(2)
const flushMs = Number(flushWord)

/** One scope of which each flush shows a delta of exactly so many bytes. */
class Sized {
  readonly epoch = 'bench'
  position = 1
  bytes = 300
  #flushed = 1

  change(bytes: number): void {
    this.bytes = bytes
    this.position++
  }

  hasDirty(): boolean {
    return this.position > this.#flushed
  }

  flush(): Delta[] {
    const delta = this.#delta(this.#flushed, this.bytes)
    this.#flushed = this.position
    return [delta]
  }

  since(_scope: string, position: number): Delta {
    return this.#delta(position, 300)
  }

  #delta(from: number, bytes: number): Delta {
    const c: (string | number)[] = ['waiting.red']
    const delta: Delta = {
      t: 'delta',
      s: 'nation',
      from,
      to: this.position,
      sum: 1234567890,
      at: preciseNow(),
      c: [c],
      r: [],
      x: [''],
    }
    // A pair `,"10",1000` has 10 characters; the rest is the key of a row that left.
    let room = bytes - JSON.stringify(delta).length
    for (let area = 10; area < 97 && room >= 10; area++, room -= 10) c.push(String(area), area * 100)
    delta.x[0] = '0'.repeat(Math.max(0, room))
    return delta
  }
}

const sized = new Sized()
const surge = new Surge()
let shown: Sized | Surge = sized

const fanoutMetrics = createFanoutMetrics(createMetrics())
const fanout = new Fanout({
  shown: {
    get epoch() {
      return shown.epoch
    },
    get position() {
      return shown.position
    },
    since: (scope, position) => shown.since(scope, position),
    flush: () => shown.flush(),
    hasDirty: () => shown.hasDirty(),
  },
  metrics: fanoutMetrics,
  build: 'bench',
  flushMs,
  ...(sharding === 'shards'
    ? {}
    : { shardSockets: sharding === 'whole' ? Number.POSITIVE_INFINITY : Number(sharding) }),
  ...(sharding === 'whole' || flushMs === 0 ? { loopShare: 1 } : {}),
  beatMs: 5000,
  health: () => ({ live: true, lagMs: 0 }),
  authorize: () => 'allowed',
  loop: {
    now: Date.now,
    random: Math.random,
    after(ms, task) {
      if (ms === 0) {
        const immediate = setImmediate(task)
        return () => clearImmediate(immediate)
      }
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
  },
})

const app = App().get('/probe', (res) => {
  res.end('here')
})
const carrier = {
  app,
  fanout,
  metrics: fanoutMetrics,
  now: Date.now,
  ready: () => true,
  // The bench measures the cost of a handshake; the limits themselves are tested in hub/fanout.
  admission: new Admission({ handshakesPerSecond: 1e6, socketsMax: 1e6, socketsPerAddress: 1e6 }),
  identify: (address: string) => ({ address, pass: null }),
  refusesHead,
  secure: false,
  allowOrigin: () => true,
}
fanout.attach(carrierName === 'socketio' ? attachSocketIo(carrier) : attachWebSocket(carrier))

function publish(bytes: number): void {
  sized.change(bytes)
  fanout.changed()
}

const commands = {
  /** so many commits a second into a real Situation, from now on; 0 stops them */
  events: (perSecond = '500'): void => {
    shown = surge
    surge.run(Number(perSecond), () => fanout.changed())
  },
}

app.listen('127.0.0.1', 0, (socket: us_listen_socket) => {
  if (!socket) throw new Error('no port to listen on at 127.0.0.1')
  // A crowd's shards get a message in several turns of the loop, and what is published meanwhile would be one message with the next.
  serve({ publish, ready: () => !sized.hasDirty(), commands }, us_socket_local_port(socket))
})
