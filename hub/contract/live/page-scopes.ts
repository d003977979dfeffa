import type { Action } from '../vocabulary/actions.ts'
import { NATION, provinceOf } from '../vocabulary/areas.ts'
import type { Scope } from './scopes.ts'

/** Of a session: where somebody works, and what their role may. */
type Reader = { readonly areas: readonly string[]; readonly may: readonly Action[] }

/** Where an account of the whole nation begins. */
const CAPITAL = '10'
const PROVINCE = /^\d{2}$/

/** The province whose board an account is shown. @param asked for by the address */
export function boardProvince(areas: readonly string[], asked: string | undefined): string {
  if (asked !== undefined && PROVINCE.test(asked)) return asked
  const [first] = areas
  return first === undefined || first === NATION ? CAPITAL : provinceOf(first)
}

/** What command says, as far as who looks at the area may hear it: the nation's, and the province's where they work in it. */
export function commandScopesOf({ areas, may }: Reader, area: string): readonly Scope[] {
  if (!may.includes('province.read')) return []
  const works = areas.some((own) => own === NATION || provinceOf(own) === area)
  return area !== NATION && works && may.includes('command.read') ? ['command:TH', `command:${area}`] : ['command:TH']
}

/** The alerts of an area, for who may hear them; none for others: a wall without an account is silent. */
export function alertScopesOf({ areas, may }: Reader, area: string): readonly Scope[] {
  if (!may.includes('alerts.read')) return []
  if (area === NATION) return areas.includes(NATION) ? ['alerts'] : []
  return areas.some((own) => own === NATION || provinceOf(own) === area) ? [`alerts:${area}`] : []
}

/** What a board follows: its own scope first. */
export function boardScopesOf(reader: Reader, province: string): readonly Scope[] {
  return [`board:${province}`, ...commandScopesOf(reader, province), ...alertScopesOf(reader, province)]
}
