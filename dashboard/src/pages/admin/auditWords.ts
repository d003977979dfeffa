import { defineWords } from '../../i18n/words.ts'

/** What the audit log's codes say. A code that is not here is shown as it is. */
export const auditWords = defineWords(
  {
    action: {
      'case.reveal': 'Saw name, phone and place',
      'case.complaint': 'Saw what the person says of their condition',
      'case.search': 'Searched by tracking code or phone',
      'account.create': 'Made an account',
      'account.set_role': 'Changed role or area',
      'account.disable': 'Disabled an account',
      'account.enable': 'Enabled an account',
      'account.reset_password': 'Reset a password',
      'account.sign_out': 'Signed an account out everywhere',
      'account.invite': 'Made an invitation',
      'account.accept_invitation': 'Accepted an invitation',
      'screen.approve': 'Switched a screen on',
      'screen.move': 'Changed a screen’s area',
      'screen.remove': 'Switched a screen off',
      'session.begin': 'Signed in',
      'session.locked_out': 'Locked out after wrong passwords',
      'session.end_all': 'Signed out everywhere',
      'session.change_password': 'Changed the own password',
      'operation.set_day': 'Set the day of the operation',
      'threshold.set': 'Set thresholds',
    },
    subject: {
      case: (id: string) => `Case ${id}`,
      account: 'An account that is gone',
      invitation: 'An invitation',
      operation: 'The operation',
      facility: (id: string) => `Facility ${id}`,
    },
    detail: {
      from: 'before',
      to: 'after',
      kind: 'kind',
      role: 'role',
      areas: 'areas',
      facility: 'facility',
      label: 'call-sign',
      sessions: 'sessions ended',
      by: 'by',
      found: 'cases found',
      watch: 'watch',
      watchBefore: 'watch before',
      alarm: 'alarm',
      alarmBefore: 'alarm before',
    },
    anyAction: 'Everything',
    day: 'Day',
    case: 'Case number',
    only: (who: string) => `Only ${who}`,
    all: 'Show everybody',
  },
  {
    action: {
      'case.reveal': 'เปิดดูชื่อ เบอร์โทร และที่อยู่',
      'case.complaint': 'เปิดดูอาการที่แจ้ง',
      'case.search': 'ค้นหาด้วยรหัสติดตามหรือเบอร์โทร',
      'account.create': 'สร้างบัญชี',
      'account.set_role': 'เปลี่ยนบทบาทหรือพื้นที่',
      'account.disable': 'ระงับบัญชี',
      'account.enable': 'เปิดใช้บัญชี',
      'account.reset_password': 'ตั้งรหัสผ่านใหม่ให้บัญชี',
      'account.sign_out': 'ให้บัญชีออกจากระบบทุกเครื่อง',
      'account.invite': 'สร้างคำเชิญ',
      'account.accept_invitation': 'ตอบรับคำเชิญ',
      'screen.approve': 'เปิดใช้จอ',
      'screen.move': 'เปลี่ยนพื้นที่ของจอ',
      'screen.remove': 'ปิดจอ',
      'session.begin': 'เข้าสู่ระบบ',
      'session.locked_out': 'ถูกล็อกเพราะใส่รหัสผ่านผิด',
      'session.end_all': 'ออกจากระบบทุกเครื่อง',
      'session.change_password': 'เปลี่ยนรหัสผ่านของตนเอง',
      'operation.set_day': 'กำหนดวันปฏิบัติการ',
      'threshold.set': 'กำหนดเกณฑ์',
    },
    subject: {
      case: (id: string) => `เคส ${id}`,
      account: 'บัญชีที่ไม่มีแล้ว',
      invitation: 'คำเชิญ',
      operation: 'ปฏิบัติการ',
      facility: (id: string) => `สถานพยาบาล ${id}`,
    },
    detail: {
      from: 'ก่อน',
      to: 'หลัง',
      kind: 'ประเภท',
      role: 'บทบาท',
      areas: 'พื้นที่',
      facility: 'สถานพยาบาล',
      label: 'นามเรียกขาน',
      sessions: 'เซสชันที่สิ้นสุด',
      by: 'โดย',
      found: 'เคสที่พบ',
      watch: 'เฝ้าระวัง',
      watchBefore: 'เฝ้าระวังเดิม',
      alarm: 'วิกฤต',
      alarmBefore: 'วิกฤตเดิม',
    },
    anyAction: 'ทั้งหมด',
    day: 'วันที่',
    case: 'เลขเคส',
    only: (who: string) => `เฉพาะ ${who}`,
    all: 'แสดงทุกคน',
  },
)

export type AuditAction = keyof typeof auditWords.en.action
export const AUDIT_ACTIONS = Object.keys(auditWords.en.action) as readonly AuditAction[]

export function isAuditAction(text: string): text is AuditAction {
  return Object.hasOwn(auditWords.en.action, text)
}

export type AuditDetail = keyof typeof auditWords.en.detail
export function isAuditDetail(text: string): text is AuditDetail {
  return Object.hasOwn(auditWords.en.detail, text)
}
