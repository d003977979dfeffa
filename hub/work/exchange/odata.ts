import { z } from 'zod'
import { SEVERITIES } from '../../contract/vocabulary/severity.ts'
import type { Place } from './features.ts'
import type { Numbers } from './numbers.ts'

/** OData 4.0, minimal: as much as Excel and Power BI need to read a list. */
type EdmType = 'Edm.String' | 'Edm.Int32' | 'Edm.Int64' | 'Edm.Double' | 'Edm.Date' | 'Edm.DateTimeOffset'
type Value = string | number | null
export type Entity = Readonly<Record<string, Value>>
type EntityType = { readonly key: readonly string[]; readonly properties: Readonly<Record<string, EdmType>> }

const NAMESPACE = 'Jitasa'
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export const ENTITY_SETS = {
  Provinces: {
    key: ['Code'],
    properties: {
      Code: 'Edm.String',
      NameTh: 'Edm.String',
      NameEn: 'Edm.String',
      HealthRegion: 'Edm.Int32',
      Population: 'Edm.Int32',
      CasesTotal: 'Edm.Int64',
      DeathsTotal: 'Edm.Int64',
      ...Object.fromEntries(SEVERITIES.map((severity) => [`Waiting${upper(severity)}`, 'Edm.Int64'])),
    },
  },
  Facilities: {
    key: ['Id'],
    properties: {
      Id: 'Edm.Int32',
      Kind: 'Edm.String',
      NameTh: 'Edm.String',
      NameEn: 'Edm.String',
      Province: 'Edm.String',
      District: 'Edm.String',
      Latitude: 'Edm.Double',
      Longitude: 'Edm.Double',
      ReportedAt: 'Edm.DateTimeOffset',
    },
  },
  Beds: {
    key: ['Facility', 'Level'],
    properties: {
      Facility: 'Edm.Int32',
      Level: 'Edm.String',
      Staffed: 'Edm.Int32',
      Available: 'Edm.Int32',
      Held: 'Edm.Int32',
      Occupied: 'Edm.Int32',
      Cleaning: 'Edm.Int32',
      Blocked: 'Edm.Int32',
      ReportedAt: 'Edm.DateTimeOffset',
    },
  },
  DayCounts: {
    key: ['Area', 'Metric', 'Day'],
    properties: { Area: 'Edm.String', Metric: 'Edm.String', Day: 'Edm.Date', Value: 'Edm.Int64' },
  },
} as const satisfies Readonly<Record<string, EntityType>>
export type EntitySet = keyof typeof ENTITY_SETS

export function isEntitySet(name: string): name is EntitySet {
  return Object.hasOwn(ENTITY_SETS, name)
}

const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
const said = (reading: ReturnType<Numbers['read']>) => (typeof reading === 'number' ? reading : null)

export type Sources = {
  readonly nation: Numbers
  readonly provinces: readonly Numbers[]
  readonly places: readonly (Place & { readonly healthRegion: number | null })[]
}

export const ENTITIES: Readonly<Record<EntitySet, (from: Sources) => Entity[]>> = {
  Provinces: ({ nation, places }) =>
    places.map(({ code, nameTh, nameEn, healthRegion, population }) => ({
      Code: code,
      NameTh: nameTh,
      NameEn: nameEn,
      HealthRegion: healthRegion,
      Population: population,
      CasesTotal: said(nation.read('cases.total', code)),
      DeathsTotal: said(nation.read('deaths.total', code)),
      ...Object.fromEntries(
        SEVERITIES.map((severity) => [`Waiting${upper(severity)}`, said(nation.read(`waiting.${severity}`, code))]),
      ),
    })),
  Facilities: ({ provinces }) =>
    provinces.flatMap((numbers) =>
      numbers.rows('facility').map((row) => ({
        Id: Number(row.id),
        Kind: row.kind,
        NameTh: row.nameTh,
        NameEn: row.nameEn,
        Province: row.district.slice(0, 2),
        District: row.district,
        Latitude: row.lat,
        Longitude: row.lon,
        ReportedAt: instant(row.reportedAt),
      })),
    ),
  Beds: ({ provinces }) =>
    provinces.flatMap((numbers) =>
      numbers.rows('beds').map((row) => ({
        Facility: row.facility,
        Level: row.level,
        Staffed: row.staffed,
        Available: row.available,
        Held: row.held,
        Occupied: row.occupied,
        Cleaning: row.cleaning,
        Blocked: row.blocked,
        ReportedAt: instant(row.reportedAt),
      })),
    ),
  DayCounts: ({ nation }) =>
    nation.cells.flatMap(([column, area]) => {
      const [metric = '', day] = column.split('@')
      return day === undefined ? [] : [{ Area: area, Metric: metric, Day: day, Value: said(nation.read(column, area)) }]
    }),
}

