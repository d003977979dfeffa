/**
 * Who looks, in the proportions of docs/DOMAIN.md "Load at the re-opening" at the surge (75,000 sockets). Pure, and imported
 * by k6 scripts too: nothing of Node here.
 */
export type ViewerKind = 'wall' | 'governor' | 'board' | 'public'

/** `board`: desks' agents (3,000) and responders (52,000); `governor`: the desks (5,000) of provinces. */
export const SURGE_SOCKETS: Readonly<Record<ViewerKind, number>> = {
  wall: 3000,
  governor: 5000,
  board: 55_000,
  public: 12_000,
}

const KINDS = Object.keys(SURGE_SOCKETS) as ViewerKind[]
const ALL = KINDS.reduce((sum, kind) => sum + SURGE_SOCKETS[kind], 0)

/** What the boards cover: the province of the drill accounts. */
export const BOARD_PROVINCE = '50'
const PROVINCES = ['10', '11', '12', '20', '30', '40', '50', '57', '65', '80', '83', '90'] as const

/** Whose whole scopes fill the buffers of a reader that stalls, beside those it holds: 32 at most. */
export const FILLING_PROVINCES: readonly string[] = Array.from({ length: 20 }, (_, i) => String(30 + i))

/** So many sockets have exactly the proportions above. */
const PERIOD = 75

/** Each kind in turn when it is owed most: after any number of sockets each has its share, give or take one. */
const ORDER: readonly ViewerKind[] = (() => {
  const given: Record<ViewerKind, number> = { wall: 0, governor: 0, board: 0, public: 0 }
  return Array.from({ length: PERIOD }, (_, i) => {
    const owed = (kind: ViewerKind): number => ((i + 1) * SURGE_SOCKETS[kind]) / ALL - given[kind]
    const next = KINDS.reduce((best, kind) => (owed(kind) > owed(best) ? kind : best))
    given[next] += 1
    return next
  })
})()

/** The kind of the n-th socket, from 0. */
export function kindOf(index: number): ViewerKind {
  return ORDER[index % PERIOD]!
}

/** A province, as those who are signed in see it, or as everybody. */
export const provinceScope = (code: string, signedIn: boolean): string => `${signedIn ? 'province' : 'public'}:${code}`

/** The scopes of the n-th socket. Boards need an account: without a cookie they hold their province alone. */
export function scopesOf(index: number, signedIn: boolean): readonly string[] {
  switch (kindOf(index)) {
    case 'wall':
    case 'public':
      return ['nation']
    case 'governor':
      return ['nation', provinceScope(PROVINCES[index % PROVINCES.length] ?? '', signedIn)]
    default:
      return [provinceScope(BOARD_PROVINCE, signedIn), ...(signedIn ? [`board:${BOARD_PROVINCE}`] : [])]
  }
}

/** `packed`: /live with z=1, as the dashboard connects. */
export type CarrierName = 'live' | 'packed' | 'socketio'

/**
 * One socket of 7 comes by Socket.IO, and one of 107 takes frames that are not packed. Both are prime to PERIOD, so that
 * each kind of viewer comes by each.
 */
export function carrierOf(index: number): CarrierName {
  return index % 107 === 5 ? 'live' : index % 7 === 2 ? 'socketio' : 'packed'
}

/** Screens beside the viewers, so that scopes of every kind are folded. */
export const PROVED: readonly { readonly scopes: readonly string[]; readonly carrier: CarrierName }[] = [
  { scopes: ['nation'], carrier: 'live' },
  { scopes: [`province:${BOARD_PROVINCE}`, `board:${BOARD_PROVINCE}`], carrier: 'live' },
  { scopes: ['public:10'], carrier: 'live' },
  { scopes: [`province:${BOARD_PROVINCE}`, `board:${BOARD_PROVINCE}`], carrier: 'socketio' },
  { scopes: ['public:30'], carrier: 'packed' },
  { scopes: ['public:20', 'command:TH'], carrier: 'socketio' },
]

/** Loopback addresses that screens come from, in turns: the hub takes 2,000 sockets of one, and a fifth of a second's handshakes. */
export const SOURCES: readonly string[] = Array.from({ length: 16 }, (_, i) => `127.0.2.${i + 1}`)
/** Viewers of one account, of 2,000 that the hub takes. */
export const VIEWERS_PER_ACCOUNT = 1000

/** `[second, sockets]`, ascending in both; between two of them sockets are opened evenly. */
export type Ramp = readonly (readonly [second: number, sockets: number])[]

/** @returns seconds after the start at which the n-th socket (from 0) is opened; `undefined`: never */
export function opensAt(index: number, ramp: Ramp): number | undefined {
  for (let i = 1; i < ramp.length; i++) {
    const [fromSecond, from] = ramp[i - 1]!
    const [toSecond, to] = ramp[i]!
    if (index < to) return fromSecond + (Math.max(0, index - from) / Math.max(1, to - from)) * (toSecond - fromSecond)
  }
  return undefined
}
