import { en, type MessageKey } from './en.ts'

type Values = Readonly<Record<string, unknown>>

/** `{…}` is filled in from the error's details; times are Bangkok's hour and minute; programs find all of it in the details. */
export type Sentence = string | ((values: Values) => string)

/** `form`: the other languages say it as the help form does. `everyone`: may meet somebody without an account. */
export type Refusal = { readonly status: number; readonly en: Sentence; readonly everyone?: true } & (
  | { readonly th: string }
  | { readonly form: MessageKey }
)

const form = (status: number, key: MessageKey) => ({ status, en: en[key], form: key })

function lost({ holder }: Values): string {
  return holder === undefined
    ? 'Your claim has ended; reload the case.'
    : 'Your claim has ended: {holder} has this since {since}. Reload the case.'
}

/**
 * Why a request is refused: the code that programs tell refusals apart by, the HTTP status, and the sentence in the two
 * languages of accounts. A new refusal is one entry; of `everyone`, my.ts, lo.ts and km.ts do not compile without it.
 */
export const REFUSALS = {
  unauthenticated: { status: 401, en: 'Sign in first.', th: 'กรุณาเข้าสู่ระบบก่อน' },
  forbidden: {
    status: 403,
    en: 'This lies outside your area, or your role does not include it.',
    th: 'อยู่นอกพื้นที่ของคุณ หรือบทบาทของคุณทำรายการนี้ไม่ได้',
  },
  not_found: {
    status: 404,
    en: 'There is no {what} {id}, or it lies outside your area.',
    th: 'ไม่พบรายการ หรืออยู่นอกพื้นที่ของคุณ',
    everyone: true,
  },
  refused: { status: 400, en: 'This cannot be done.', th: 'ทำรายการนี้ไม่ได้', everyone: true },
  aborted: { status: 499, en: 'The client went away.', th: 'การเชื่อมต่อถูกยกเลิก' },
  database_away: {
    status: 503,
    en: 'The database does not answer. Live screens go on; try again in a few seconds.',
    th: 'ฐานข้อมูลไม่ตอบสนอง โปรดลองใหม่ในอีกสักครู่',
    everyone: true,
  },
  api_away: {
    status: 502,
    en: 'The hub that works with the database does not answer. Live screens go on; try again in a few seconds.',
    th: 'ระบบที่รับคำสั่งไม่ตอบสนอง จอแสดงผลยังทำงานต่อ โปรดลองใหม่ในอีกสักครู่',
    everyone: true,
  },
  api_silent: {
    status: 504,
    en: 'The hub that works with the database took too long. Look whether it was done before you do it again.',
    th: 'ระบบที่รับคำสั่งใช้เวลานานเกินไป โปรดตรวจดูก่อนว่าดำเนินการแล้วหรือยัง แล้วจึงลองใหม่',
    everyone: true,
  },
  internal: {
    status: 500,
    en: 'Something failed inside the hub; its log says what, under {requestId}.',
    th: 'ระบบขัดข้อง แจ้งผู้ดูแลระบบพร้อมหมายเลข {requestId}',
    everyone: true,
  },
  busy: {
    status: 503,
    en: 'Too many people are signing in at this moment; try again in 5 s.',
    th: 'มีผู้ใช้พร้อมกันมากเกินไป โปรดลองใหม่ในอีกสักครู่',
    everyone: true,
  },
  not_ready: { status: 503, en: '{why}', th: 'ระบบกำลังเริ่มทำงาน โปรดลองใหม่ในอีกสักครู่' },
  too_long: {
    status: 503,
    en: 'This takes too long; ask for fewer days.',
    th: 'การอ่านใช้เวลานานเกินไป โปรดเลือกช่วงที่สั้นลง',
  },
  too_many_requests: {
    status: 429,
    en: 'This address asks too often; try again in {seconds} s.',
    th: 'ทำรายการบ่อยเกินไป โปรดรอ {seconds} วินาที',
    everyone: true,
  },
  reveals_used_up: {
    status: 429,
    en: 'You have opened the data of as many people as your role may in an hour. From {until} you can open more; until then a colleague can, or whoever supervises the case.',
    th: 'คุณเปิดดูข้อมูลบุคคลครบจำนวนที่บทบาทของคุณเปิดได้ใน 1 ชั่วโมงแล้ว เปิดเพิ่มได้ตั้งแต่ {until} ระหว่างนี้ให้เพื่อนร่วมงานหรือผู้กำกับดูแลเคสเปิดแทน',
  },
  foreign_origin: {
    status: 403,
    en: 'A page of another address ({origin}) may not change anything here. Open the hub at its own address.',
    th: 'คำขอมาจากหน้าเว็บอื่น โปรดเปิดระบบจากที่อยู่ของระบบเอง',
    everyone: true,
  },
  idempotency_key: {
    status: 400,
    en: 'Send a header Idempotency-Key of 8 to 200 visible ASCII characters, new for each command and the same when you repeat it.',
    th: 'หน้านี้ไม่ตรงกับเซิร์ฟเวอร์ กรุณาโหลดหน้าใหม่',
    everyone: true,
  },
  unknown_reference: {
    status: 422,
    en: 'Something the request names does not exist.',
    th: 'ข้อมูลที่อ้างถึงไม่มีอยู่ กรุณาโหลดหน้าใหม่',
  },
  exists: { status: 409, en: 'This exists already.', th: 'มีรายการนี้อยู่แล้ว' },
  implausible: {
    status: 422,
    en: 'These numbers are hardly true. Look again; if they are right, confirm them.',
    th: 'ตัวเลขนี้ไม่น่าเป็นไปได้ กรุณาตรวจสอบ หากถูกต้อง ให้ยืนยันอีกครั้ง',
  },
  impossible_value: {
    status: 422,
    en: 'A value of the request is not possible.',
    th: 'มีค่าที่เป็นไปไม่ได้ กรุณาตรวจสอบข้อมูลที่กรอก',
  },
  retention_bounds: {
    status: 422,
    en: 'Between {least} and {most} days: the law and the text that people agreed to set these bounds.',
    th: 'กำหนดได้ {least} ถึง {most} วัน ตามกฎหมายและข้อความที่ประชาชนยินยอมไว้',
  },
  threshold_none: {
    status: 422,
    en: 'No value of this number is abnormal by itself, so it has no thresholds.',
    th: 'ตัวเลขนี้ไม่มีค่าใดผิดปกติโดยตัวเอง จึงไม่มีเกณฑ์',
  },
  threshold_order: {
    status: 422,
    en: 'The alarm must be at least as bad as the watch: a number that alarms is worth a look too.',
    th: 'เกณฑ์วิกฤตต้องรุนแรงไม่น้อยกว่าเกณฑ์เฝ้าระวัง',
  },
  threshold_never: {
    status: 422,
    en: 'This can never be met: the number lies between {min} and {max}.',
    th: 'เกณฑ์นี้ไม่มีวันถึง ตัวเลขนี้อยู่ระหว่าง {min} ถึง {max}',
  },
  threshold_always: {
    status: 422,
    en: 'This would always be met, and say nothing: the number lies between {min} and {max}.',
    th: 'เกณฑ์นี้ถึงเสมอจึงไม่บอกอะไร ตัวเลขนี้อยู่ระหว่าง {min} ถึง {max}',
  },
  already_claimed: {
    status: 409,
    en: '{holder} was faster: has it since {since}. Take another, or ask them to hand it over.',
    th: '{holder} รับเรื่องนี้ไว้ตั้งแต่ {since} เลือกเรื่องอื่น หรือขอให้ส่งต่อ',
  },
  resource_open: {
    status: 409,
    en: 'Nobody has taken this request yet. Take it first.',
    th: 'ยังไม่มีผู้รับคำขอนี้ กรุณารับก่อน',
  },
  resource_ended: {
    status: 409,
    en: 'This request has been delivered or closed already.',
    th: 'คำขอนี้ส่งมอบหรือปิดไปแล้ว',
  },
  call_free: {
    status: 409,
    en: 'Nobody has taken this call, or the time for it ran out. Take it first.',
    th: 'ยังไม่มีผู้รับสายนี้ หรือหมดเวลาแล้ว กรุณารับสายก่อน',
  },
  call_ended: {
    status: 409,
    en: 'This call has ended already.',
    th: 'สายนี้สิ้นสุดแล้ว',
  },
  alert_held: {
    status: 409,
    en: '{holder} has this alert since {since}.',
    th: '{holder} รับการแจ้งเตือนนี้ไว้ตั้งแต่ {since}',
  },
  alert_free: {
    status: 409,
    en: 'Nobody has this alert any more; take it.',
    th: 'ไม่มีใครรับการแจ้งเตือนนี้ไว้แล้ว กดรับได้เลย',
  },
  alert_ended: {
    status: 409,
    en: 'This alert is over. Its history says how.',
    th: 'การแจ้งเตือนนี้สิ้นสุดแล้ว ดูรายละเอียดได้ในประวัติ',
  },
  alert_over: {
    status: 409,
    en: 'What this alert is about is over; acknowledge it, there is nothing to shelve.',
    th: 'เหตุของการแจ้งเตือนนี้สิ้นสุดแล้ว กดรับทราบได้เลย ไม่ต้องพักไว้',
  },
  alert_not_shelved: {
    status: 409,
    en: 'This alert is not shelved.',
    th: 'การแจ้งเตือนนี้ไม่ได้พักไว้',
  },
  alert_of_others: {
    status: 403,
    en: 'This alert is for another role to answer.',
    th: 'การแจ้งเตือนนี้เป็นหน้าที่ของบทบาทอื่น',
  },
  rule_indicator: {
    status: 422,
    en: 'There is no indicator or measure {indicator}.',
    th: 'ไม่มีตัวชี้วัดหรือค่าชื่อ {indicator}',
  },
  rule_option: {
    status: 422,
    en: 'This indicator is asked by {options}; give one of them.',
    th: 'ตัวชี้วัดนี้ต้องระบุอย่างใดอย่างหนึ่ง: {options}',
  },
  rule_area: {
    status: 422,
    en: 'This indicator says nothing about this kind of area.',
    th: 'ตัวชี้วัดนี้ใช้กับพื้นที่ระดับนี้ไม่ได้',
  },
  rule_condition: {
    status: 422,
    en: 'This condition does not fit the unit of the indicator.',
    th: 'เงื่อนไขนี้ใช้กับหน่วยของตัวชี้วัดนี้ไม่ได้',
  },
  rule_bound: {
    status: 422,
    en: 'It would always ring, or never: the number lies between {min} and {max}.',
    th: 'กฎนี้จะเตือนตลอดเวลาหรือไม่เตือนเลย ตัวเลขนี้อยู่ระหว่าง {min} ถึง {max}',
  },
  rule_clear: {
    status: 422,
    en: 'It must end at the bound or on the better side of it.',
    th: 'เกณฑ์สิ้นสุดต้องเท่ากับเกณฑ์เตือนหรืออยู่ในด้านที่ดีกว่า',
  },
  rule_owner: {
    status: 422,
    en: 'By a rule of a province somebody of the province answers: choose a role of it, and escalate to national command.',
    th: 'กฎของจังหวัดต้องให้บทบาทในจังหวัดเป็นผู้ตอบ กรุณาเลือกบทบาทในจังหวัด แล้วยกระดับไปยังส่วนกลาง',
  },
  rule_escalation: {
    status: 422,
    en: 'It can be escalated only to a role above its owner.',
    th: 'ยกระดับได้เฉพาะไปยังบทบาทที่อยู่เหนือผู้รับผิดชอบ',
  },
  personal_number: {
    status: 422,
    en: 'This looks like a phone or an ID number, and many people read what is written here: leave it out.',
    th: 'ข้อความนี้เหมือนมีเบอร์โทรหรือเลขประจำตัว และมีผู้อ่านจำนวนมาก กรุณาตัดออก',
  },
  time_ahead: {
    status: 422,
    en: 'The end must lie ahead, and within {hours} hours.',
    th: 'เวลาสิ้นสุดต้องอยู่ข้างหน้า และไม่เกิน {hours} ชั่วโมง',
  },
  period_running: {
    status: 409,
    en: '{by} has had the shift of this area since {since}. It is handed over, not begun anew.',
    th: '{by} อยู่เวรของพื้นที่นี้ตั้งแต่ {since} ต้องส่งเวร ไม่ใช่เริ่มใหม่',
  },
  period_state: {
    status: 409,
    en: 'The shift is not in the state for this; somebody was faster. Look again.',
    th: 'สถานะของเวรเปลี่ยนไปแล้ว มีผู้ทำรายการก่อน กรุณาดูใหม่',
  },
  own_handover: {
    status: 409,
    en: 'You wrote this hand-over: whoever takes over accepts it, with an account of their own. If you stay, take it back.',
    th: 'คุณเป็นผู้ส่งเวรนี้ ผู้รับเวรต้องรับด้วยบัญชีของตนเอง หากยังอยู่เวร ให้เรียกคืน',
  },
  message_ended: {
    status: 409,
    en: 'This message has ended or was withdrawn already.',
    th: 'ข้อความนี้สิ้นสุดหรือถูกถอนไปแล้ว',
  },
  not_holder: {
    status: 403,
    en: '{holder} has this since {since}. Only they or a supervisor may change it.',
    th: '{holder} รับเรื่องนี้ไว้ตั้งแต่ {since} เฉพาะผู้รับเรื่องหรือหัวหน้าเท่านั้นที่เปลี่ยนได้',
  },
  held_by_others: {
    status: 409,
    en: '{holder} has this since {since}: {need}. Ask them to finish or release it; a supervisor may close the case all the same.',
    th: '{holder} รับเรื่อง{need}ของเคสนี้ไว้ตั้งแต่ {since} ขอให้ทำให้เสร็จหรือคืนเรื่องก่อน หรือให้หัวหน้าเป็นผู้ปิดเคส',
  },
  transfer_under_way: {
    status: 409,
    en: 'A transfer of this person is under way. Let it arrive, or call it off first.',
    th: 'กำลังส่งต่อผู้ป่วยรายนี้อยู่ รอให้ถึงปลายทาง หรือยกเลิกการส่งต่อก่อน',
  },
  not_at_home: {
    status: 409,
    en: 'This person is not in care at home any more, so there is no daily check. Look at the case.',
    th: 'ผู้ป่วยรายนี้ไม่ได้ดูแลที่บ้านแล้ว จึงไม่ต้องติดตามประจำวัน โปรดดูที่เคส',
    everyone: true,
  },
  kit_lent: {
    status: 409,
    en: 'This kit is with the person already. When it is another one, take the first back.',
    th: 'ให้ยืมอุปกรณ์นี้ไปแล้ว หากเป็นเครื่องใหม่ ให้บันทึกรับคืนเครื่องเดิมก่อน',
  },
  kit_not_lent: {
    status: 409,
    en: 'This kit was not lent to the person, so it cannot come back.',
    th: 'ไม่ได้ให้ยืมอุปกรณ์นี้ จึงรับคืนไม่ได้',
  },
  own_request: {
    status: 403,
    en: 'You asked for this bed: a second person approves it, from the bed coordination or the health office.',
    th: 'คุณเป็นผู้ขอเตียงนี้ ต้องให้ผู้อื่นอนุมัติ เช่น ศูนย์บริหารเตียงหรือ สสจ.',
  },
  vaccine_by_kind: {
    status: 422,
    en: 'This site counts its vaccine by kind, and the sum follows from that. Report the kinds alone.',
    th: 'สถานที่นี้นับวัคซีนแยกตามชนิด ยอดรวมคำนวณให้เอง โปรดรายงานเฉพาะแต่ละชนิด',
  },
  other_province_agrees: {
    status: 409,
    en: 'This facility is in another province, whose coordination has to agree. Ask there instead of approving.',
    th: 'สถานพยาบาลนี้อยู่ต่างจังหวัด ต้องให้ศูนย์บริหารเตียงของจังหวัดนั้นตอบรับ โปรดขอไปที่นั่นแทนการอนุมัติ',
  },
  stale_fence: { status: 409, en: lost, th: 'การรับเรื่องของคุณสิ้นสุดแล้ว โปรดโหลดเคสใหม่' },
  lease_expired: {
    status: 409,
    en: 'Your claim ran out at {ended}. Claim it again.',
    th: 'การรับเรื่องของคุณหมดเวลาเมื่อ {ended} โปรดรับเรื่องอีกครั้ง',
  },
  not_offered: {
    status: 403,
    en: 'This was not offered to you, or the offer was taken back.',
    th: 'เรื่องนี้ไม่ได้ส่งต่อให้คุณ หรือถูกถอนไปแล้ว',
  },
  not_utf8: {
    status: 400,
    en: 'The body is not UTF-8. Send JSON in UTF-8; nothing was saved.',
    th: 'ข้อมูลที่ส่งมาไม่ใช่ UTF-8 ไม่มีการบันทึก',
  },
  outcome_day: {
    status: 422,
    en: 'The day has to be from {notBefore} to {notAfter}, not {outcomeDay}.',
    th: 'วันที่ต้องอยู่ระหว่าง {notBefore} ถึง {notAfter}',
  },
  not_possible: {
    status: 409,
    en: 'This is not possible now: it has changed meanwhile. Look at it again.',
    th: 'ตอนนี้ทำรายการนี้ไม่ได้ โปรดโหลดเคสใหม่',
  },
  correction_closed: {
    status: 409,
    en: '{holder} was faster, and has closed this at {since}. Open it again if it is not done.',
    th: '{holder} ปิดรายการนี้ไปแล้วเมื่อ {since} หากยังไม่เรียบร้อย ให้เปิดอีกครั้ง',
  },
  override_needed: {
    status: 422,
    en: 'A red case cannot stay at home. Name who takes the responsibility: office and call-sign.',
    th: 'เคสสีแดงอยู่บ้านไม่ได้ ต้องระบุผู้รับผิดชอบการตัดสินใจ',
  },
  reason_needed: {
    status: 422,
    en: 'The person has told of danger signs. Say why this is milder than red.',
    th: 'ผู้ป่วยแจ้งอาการอันตรายไว้ กรุณาเลือกเหตุผลที่ประเมินเบากว่าสีแดง',
  },
  bed_needed: { status: 422, en: 'Choose the facility and the bed level.', th: 'กรุณาระบุสถานพยาบาลและระดับเตียง' },
  no_bed_available: {
    status: 409,
    en: 'No staffed level-{level} bed is free there now: of {staffed}, {occupied} are occupied, {held} held and {cleaning} being cleaned; the next hold ends: {until}. Choose another facility or level.',
    th: 'ขณะนี้ไม่มีเตียงระดับ {level} ว่างที่นั่น: จาก {staffed} เตียง มีผู้ป่วย {occupied} จองไว้ {held} กำลังทำความสะอาด {cleaning} การจองถัดไปหมดเวลา: {until} กรุณาเลือกที่อื่นหรือระดับอื่น',
  },
  too_late: {
    status: 409,
    en: 'This can be taken back for 30 seconds only. Make a new change instead.',
    th: 'เลิกทำได้ภายใน 30 วินาทีเท่านั้น กรุณาแก้ไขเป็นรายการใหม่',
  },
  not_yours: {
    status: 403,
    en: 'Somebody else did this. Make a new change instead.',
    th: 'รายการนี้เป็นของผู้อื่น กรุณาแก้ไขเป็นรายการใหม่',
  },
  other_account: {
    status: 409,
    en: 'Another account recorded these. Sign in with it to send them.',
    th: 'ข้อมูลเหล่านี้บันทึกด้วยบัญชีอื่น เข้าสู่ระบบด้วยบัญชีนั้นเพื่อส่ง',
  },
  same_reported: {
    status: 409,
    en: 'The same was reported at {since}. Does it come on top, or should what was reported be corrected?',
    th: 'มีรายงานที่เหมือนกันแล้วเมื่อ {since} ต้องการเพิ่ม หรือแก้ไขรายงานเดิม',
  },
  report_followed: {
    status: 409,
    en: 'This has been taken back already, or something has happened to the same since. Report it anew.',
    th: 'รายการนี้ถูกเลิกทำแล้ว หรือมีการเปลี่ยนแปลงหลังจากนั้น กรุณารายงานใหม่',
  },
  older_report: {
    status: 409,
    en: 'A newer count stands already. Nothing was changed.',
    th: 'มีรายงานที่ใหม่กว่าอยู่แล้ว ไม่มีการเปลี่ยนแปลงใด ๆ',
  },
  push_service_unknown: {
    status: 422,
    en: 'This hub sends push messages to none but {hosts}; {host} is not among them.',
    th: 'ระบบนี้ส่งการแจ้งเตือนผ่าน {host} ไม่ได้ ส่งได้เฉพาะ {hosts}',
  },
  push_off: {
    status: 409,
    en: 'This hub sends no push messages: PUSH_SERVICES is none.',
    th: 'ระบบนี้ไม่ส่งการแจ้งเตือนแบบพุช (PUSH_SERVICES เป็น none)',
  },
  mail_off: {
    status: 409,
    en: 'This hub sends no mail: SMTP_URL is not set.',
    th: 'ระบบนี้ไม่ส่งอีเมล (ยังไม่ได้ตั้งค่า SMTP_URL)',
  },
  no_way_out: {
    status: 409,
    en: 'There is no device and no confirmed mail address that a message could go to.',
    th: 'ยังไม่มีอุปกรณ์หรืออีเมลที่ยืนยันแล้วให้ส่งข้อความไป',
  },
  no_code: {
    status: 409,
    en: 'No address waits for a code; give one first.',
    th: 'ไม่มีอีเมลที่รอรหัสยืนยัน กรุณาระบุอีเมลก่อน',
  },
  devices_many: {
    status: 409,
    en: 'At most {max} devices; remove one first.',
    th: 'มีอุปกรณ์ได้ไม่เกิน {max} เครื่อง กรุณานำออกก่อนหนึ่งเครื่อง',
  },
  webhooks_many: {
    status: 409,
    en: 'At most {max} webhooks; remove one first.',
    th: 'มีเว็บฮุกได้ไม่เกิน {max} รายการ กรุณานำออกก่อนหนึ่งรายการ',
  },
  webhook_in_clear: {
    status: 422,
    en: 'A webhook takes https; http only to this machine itself.',
    th: 'เว็บฮุกต้องเป็น https (http ใช้ได้เฉพาะภายในเครื่องนี้)',
  },
  webhook_private: {
    status: 422,
    en: 'This is an address of this machine or its networks; webhooks go there only where WEBHOOK_HOSTS names it.',
    th: 'เป็นที่อยู่ภายในเครื่องหรือเครือข่ายภายใน ต้องระบุไว้ใน WEBHOOK_HOSTS ก่อน',
  },
  webhook_unlisted: {
    status: 422,
    en: 'This hub speaks to listed hosts alone, and OUTWARD_HOSTS does not name this one.',
    th: 'ระบบนี้ส่งข้อมูลไปยังโฮสต์ที่กำหนดไว้เท่านั้น และโฮสต์นี้ไม่อยู่ใน OUTWARD_HOSTS',
  },
  code_taken: {
    status: 409,
    en: 'Code {code} is that of {nameEn} (no. {facility}, district {district}) already.',
    th: 'รหัส {code} เป็นของ{nameTh} (เลขที่ {facility}) อยู่แล้ว',
  },
  stale_version: {
    status: 409,
    en: '{by} changed this at {since}. Load it again and make your change anew.',
    th: '{by} แก้ไขรายการนี้เมื่อ {since} กรุณาโหลดใหม่แล้วแก้ไขอีกครั้ง',
  },
  facility_closed: {
    status: 409,
    en: 'This facility has been closed since {since}; nothing can be reported for it. Reopen it first.',
    th: 'สถานพยาบาลนี้ปิดแล้ว จึงรายงานไม่ได้ ต้องเปิดใหม่ก่อน',
  },
  site_closed: {
    status: 409,
    en: 'This site has been closed since {since}. Nothing is lost: choose the site where the dose was given, or none, and send it again.',
    th: 'จุดนี้ปิดตั้งแต่ {since} ข้อมูลไม่หาย เลือกจุดที่ฉีดจริงหรือไม่ระบุจุด แล้วส่งอีกครั้ง',
  },
  facility_merged: {
    status: 409,
    en: 'This entry has been merged into facility no. {into}. Use that one.',
    th: 'รายการนี้รวมเข้ากับสถานพยาบาลเลขที่ {into} แล้ว กรุณาใช้รายการนั้น',
  },
  merge_held: {
    status: 409,
    en: 'Transfers hold more level-{level} beds than the entry that stays has free. Let them arrive, or call them off first.',
    th: 'มีการส่งต่อที่จองเตียงระดับ {level} มากกว่าเตียงว่างของรายการที่เก็บไว้ รอให้ถึงปลายทางหรือยกเลิกก่อน',
  },
  import_changed: {
    status: 409,
    en: 'What the file would change is no longer what was shown. Look at the preview again.',
    th: 'สิ่งที่ไฟล์นี้จะเปลี่ยนไม่ตรงกับที่แสดงไว้แล้ว กรุณาตรวจดูอีกครั้ง',
  },
  file_unreadable: { status: 422, en: 'The file {what}', th: 'อ่านไฟล์ไม่ได้: {what}' },
  unknown_scope: {
    status: 400,
    en: 'There is no scope {scope}. Take nation, public:NN, province:NN, board:NN or alerts.',
    th: 'ไม่มีข้อมูลชุดนี้',
  },
  no_feed: {
    status: 404,
    en: 'The feed has no {what}. It has nation and public:NN, and of each the steps and the snapshot that /feed/SCOPE names now.',
    th: 'ไม่มีข้อมูลส่วนนี้แล้ว โปรดอ่านดัชนีใหม่',
  },
  unknown_area: { status: 404, en: 'There is no area {parent} with areas below it.', th: 'ไม่มีพื้นที่นี้' },
  unknown_account: { status: 404, en: 'There is no such account.', th: 'ไม่มีบัญชีนี้' },
  unknown_key: { status: 404, en: 'There is no such key in force in your area.', th: 'ไม่มีคีย์นี้ที่ยังใช้ได้ในพื้นที่ของคุณ' },
  unknown_screen: { status: 404, en: 'There is no such screen in your area.', th: 'ไม่มีจอนี้ในพื้นที่ของคุณ' },
  scene_place: {
    status: 400,
    en: 'Scene {scene}: there is no place {place} with a wall.',
    th: 'ฉากที่ {scene}: ไม่มีจอของพื้นที่ {place}',
  },
  scene_unplayed: {
    status: 404,
    en: '{screen} has no such scene in its list.',
    th: 'จอ {screen} ไม่มีฉากนี้ในรายการ',
  },
  scene_reach: {
    status: 400,
    en: 'Scene {scene}: this screen may show the nation, its health region, its province and what lies in it, not {place}.',
    th: 'ฉากที่ {scene}: จอนี้แสดงได้เฉพาะประเทศ เขตสุขภาพ จังหวัดของตน และพื้นที่ในจังหวัด ไม่รวม {place}',
  },
  not_in_scope: { status: 404, en: 'This does not stand in the scope now.', th: 'ไม่มีรายการนี้ในข้อมูลชุดนี้แล้ว' },
  unknown_code: {
    status: 404,
    en: 'No screen shows this code, or it has expired. Let the screen show a new one.',
    th: 'ไม่มีจอที่แสดงรหัสนี้ หรือรหัสหมดอายุแล้ว ให้จอแสดงรหัสใหม่',
  },
  unknown_invitation: {
    status: 404,
    en: 'This invitation has been used, has expired, or was taken back. Ask for a new one.',
    th: 'คำเชิญนี้ถูกใช้แล้ว หมดอายุ หรือถูกยกเลิก โปรดขอคำเชิญใหม่',
  },
  taken: { status: 409, en: 'This e-mail address or user name has an account already.', th: 'อีเมลหรือชื่อผู้ใช้นี้มีบัญชีอยู่แล้ว' },
  wrong_binding: {
    status: 400,
    en: 'The role, the areas and the facility do not fit together.',
    th: 'บทบาท พื้นที่ และสถานพยาบาลไม่สอดคล้องกัน',
  },
  last_administrator: {
    status: 409,
    en: 'This is the last administrator; make another one first.',
    th: 'นี่คือผู้ดูแลระบบคนสุดท้าย โปรดสร้างผู้ดูแลอีกคนก่อน',
  },
  no_role: {
    status: 409,
    en: 'This account has no role yet, and so may do nothing that could be disabled.',
    th: 'บัญชีนี้ยังไม่มีบทบาท โปรดกำหนดบทบาทก่อน',
  },
  no_login: {
    status: 400,
    en: 'An account needs an e-mail address or a user name to sign in with.',
    th: 'ต้องมีอีเมลหรือชื่อผู้ใช้สำหรับเข้าสู่ระบบ',
  },
  wrong_login: {
    status: 401,
    en: 'User name or password is wrong. Check for capital letters and the keyboard language, then try again.',
    th: 'ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ตรวจตัวพิมพ์ใหญ่และภาษาของแป้นพิมพ์ แล้วลองอีกครั้ง',
  },
  session_renewed: {
    status: 401,
    en: 'You go on under a new sign-in, which another tab has just proven. Send this again.',
    th: 'มีการยืนยันตัวตนใหม่ในแท็บอื่นเมื่อสักครู่ โปรดส่งรายการนี้อีกครั้ง',
  },
  factor_needed: {
    status: 401,
    en: 'Show your second factor first: a passkey, a code of your app, or a recovery code.',
    th: 'โปรดยืนยันตัวตนขั้นที่สองก่อน ด้วยพาสคีย์ รหัสจากแอป หรือรหัสกู้คืน',
  },
  factor_owed: {
    status: 403,
    en: 'Your role needs a second factor. Set one up at /account; until then nothing else is open to you.',
    th: 'บทบาทของคุณต้องใช้การยืนยันตัวตนสองขั้น โปรดตั้งค่าที่หน้า /account ก่อน จึงจะใช้งานส่วนอื่นได้',
  },
  proof_needed: {
    status: 403,
    en: 'This wants to know that it is still you. Prove it once more; then this is done.',
    th: 'รายการนี้ต้องยืนยันว่าเป็นคุณ โปรดยืนยันตัวตนอีกครั้ง แล้วจะดำเนินการให้',
  },
  wrong_factor_code: {
    status: 400,
    en: 'This code is wrong, too old, or was used before. Take the next one.',
    th: 'รหัสนี้ไม่ถูกต้อง หมดเวลา หรือถูกใช้ไปแล้ว โปรดใช้รหัสถัดไป',
  },
  wrong_passkey: {
    status: 400,
    en: 'This passkey did not answer as it should, or took too long. Try again.',
    th: 'พาสคีย์ตอบไม่ถูกต้องหรือใช้เวลานานเกินไป โปรดลองอีกครั้ง',
  },
  wrong_proof_password: {
    status: 400,
    en: 'The password is wrong; nothing was done.',
    th: 'รหัสผ่านไม่ถูกต้อง ยังไม่ได้ดำเนินการใด ๆ',
  },
  no_such_proof: {
    status: 409,
    en: 'This account proves itself in another way. Sign out and in again if you have none of them.',
    th: 'บัญชีนี้ยืนยันตัวตนด้วยวิธีอื่น หากไม่มีวิธีใดเลย โปรดออกจากระบบแล้วเข้าใหม่',
  },
  factor_locked: {
    status: 429,
    en: 'Too many wrong codes: try again after {until}, or use a passkey.',
    th: 'กรอกรหัสผิดหลายครั้ง โปรดลองใหม่หลัง {until} หรือใช้พาสคีย์',
  },
  last_factor: {
    status: 409,
    en: 'Your role needs a second factor, and this is your only one. Add another first.',
    th: 'บทบาทของคุณต้องใช้การยืนยันตัวตนสองขั้น และนี่เป็นวิธีเดียวที่มี โปรดเพิ่มวิธีอื่นก่อน',
  },
  factors_many: {
    status: 409,
    en: 'This account has {max} second factors already. Remove one first.',
    th: 'บัญชีนี้มีวิธียืนยันตัวตนครบ {max} รายการแล้ว โปรดลบออกก่อน',
  },
  passkey_taken: {
    status: 409,
    en: 'This passkey belongs to an account already.',
    th: 'พาสคีย์นี้ผูกกับบัญชีอยู่แล้ว',
  },
  no_passkeys: {
    status: 409,
    en: 'Passkeys need https and a name in place of a number; use an authenticator app here.',
    th: 'พาสคีย์ใช้ได้เฉพาะที่อยู่แบบ https ที่เป็นชื่อ ไม่ใช่ตัวเลข โปรดใช้แอปยืนยันตัวตนแทน',
  },
  unknown_factor: {
    status: 404,
    en: 'You have no such second factor.',
    th: 'ไม่พบวิธียืนยันตัวตนนี้ในบัญชีของคุณ',
  },
  unknown_session: {
    status: 404,
    en: 'You have no such session; it may have ended already.',
    th: 'ไม่พบเซสชันนี้ อาจสิ้นสุดไปแล้ว',
  },
  wrong_password: {
    status: 400,
    en: 'The current password is wrong; nothing was changed.',
    th: 'รหัสผ่านปัจจุบันไม่ถูกต้อง ไม่มีการเปลี่ยนแปลงใด ๆ',
  },
  locked_out: {
    status: 429,
    en: 'Too many wrong passwords from here: try again after {until}, or ask your administrator for a new password.',
    th: 'กรอกรหัสผ่านผิดหลายครั้งจากที่นี่ โปรดลองใหม่หลัง {until} หรือขอรหัสผ่านใหม่จากผู้ดูแลระบบ',
  },
  password_issued: {
    status: 403,
    en: 'This password was issued to you. Choose one of your own to sign in.',
    th: 'รหัสผ่านนี้เป็นรหัสที่ได้รับมา โปรดตั้งรหัสผ่านของคุณเองเพื่อเข้าสู่ระบบ',
  },
  account_disabled: {
    status: 403,
    en: 'This account has been disabled. Ask an administrator.',
    th: 'บัญชีนี้ถูกปิดใช้งาน โปรดติดต่อผู้ดูแลระบบ',
  },
  drill_account: {
    status: 403,
    en: 'This account is for exercises, and the operation is live. Sign in with an account of your own.',
    th: 'บัญชีนี้ใช้สำหรับการฝึกซ้อม โปรดเข้าสู่ระบบด้วยบัญชีของคุณเอง',
  },
  authorization_pending: { status: 400, en: 'The screen has not been approved yet.', th: 'รอการอนุมัติจากผู้ดูแล' },
  slow_down: { status: 400, en: 'The screen asks too often.', th: 'ถามบ่อยเกินไป โปรดรอสักครู่' },
  expired_token: {
    status: 400,
    en: 'The code has expired. Let the screen show a new one.',
    th: 'รหัสหมดอายุแล้ว ให้จอแสดงรหัสใหม่',
  },
  access_denied: { status: 400, en: 'The screen was not approved.', th: 'ผู้ดูแลไม่อนุมัติจอนี้' },
  invalid_grant: {
    status: 400,
    en: 'This code cannot be used. Let the screen show a new one.',
    th: 'รหัสนี้ใช้ไม่ได้ ให้จอแสดงรหัสใหม่',
  },
  invalid_request: { status: 400, en: 'The request is wrong.', th: 'คำขอไม่ถูกต้อง กรุณาโหลดหน้าใหม่' },
  invalid_client: { status: 400, en: 'The request is wrong.', th: 'คำขอไม่ถูกต้อง กรุณาโหลดหน้าใหม่' },
  method_not_allowed: { status: 405, en: '{method} is not served here.', th: 'ระบบไม่รับคำขอแบบ {method}' },
  transfer_encoding: {
    status: 501,
    en: 'Transfer-Encoding may only be chunked.',
    th: 'Transfer-Encoding ต้องเป็น chunked เท่านั้น',
  },
  body_too_large: { status: 413, en: 'The body may have {bytesMax} bytes.', th: 'ข้อมูลที่ส่งมายาวได้ไม่เกิน {bytesMax} ไบต์' },
  body_too_slow: { status: 408, en: 'The body did not arrive in time.', th: 'ข้อมูลมาไม่ครบภายในเวลาที่กำหนด' },
  no_oidc: { status: 404, en: 'No OpenID Connect provider is configured here.', th: 'ยังไม่ได้ตั้งค่าการเข้าสู่ระบบผ่านหน่วยงาน' },
  oidc_unreachable: {
    status: 502,
    en: '{provider} does not answer. Try again, or sign in by password.',
    th: 'ระบบเข้าสู่ระบบของหน่วยงานไม่ตอบสนอง โปรดลองใหม่หรือใช้รหัสผ่าน',
  },
  invalid_input: { status: 400, en: 'The request is wrong in: {where}.', form: 'form_wrong' },
  idempotency_key_reused: {
    status: 422,
    en: 'This Idempotency-Key was sent before with another request. Use a new one.',
    form: 'key_reused',
  },
  code_wrong: form(422, 'code_wrong'),
  code_expired: form(422, 'code_expired'),
  code_used_up: form(422, 'code_used_up'),
  digits_needed: form(403, 'digits_needed'),
  digits_wrong: form(422, 'digits_wrong'),
  asker_unknown: form(403, 'asker_unknown'),
  code_unknown: form(404, 'code_unknown'),
  no_phone: form(409, 'no_phone'),
  phone_check_off: form(409, 'phone_check_off'),
  phone_country: form(409, 'phone_country'),
  too_many: form(429, 'too_many'),
  puzzle_needed: form(428, 'puzzle_needed'),
  puzzle_wrong: form(422, 'puzzle_wrong'),
  puzzle_expired: form(422, 'puzzle_expired'),
  ended: form(409, 'ended'),
  consent_unknown: form(422, 'consent_unknown'),
  phone_unproven: form(403, 'phone_unproven'),
  erasure_asked: form(409, 'erasure_asked'),
} as const satisfies Readonly<Record<string, Refusal>>

