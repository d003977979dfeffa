import type { Desk as Account } from '../surge/writes.ts'
import type { Desk } from './desk.ts'

/** What people with an account do, one write at a time. */

type Listed = {
  readonly cases: readonly { readonly needs: readonly { readonly id: number; readonly status: string }[] }[]
}
type Claimed = { readonly need: { readonly id: number; readonly fence: number | null } }

/** Claims the newest open need of the responder's province; fulfils it next time. Nothing open: looks again. */
export function toClaim(desk: Desk, { province }: Account): () => void {
  const open: number[] = []
  let held: Claimed['need'] | undefined
  const look = (): void => {
    const page = desk.get<Listed>(`/api/cases?area=${province}&board=yes&order=newest&limit=200`)
    for (const { needs } of page?.cases ?? []) {
      open.push(...needs.filter(({ status }) => status === 'open').map(({ id }) => id))
    }
  }
  return () => {
    if (held !== undefined) {
      desk.write(`/api/needs/${held.id}/fulfil`, { fence: held.fence })
      held = undefined
      return
    }
    if (open.length === 0) look()
    const next = open.shift()
    if (next !== undefined) held = desk.write<Claimed>(`/api/needs/${next}/claim`, {})?.need
  }
}

type Level = {
  readonly level: string
  readonly staffed: number
  readonly available: number
  readonly held: number
  readonly occupied: number
  readonly cleaning: number
  readonly blocked: number
}

/** A patient comes, another goes: the hospital reports all its levels anew. */
export function toCountBeds(desk: Desk, { facility }: Account): () => void {
  const path = `/api/facilities/${facility}/beds`
  const beds = desk.get<{ readonly levels: readonly Level[] }>(path)
  let levels: Level[] = (beds?.levels ?? []).map(
    ({ level, staffed, available, held, occupied, cleaning, blocked }) => ({
      level,
      staffed,
      available,
      held,
      occupied,
      cleaning,
      blocked,
    }),
  )
  let turn = 0
  return () => {
    const moved = turn++ % Math.max(1, levels.length)
    levels = levels.map((level, i) => {
      if (i !== moved) return level
      const by = level.available > 0 && (level.occupied === 0 || Math.random() < 0.5) ? 1 : level.occupied > 0 ? -1 : 0
      return { ...level, available: level.available - by, occupied: level.occupied + by }
    })
    desk.write(path, { sourceAt: new Date().toISOString(), levels })
  }
}

const DOSES_AT_ONCE = 10

export function toGiveDoses(desk: Desk, { facility }: Account): () => void {
  let turn = 0
  return () => {
    desk.write(`/api/facilities/${facility}/vaccinations`, {
      acceptSame: true,
      rows: [{ dose: 1 + (turn++ % 3), doses: DOSES_AT_ONCE }],
    })
  }
}
