import type { Role } from '../contract/vocabulary/roles.ts'
/** What one account may do, and where. `version` rises with every change of it; 0 stands for an account without a role. */
export type Grant = {
  readonly account: string
  readonly role: Role | 'unbound'
  /** area codes; each covers what is inside it; `TH` covers all */
  readonly areas: readonly string[]
  readonly facility: number | null
  /** an organisation and call-sign, shown to every board; never a person's name */
  readonly label: string
  readonly version: number
  /** made by `make run` for an exercise; void while the operation is live */
  readonly drill: boolean
}
