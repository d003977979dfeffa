import type { RetentionRule } from './retention.ts'

/** PDPA ss. 19, 24 (2), 24 (4), 26 (5) (a), and the employer’s or agency’s own legitimate interest, 24 (5). */
export const LEGAL_BASES = ['consent', 'vital', 'public_task', 'public_health', 'interest'] as const
export type LegalBasis = (typeof LEGAL_BASES)[number]

/** What a table asks for is said by its level (docs/privacy.md); one without people is public. */
export const DATA_LEVELS = ['working', 'personal', 'health', 'secret'] as const
export type DataLevel = (typeof DATA_LEVELS)[number]

/** One activity of the record of processing (PDPA s. 39). `rule`: what ends it; none: as long as the operation runs. */
export type Processing = {
  readonly id: string
  readonly level: DataLevel
  readonly en: string
  readonly th: string
  readonly tables: readonly string[]
  readonly basis: readonly LegalBasis[]
  /** who reads it */
  readonly roles: readonly string[]
  readonly rule: RetentionRule | null
}

const WORKERS = ['volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator', 'facility_staff']
const SUPERVISORS = ['district_chief', 'provincial_health', 'governor']

/** retention.pg.test.ts holds every table of the database against it: a new one stands here, or among those without personal data. */
export const PROCESSING: readonly Processing[] = [
  {
    id: 'requests',
    level: 'health',
    en: 'Requests for help: who asks, how to reach them, what they need and how they are',
    th: 'คำขอความช่วยเหลือ: ผู้ขอ ช่องทางติดต่อ ความต้องการ และอาการ',
    tables: [
      'people',
      'case_private',
      'complaints',
      'checks',
      'contacts',
      'contact_notes',
      'help_requests',
      'consents',
      'data_requests',
    ],
    basis: ['consent', 'vital', 'public_health'],
    roles: [...WORKERS, ...SUPERVISORS],
    rule: 'requests',
  },
  {
    id: 'history',
    level: 'working',
    en: 'What was done for whom, by which desk: steps, needs, transfers, care at home; without names',
    th: 'สิ่งที่ทำให้แต่ละเคสและหน่วยที่ทำ: ขั้นตอน ความต้องการ การส่งต่อ การดูแลที่บ้าน โดยไม่มีชื่อ',
    tables: [
      'cases',
      'case_events',
      'needs',
      'transfers',
      'care_events',
      'care_keepers',
      'recorded',
      'vulnerable_calls',
    ],
    basis: ['public_task', 'public_health'],
    roles: [...WORKERS, ...SUPERVISORS, 'national', 'auditor'],
    rule: null,
  },
  {
    id: 'register',
    level: 'health',
    en: 'The register of the vulnerable (608): who is to be called',
    th: 'ทะเบียนกลุ่มเปราะบาง (608): ผู้ที่ต้องโทรติดตาม',
    tables: ['vulnerable'],
    basis: ['consent', 'public_health'],
    roles: ['volunteer', 'hotline', ...SUPERVISORS],
    rule: 'register',
  },
  {
    id: 'calls',
    level: 'personal',
    en: 'Calls to the hotline: the number and what was said',
    th: 'สายที่โทรเข้าสายด่วน: หมายเลขและสิ่งที่แจ้ง',
    tables: ['calls', 'call_numbers'],
    basis: ['vital', 'public_task'],
    roles: ['hotline', ...SUPERVISORS],
    rule: 'calls',
  },
  {
    id: 'codes',
    level: 'secret',
    en: 'One-time codes and budgets of text messages',
    th: 'รหัสใช้ครั้งเดียวและโควตาข้อความ',
    tables: ['one_time_codes', 'message_budgets'],
    basis: ['consent'],
    roles: [],
    rule: 'codes',
  },
  {
    id: 'answers',
    level: 'working',
    en: 'Answers that a phone may ask for again',
    th: 'คำตอบที่โทรศัพท์อาจขอซ้ำ',
    tables: ['idempotency'],
    basis: ['public_task'],
    roles: [],
    rule: 'answers',
  },
  {
    id: 'notices',
    level: 'personal',
    en: 'Messages to those who work here, their devices and mail boxes',
    th: 'ข้อความถึงผู้ปฏิบัติงาน อุปกรณ์และกล่องจดหมาย',
    tables: ['notices', 'notifications', 'notification_settings', 'push_subscriptions'],
    basis: ['interest'],
    roles: [],
    rule: 'notices',
  },
  {
    id: 'accounts',
    level: 'secret',
    en: 'Accounts of those who work here: sign-in, second factors, sessions, who looks at what now',
    th: 'บัญชีผู้ปฏิบัติงาน: การเข้าสู่ระบบ การยืนยันตัวตนขั้นที่สอง เซสชัน และกำลังดูเรื่องใด',
    tables: [
      'accounts',
      'account_credentials',
      'account_factors',
      'account_grants',
      'account_recovery_codes',
      'account_sessions',
      'account_verifications',
      'device_codes',
      'session_revocations',
      'sign_in_failures',
      'presence',
    ],
    basis: ['interest', 'public_task'],
    roles: ['administrator'],
    rule: null,
  },
  {
    id: 'invitations',
    level: 'personal',
    en: 'Invitations to accounts',
    th: 'คำเชิญเปิดบัญชี',
    tables: ['invitations'],
    basis: ['interest'],
    roles: ['administrator', 'provincial_health'],
    rule: 'invitations',
  },
  {
    id: 'audit',
    level: 'personal',
    en: 'The audit log: which account did and opened what, when and from where',
    th: 'บันทึกการใช้งาน: บัญชีใดทำหรือเปิดดูอะไร เมื่อใด จากที่ใด',
    tables: ['audit_log', 'audit_chain', 'audit_pending', 'audit_pruned'],
    basis: ['interest', 'public_task'],
    roles: ['auditor'],
    rule: 'audit',
  },
  {
    id: 'desk',
    level: 'working',
    en: 'Words of those who work here: alerts, command, facilities’ desks',
    th: 'ข้อความของผู้ปฏิบัติงาน: การแจ้งเตือน การสั่งการ ช่องทางของสถานพยาบาล',
    tables: [
      'alert_events',
      'alerts',
      'command_log',
      'command_messages',
      'periods',
      'objectives',
      'facility_contacts',
      'facility_events',
      'bed_reports',
      'resource_events',
      'resources',
      'api_keys',
      'webhooks',
    ],
    basis: ['public_task'],
    roles: [...SUPERVISORS, 'national', 'administrator'],
    rule: null,
  },
]
