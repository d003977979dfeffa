import { defineWords } from '../i18n/words.ts'

/** What a strip of command says beside what people wrote. */
export const commandWords = defineWords(
  {
    label: 'From command',
    urgent: 'Urgent',
    more: (count: string) => `${count} more`,
    objectives: (count: string) => `Objectives ${count}, next:`,
    due: (at: string) => `due ${at}`,
    late: (at: string) => `was due ${at}`,
  },
  {
    label: 'จากศูนย์บัญชาการ',
    urgent: 'ด่วน',
    more: (count: string) => `อีก ${count} ข้อความ`,
    objectives: (count: string) => `เป้าหมาย ${count} ข้อ ถัดไป:`,
    due: (at: string) => `ภายใน ${at}`,
    late: (at: string) => `เลยกำหนด ${at}`,
  },
)
