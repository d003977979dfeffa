import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { AreaLevel } from '../contract/vocabulary/areas.ts'
import { NATION } from '../contract/vocabulary/areas.ts'
import type { Clock } from '../runtime/clock.ts'
import { jsonRepresentation, type Representation } from './representation.ts'

/** Areas change only when the database is seeded anew. */
const KEEP_MS = 600_000

export type AreaEntry = {
  readonly code: string
  readonly level: AreaLevel
  readonly nameTh: string
  readonly nameEn: string
  readonly healthRegion: number | null
  readonly population: number | null
  readonly lat: number | null
  readonly lon: number | null
}

export type AreaDirectory = {
  /** @returns the areas right below, by code; `undefined` when there is no such area or nothing below it. */
  below(parent: string): Promise<Representation | undefined>
  /** The areas right below, by code; none when there is no such area. */
  list(parent: string): Promise<readonly AreaEntry[]>
  /** a province or `00`, "not specified" */
  isProvince(code: string): Promise<boolean>
  /** all of them, and `00` */
  provinces(): Promise<readonly string[]>
}

type Held = {
  readonly at: number
  readonly provinces: ReadonlySet<string>
  readonly below: ReadonlyMap<string, AreaEntry[]>
}

/** The table of areas, read once in a while. When the database is away, what was read last stands. */
export function areaDirectory(db: Kysely<Database>, clock: Clock): AreaDirectory {
  let held: Held | undefined
  let reading: Promise<Held> | undefined
  let shown = new Map<string, Promise<Representation>>()

  async function read(): Promise<Held> {
    const rows = await db.selectFrom('areas').selectAll().orderBy('code').execute()
    const below = new Map<string, AreaEntry[]>()
    for (const row of rows) {
      if (row.parent === null) continue
      const { code, level, name_th: nameTh, name_en: nameEn, health_region: healthRegion, population, lat, lon } = row
      const siblings = below.get(row.parent) ?? []
      siblings.push({ code, level, nameTh, nameEn, healthRegion, population, lat, lon })
      below.set(row.parent, siblings)
    }
    shown = new Map()
    return { at: clock.now(), provinces: new Set(below.get(NATION)?.map(({ code }) => code)), below }
  }

  async function current(): Promise<Held> {
    if (held !== undefined && clock.now() - held.at < KEEP_MS) return held
    reading ??= read().finally(() => {
      reading = undefined
    })
    try {
      held = await reading
      return held
    } catch (error) {
      if (held === undefined) throw error
      return held
    }
  }

  return {
    async below(parent) {
      const entries = (await current()).below.get(parent)
      if (entries === undefined) return undefined
      const known = shown.get(parent) ?? jsonRepresentation({ parent, areas: entries })
      shown.set(parent, known)
      return known
    },
    list: async (parent) => (await current()).below.get(parent) ?? [],
    isProvince: async (code) => (await current()).provinces.has(code),
    provinces: async () => [...(await current()).provinces],
  }
}
