const en = {
  unknown: 'Something went wrong in this page. Load it again.',
  unreachable: 'The server cannot be reached. Nothing was lost here; check the network and send again.',
  unauthenticated: 'Your session has ended. Sign in again.',
  forbidden: 'Your role may not do this here.',
  invalid_input: 'Some of this is not right; see the fields.',
  unknown_area: 'There is no such area.',
  unknown_account: 'There is no such account.',
  taken: 'This e-mail address or user name has an account already.',
  last_administrator: 'This is the last administrator. Make another one first.',
  wrong_binding: 'Role, areas and facility do not fit together.',
  no_login: 'Give an e-mail address or a user name to sign in with.',
  no_role: 'This account has no role yet. Give it one first.',
  unknown_code: 'No screen shows this code, or it has expired. Let the screen show a new one.',
  unknown_screen: 'There is no such screen in your area.',
  unknown_invitation: 'This invitation has been used, has expired or was taken back. Ask for a new one.',
  older_report: 'A newer count stands already. Nothing was changed.',
  not_found: 'There is none, or it lies outside your area.',
  too_many_requests: 'Too many attempts. Wait a minute, then try again.',
  database_away: 'The database does not answer. Try again in a few seconds.',
}

export type ErrorCode = keyof typeof en

const th: Readonly<Record<ErrorCode, string>> = {
  unknown: 'เกิดข้อผิดพลาดในหน้านี้ โปรดโหลดใหม่',
  unreachable: 'ติดต่อเซิร์ฟเวอร์ไม่ได้ ข้อมูลในหน้านี้ยังอยู่ ตรวจสอบเครือข่ายแล้วส่งอีกครั้ง',
  unauthenticated: 'หมดเวลาเข้าใช้งาน โปรดเข้าสู่ระบบอีกครั้ง',
  forbidden: 'สิทธิ์ของคุณทำรายการนี้ที่นี่ไม่ได้',
  invalid_input: 'มีข้อมูลที่ไม่ถูกต้อง โปรดดูที่แต่ละช่อง',
  unknown_area: 'ไม่มีพื้นที่นี้',
  unknown_account: 'ไม่มีบัญชีนี้',
  taken: 'อีเมลหรือชื่อผู้ใช้นี้มีบัญชีอยู่แล้ว',
  last_administrator: 'นี่คือผู้ดูแลระบบคนสุดท้าย โปรดสร้างผู้ดูแลอีกคนก่อน',
  wrong_binding: 'บทบาท พื้นที่ และสถานพยาบาลไม่สอดคล้องกัน',
  no_login: 'ต้องมีอีเมลหรือชื่อผู้ใช้สำหรับเข้าสู่ระบบ',
  no_role: 'บัญชีนี้ยังไม่มีบทบาท โปรดกำหนดบทบาทก่อน',
  unknown_code: 'ไม่มีจอที่แสดงรหัสนี้ หรือรหัสหมดอายุแล้ว ให้จอแสดงรหัสใหม่',
  unknown_screen: 'ไม่มีจอนี้ในพื้นที่ของคุณ',
  unknown_invitation: 'คำเชิญนี้ถูกใช้แล้ว หมดอายุ หรือถูกยกเลิก โปรดขอคำเชิญใหม่',
  older_report: 'มีรายงานที่ใหม่กว่าอยู่แล้ว ไม่มีการเปลี่ยนแปลงใด ๆ',
  not_found: 'ไม่พบรายการ หรืออยู่นอกพื้นที่ของคุณ',
  too_many_requests: 'ลองหลายครั้งเกินไป โปรดรอหนึ่งนาที',
  database_away: 'ฐานข้อมูลไม่ตอบสนอง โปรดลองใหม่ในอีกสักครู่',
}

export const errorTexts = { en, th } as const

export function isErrorCode(code: string): code is ErrorCode {
  return code in en
}
