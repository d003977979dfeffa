import type { KeyAction } from '../contract/vocabulary/key-actions.ts'
import type { Role } from '../contract/vocabulary/roles.ts'
/** What one account may do, and where. `version` rises with every change of it; 0 stands for an account without a role. */
export type Grant = {
  /** an account's id; of a machine, its key's */
  readonly account: string
  readonly role: Role | 'unbound' | 'machine'
  /** area codes; each covers what is inside it; `TH` covers all */
  readonly areas: readonly string[]
  readonly facility: number | null
  /** an organisation and call-sign, shown to every board; never a person's name */
  readonly label: string
  readonly version: number
  /** made by `make run` for an exercise; void while the operation is live */
  readonly drill: boolean
  /** a machine's, for row-level security: the facilities its key is of; none when it is of areas */
  readonly facilities?: readonly number[]
  /** a machine's: what its key gives, in which places. `areas` above also holds the districts of its facilities */
  readonly key?: {
    readonly actions: readonly KeyAction[]
    readonly areas: readonly string[]
    readonly facilities: readonly number[]
  }
}
