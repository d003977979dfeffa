import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import type { GoServer } from './build.ts'

/** What is measured side by side: a server's command, and how the client speaks to it. */
/** `z=1`, as the dashboard connects: frames of 1 KiB and more come deflated once for all. */
export const PACKED: readonly string[] = ['--path', `/live?v=${PROTOCOL_VERSION}&z=1`, '--binary']

export type VariantName = 'floor' | 'uws' | 'ws' | 'socketio-ws' | 'centrifugo' | 'centrifuge' | 'live' | 'socketio'

export type Variant = {
  readonly name: VariantName
  readonly title: string
  readonly command: readonly string[]
  /** options of native/client.c */
  readonly dialect: readonly string[]
  /** bytes that its protocol adds to a message */
  readonly wrapping: number
  /** why it cannot run here */
  readonly absent?: string
}

const server = (file: string): string => fileURLToPath(new URL(`./servers/${file}`, import.meta.url))
/** `--expose-gc` for the `settle` command only: memory is read after a collection. */
const node = (file: string, ...words: string[]): string[] => [process.execPath, '--expose-gc', server(file), ...words]

const DELTA = '{"t":"delta"'

const PLAIN_DIALECT = [
  ...['--path', `/live?v=${PROTOCOL_VERSION}`, '--greet', '%sub%', '--ready', DELTA, '--delivery', DELTA],
  ...['--sub', '{"t":"sub","s":"nation","at":0}'],
  ...['--resub', '{"t":"sub","s":"nation","at":%at%,"e":"%epoch%"}'],
]

const SOCKETIO_DELTA = '42["delta"'

const SOCKETIO_DIALECT = [
  ...['--path', `/socket.io/?EIO=4&transport=websocket&v=${PROTOCOL_VERSION}`],
  ...['--step', '0{', '40', '--step', '40', '%sub%', '--ready', SOCKETIO_DELTA, '--delivery', SOCKETIO_DELTA],
  ...['--ping', '2', '--pong', '3'],
  ...['--sub', '42["m",{"t":"sub","s":"nation","at":0}]'],
  ...['--resub', '42["m",{"t":"sub","s":"nation","at":%at%,"e":"%epoch%"}]'],
]

const CENTRIFUGE_DIALECT = [
  ...['--path', '/connection/websocket', '--lines', '--ping', '{}', '--pong', '{}'],
  ...['--greet', '{"id":1,"connect":{}}\n{"id":2,"subscribe":{"channel":"nation"}}'],
  ...['--ready', '{"id":2', '--delivery', '{"push":{"channel":"nation"'],
]

const PLAIN = { dialect: PLAIN_DIALECT, wrapping: 0 }
const SOCKETIO = { dialect: SOCKETIO_DIALECT, wrapping: '42["delta",]'.length }
const CENTRIFUGE = { dialect: CENTRIFUGE_DIALECT, wrapping: '{"push":{"channel":"nation","pub":{"data":}}}'.length }

export type Built = { readonly floor: string; readonly centrifuge: GoServer; readonly centrifugo: GoServer }

export function listVariants(built: Built): Variant[] {
  const { centrifuge, centrifugo } = built
  const hub = existsSync(server('hub.ts')) ? {} : { absent: 'not there yet' }
  return [
    { name: 'floor', title: 'C write() loop, the floor', command: [built.floor], ...PLAIN },
    { name: 'uws', title: 'raw uWS publish', command: node('uws.ts'), ...PLAIN },
    { name: 'live', title: 'this hub, /live', command: node('hub.ts', 'live'), ...PLAIN, ...hub },
    { name: 'socketio', title: 'this hub, Socket.IO', command: node('hub.ts', 'socketio'), ...SOCKETIO, ...hub },
    { name: 'socketio-ws', title: 'Socket.IO on ws', command: node('socketio-ws.ts'), ...SOCKETIO },
    { name: 'ws', title: 'ws, a loop', command: node('ws.ts'), ...PLAIN },
    {
      name: 'centrifugo',
      title: 'Centrifugo, by its server API',
      command: 'path' in centrifugo ? node('centrifugo.ts', centrifugo.path) : [],
      ...CENTRIFUGE,
      ...('absent' in centrifugo ? centrifugo : {}),
    },
    {
      name: 'centrifuge',
      title: 'centrifuge (the library of Centrifugo)',
      command: 'path' in centrifuge ? [centrifuge.path] : [],
      ...CENTRIFUGE,
      ...('absent' in centrifuge ? centrifuge : {}),
    },
  ]
}