/** What programs tell refusals apart by. */
export type ErrorCode = keyof typeof REFUSALS

type Variant = { readonly of: ErrorCode; readonly en: Sentence; readonly status?: number }

/** Other occasions of the same refusals: more precise in English, and the same in every other language. */
export const VARIANTS = {
  metrics_token: {
    of: 'unauthenticated',
    en: 'Send METRICS_TOKEN as `Authorization: Bearer …`; where none is set, metrics are for this machine alone.',
  },
  foreign_host: {
    of: 'foreign_origin',
    status: 421,
    en: 'This was asked of {host}, and the hub is {own} (PUBLIC_URL). Open it there; a proxy in front has to pass Host on.',
  },
  key_wrong: { of: 'unauthenticated', en: 'This API key is unknown, has expired or was revoked.' },
  not_in_key: { of: 'forbidden', en: 'This API key does not include this.' },
  not_in_role: { of: 'forbidden', en: 'Your role does not include this.' },
  not_held: { of: 'forbidden', en: 'Only the one who holds it, or their supervisor in the area, may do this.' },
  other_facility: { of: 'forbidden', en: 'This is not your facility.' },
  other_area: { of: 'forbidden', en: 'This lies outside your area.' },
  other_province: { of: 'forbidden', en: 'This lies outside your province.' },
  not_readable: { of: 'forbidden', en: 'Your role or area does not include {what}.' },
  no_route: { of: 'not_found', en: 'There is nothing at {method} {path}.' },
  readers_busy: { of: 'busy', en: 'Too many ask for older days; try again in 10 s.' },
  briefings_busy: { of: 'busy', en: 'Many briefings are being written; try again in 5 s.' },
  answer_late: { of: 'too_long', en: 'The hub could not answer in time. Try again.' },
  unfinished: { of: 'internal', en: 'Something failed inside the hub; its log says what.' },
  header_twice: { of: 'invalid_request', en: 'The header {header} stands twice.' },
  no_host: { of: 'invalid_request', en: 'The Host header is missing or is not a host.' },
  no_length: { of: 'invalid_request', en: 'Content-Length is not a count of bytes.' },
  not_encoded: {
    of: 'invalid_request',
    en: 'The address of the request holds characters that have to be percent-encoded.',
  },
  key_too_often: { of: 'too_many_requests', en: 'This API key asks too often; try again in {seconds} s.' },
  account_too_often: { of: 'too_many_requests', en: 'This account asks too often; try again in {seconds} s.' },
  tries_from_address: { of: 'too_many_requests', en: 'Too many attempts from this address; try again in {seconds} s.' },
  tries: { of: 'too_many_requests', en: 'Too many attempts; try again in {seconds} s.' },
  screens_from_address: {
    of: 'too_many_requests',
    en: 'Too many requests from this address; try again in {seconds} s.',
  },
  no_area: { of: 'unknown_area', status: 400, en: 'There is no area {area}.' },
  no_invitation: { of: 'unknown_invitation', en: 'There is no such invitation, or it has been accepted.' },
  facility_missing: { of: 'wrong_binding', en: 'The role {role} needs the facility it works for.' },
  facility_wrong: { of: 'wrong_binding', en: 'There is no facility {facility}.' },
  facility_given: { of: 'wrong_binding', en: 'The role {role} is bound to areas, not to a facility.' },
  areas_missing: { of: 'wrong_binding', en: 'The role {role} needs at least one area.' },
  areas_many: { of: 'wrong_binding', en: 'At most {max} areas; a province covers its districts.' },
  areas_small: {
    of: 'wrong_binding',
    en: '{small}: volunteers alone are bound to sub-districts, others to districts or larger areas; take {districts}.',
  },
  areas_wrong: { of: 'wrong_binding', en: 'There is no area {unknown}.' },
  wrong_field: { of: 'invalid_input', status: 422, en: REFUSALS.invalid_input.en },
  form_wrong: { of: 'invalid_input', en: en.form_wrong },
} as const satisfies Readonly<Record<string, Variant>>

export type RefusalName = ErrorCode | keyof typeof VARIANTS

type PublicCode = { [C in ErrorCode]: (typeof REFUSALS)[C] extends { everyone: true } ? C : never }[ErrorCode]

/** What my.ts, lo.ts and km.ts must say. */
export type PublicRefusals = Readonly<Record<PublicCode, string>>

/** Whether an error of another library is one of the API's own. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(REFUSALS, code)
}

/** The code, status and sentences behind a name. */
export function refusalOf(name: RefusalName): Refusal & { readonly code: ErrorCode } {
  if (isErrorCode(name)) return { code: name, ...REFUSALS[name] }
  const { of, ...own }: Variant = VARIANTS[name]
  return { code: of, ...REFUSALS[of], ...own }
}
