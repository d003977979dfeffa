import type { DueMessage } from '../../../db/queries/outbox.ts'
import type { AnnouncedRule } from '../../contract/privacy/retention.ts'
import type { AccountLanguage, MessageKind } from '../../contract/vocabulary/notifications.ts'
import type { Message } from '../../senders/delivery.ts'

type Said = Pick<
  DueMessage,
  'kind' | 'language' | 'more' | 'area' | 'name_th' | 'name_en' | 'subject_id' | 'facts' | 'drill'
>

const TITLES: Readonly<Record<Exclude<MessageKind, 'alert'>, Readonly<Record<AccountLanguage, string>>>> = {
  red_need: { th: 'ต้องการความช่วยเหลือระดับสีแดงใกล้คุณ', en: 'A red need near you' },
  lease: { th: 'เคสที่คุณรับไว้ใกล้หมดเวลา', en: 'Your claim is about to end' },
  offer: { th: 'มีผู้ขอส่งต่อเคสให้คุณ', en: 'A hand-over is offered to you' },
  retention: { th: 'ข้อมูลจะถูกลบตามหลักเกณฑ์', en: 'Data goes by its rule' },
  word: { th: 'ผู้ขอความช่วยเหลือแจ้งเพิ่มเติม', en: 'The person has added something' },
  test: { th: 'ข้อความทดสอบ', en: 'A test message' },
  code: { th: 'รหัสยืนยันอีเมล', en: 'Your confirmation code' },
}
const TEST = { th: 'การแจ้งเตือนมาถึงที่นี่แล้ว', en: 'Notifications arrive here.' }
/** What of, by the rules that are announced (hub/contract/privacy/retention.ts). */
const OF_RULE: Readonly<Record<AnnouncedRule, Readonly<Record<AccountLanguage, string>>>> = {
  requests: { th: 'ข้อมูลผู้ขอที่คำขอสิ้นสุดแล้ว', en: 'People whose request has ended' },
  register: { th: 'รายการในทะเบียนกลุ่มเปราะบาง', en: 'Entries of the register of the vulnerable' },
  audit: { th: 'รายการในบันทึกการใช้งาน', en: 'Entries of the audit log' },
}
const OVER = { th: 'จบแล้ว: ', en: 'Over: ' }
const DRILL = { th: '[ฝึกซ้อม] ', en: '[DRILL] ' }

/** What a fact of a notice is, in a language: `{th, en}` as triggers write it. */
function told(fact: unknown, language: AccountLanguage): string {
  return String((fact as Readonly<Record<string, unknown>> | undefined)?.[language] ?? '')
}

/** Whether it says that an alert is over. */
export const isOver = ({ facts }: Pick<DueMessage, 'facts'>): boolean => facts.over === true

function others(more: number, language: AccountLanguage): string {
  if (more === 0) return ''
  return language === 'th' ? ` และอีก ${more} รายการ` : ` and ${more} more`
}

/** `People whose request has ended: 12, on 2021-11-18` */
function goes({ rule, records, goesOn }: Said['facts'], language: AccountLanguage): string {
  const of = OF_RULE[rule as AnnouncedRule][language]
  return language === 'th' ? `${of} ${records} รายการ วันที่ ${goesOn}` : `${of}: ${records}, on ${goesOn}`
}

/** Case number and district, and nothing of anybody. @param base the address people use */
export function messageOf(said: Said, base: string): Message {
  const { kind, language, more, subject_id: subject, facts } = said
  const place = (language === 'th' ? said.name_th : said.name_en) ?? said.area
  const drill = said.drill ? DRILL[language] : ''
  if (kind === 'code')
    return { title: `${drill}${TITLES.code[language]}: ${String(facts.code)}`, body: String(facts.code), url: '' }
  if (kind === 'test')
    return { title: drill + TITLES.test[language], body: TEST[language], url: `${base}/notifications` }
  if (kind === 'retention')
    return {
      title: drill + TITLES.retention[language],
      body: `${goes(facts, language)}${others(more, language)}`,
      url: `${base}/admin/privacy`,
    }
  if (kind === 'alert')
    return {
      title: drill + (isOver(said) ? OVER[language] : '') + told(facts.title, language),
      body: `${told(facts.where, language)}${others(more, language)}`,
      url: more > 0 ? `${base}/alerts` : `${base}/alerts?alert=${subject}`,
    }
  const number = language === 'th' ? `เคส ${subject}` : `Case ${subject}`
  return {
    title: drill + TITLES[kind][language],
    body: `${number}${others(more, language)} · ${place}`,
    url: more > 0 ? `${base}/board` : `${base}/case/${subject}`,
  }
}
