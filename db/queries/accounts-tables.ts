import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { FactorKind, RuledRole, SessionFactor } from '../../hub/contract/vocabulary/factors.ts'
import type { OperationKind } from '../../hub/contract/vocabulary/operation.ts'
import type { Role } from '../../hub/contract/vocabulary/roles.ts'
import type { OrderState, ScreenOrder } from '../../hub/contract/vocabulary/screens.ts'
import type { WallView } from '../../hub/contract/vocabulary/walls.ts'

type Timestamp = ColumnType<Date, Date, Date>
type TimestampNow = ColumnType<Date, Date | undefined, Date>
type TimestampOrNone = ColumnType<Date | null, Date | null | undefined, Date | null>

type Accounts = {
  id: Generated<string>
  name: string
  /** `…@no-mail.invalid` when the person has none: better-auth wants one */
  email: string
  email_verified: Generated<boolean>
  image: ColumnType<string | null, string | null | undefined, string | null>
  username: string | null
  drill: Generated<boolean>
  created_at: TimestampNow
  updated_at: TimestampNow
  /** screens only */
  seen_at: TimestampOrNone
  /** screens only: the SHA-256 of the key that its page keeps */
  screen_key: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>
  /** the password was chosen by somebody else, and must be changed before it opens anything */
  password_issued_at: TimestampOrNone
}

type AccountCredentials = {
  id: Generated<string>
  provider: string
  subject: string
  account_id: string
  password: string | null
  created_at: TimestampNow
  updated_at: TimestampNow
}

type AccountSessions = {
  id: Generated<string>
  token: string
  account_id: string
  expires_at: Timestamp
  user_agent: string | null
  ip_address: string | null
  created_at: TimestampNow
  /** what stands for it in audit log and revocations; kept by a trigger */
  session_hash: GeneratedAlways<string>
  /** something was done in it */
  used_at: TimestampNow
  /** who is there was last proven, by whatever way */
  proven_at: TimestampNow
  factor: SessionFactor | null
  factor_at: TimestampOrNone
  /** of a passkey, asked for and not yet answered */
  challenge: string | null
  challenge_until: TimestampOrNone
}

type AccountFactors = {
  id: Generated<string>
  account_id: string
  kind: FactorKind
  name: string
  /** of an authenticator app, sealed (hub/http/auth/factors/totp.ts) */
  secret: Buffer | null
  /** of the newest code that was taken: each is taken once */
  last_step: Generated<number>
  credential: string | null
  public_key: Buffer | null
  counter: Generated<number>
  transports: Generated<string[]>
  created_at: Timestamp
  /** null: waits for its first code */
  confirmed_at: TimestampOrNone
  used_at: TimestampOrNone
}

type AccountRecoveryCodes = { code_hash: Buffer; account_id: string; created_at: Timestamp }

type SignInRules = {
  role: RuledRole
  /** from when a second factor is demanded; null: never */
  factor_from: TimestampOrNone
  idle_minutes: number
  life_hours: number
}

type SignInSettings = { id: Generated<boolean>; in_drill: boolean; proof_minutes: number; many_reveals: number }

type DeviceCodes = {
  id: Generated<string>
  device_code: string
  user_code: string
  account_id: string | null
  expires_at: Timestamp
  status: string
  client_id: string | null
}

type ScreenOrders = {
  id: GeneratedAlways<number>
  screen_id: string
  kind: ScreenOrder
  text: string | null
  state: Generated<OrderState>
  at: Timestamp
  until: Timestamp
  taken_at: TimestampOrNone
}

type Binding = {
  role: Role
  areas: string[]
  facility_id: number | null
}

type AccountGrants = Binding & {
  account_id: string
  label: string
  version: Generated<number>
  disabled: Generated<boolean>
  drill: Generated<boolean>
}

type Invitations = Binding & {
  id: Generated<string>
  token_hash: Buffer
  label: string
  note: Generated<string>
  created_by: string | null
  created_at: Timestamp
  expires_at: Timestamp
  accepted_at: TimestampOrNone
  account_id: ColumnType<string | null, string | null | undefined, string | null>
}

type SignInFailures = {
  key: Buffer
  failures: number
  since: Timestamp
  locked_until: TimestampOrNone
}

export type ApiKeys = {
  id: Generated<string>
  prefix: string
  key_hash: Buffer
  label: string
  actions: string[]
  areas: string[]
  facilities: number[]
  created_by: string | null
  created_at: Timestamp
  expires_at: Timestamp
  revoked_at: TimestampOrNone
  used_at: TimestampOrNone
}

type ScreenScenes = {
  id: GeneratedAlways<number>
  screen_id: string
  rank: number
  place: string
  view: WallView
  seconds: number
  from_hour: number | null
  to_hour: number | null
}

export type AuditLog = {
  id: GeneratedAlways<number>
  at: TimestampNow
  actor: string | null
  role: string
  action: string
  resource: string
  area: string | null
  request_id: string | null
  details: ColumnType<Record<string, unknown>, string, never>
  address: string | null
  session: string | null
}

/** What role jitasa_auth works with; role jitasa_api sees none of it but `audit_log`. */
export type AccountsDatabase = {
  accounts: Accounts
  account_credentials: AccountCredentials
  account_sessions: AccountSessions
  device_codes: DeviceCodes
  screen_orders: ScreenOrders
  account_grants: AccountGrants
  invitations: Invitations
  sign_in_failures: SignInFailures
  api_keys: ApiKeys
  screen_scenes: ScreenScenes
  account_factors: AccountFactors
  account_recovery_codes: AccountRecoveryCodes
  sign_in_rules: SignInRules
  sign_in_settings: SignInSettings
  areas: { code: string; level: string }
  facilities: { id: number; district: string; kind: string; active: boolean }
  operation: { id: number; kind: OperationKind; title_th: string; title_en: string }
}