/** `$metadata`: the entity data model in CSDL XML. Names are of letters alone, so nothing has to be escaped. */
export function metadata(): string {
  const types = Object.entries<EntityType>(ENTITY_SETS).map(([name, { key, properties }]) => {
    const keys = key.map((property) => `<PropertyRef Name="${property}"/>`).join('')
    const own = Object.entries(properties).map(([property, type]) => {
      const nullable = key.includes(property) ? ' Nullable="false"' : ''
      return `<Property Name="${property}" Type="${type}"${nullable}/>`
    })
    return `<EntityType Name="${name}Row"><Key>${keys}</Key>${own.join('')}</EntityType>`
  })
  const sets = Object.keys(ENTITY_SETS).map(
    (name) => `<EntitySet Name="${name}" EntityType="${NAMESPACE}.${name}Row"/>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="${NAMESPACE}" xmlns="http://docs.oasis-open.org/odata/ns/edm">${types.join('\n')}
<EntityContainer Name="Container">${sets.join('')}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>
`
}

const whole = z.coerce.number().int().min(0).max(10_000_000)
export const odataQuery = z.strictObject({
  $top: whole.optional(),
  $skip: whole.default(0),
  $filter: z.string().max(1000).optional(),
  $select: z.string().max(400).optional(),
  $count: z.enum(['true', 'false']).optional(),
  $format: z
    .string()
    .regex(/^(?:json|application\/json.*)$/, 'choice')
    .optional(),
})
const OPERATORS: Readonly<Record<string, (a: NonNullable<Value>, b: NonNullable<Value>) => boolean>> = {
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
}
const TERM = /^\s*(\w+)\s+(eq|ne|gt|ge|lt|le)\s+('(?:[^']|'')*'|[^\s']+)\s*(?:and\s+|$)/

/** @returns the rule of a `$filter` of comparisons joined by `and`; `undefined` when it is none that is understood */
export function readFilter(text: string, { properties }: EntityType): ((row: Entity) => boolean) | undefined {
  const rules: ((row: Entity) => boolean)[] = []
  for (let rest = text; rest !== ''; ) {
    const [all, name = '', operator = '', literal = ''] = TERM.exec(rest) ?? []
    const type = Object.hasOwn(properties, name) ? properties[name] : undefined
    const value = type && readLiteral(literal, type)
    if (all === undefined || value === undefined) return undefined
    rest = rest.slice(all.length)
    if (rest === '' && /\band\s+$/.test(all)) return undefined
    rules.push((row) => compare(row[name] ?? null, operator, value))
  }
  return rules.length === 0 ? undefined : (row) => rules.every((rule) => rule(row))
}

function readLiteral(text: string, type: EdmType): Value | undefined {
  if (text === 'null') return null
  if (type === 'Edm.String') return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : undefined
  if (type === 'Edm.Date') return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined
  if (type === 'Edm.DateTimeOffset') {
    const at = Date.parse(text)
    return Number.isNaN(at) ? undefined : new Date(at).toISOString()
  }
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined
}

function compare(a: Value, operator: string, b: Value): boolean {
  if (operator === 'eq') return a === b
  if (operator === 'ne') return a !== b
  return a !== null && b !== null && (OPERATORS[operator]?.(a, b) ?? false)
}

/** @returns the names of a `$select`; `undefined` when one of them is no property */
export function readSelect(text: string, { properties }: EntityType): readonly string[] | undefined {
  const names = text.split(',').map((name) => name.trim())
  if (names.includes('*')) return Object.keys(properties)
  return names.every((name) => Object.hasOwn(properties, name)) ? names : undefined
}

export function selected(row: Entity, names: readonly string[] | undefined): Entity {
  return names === undefined ? row : Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
}
