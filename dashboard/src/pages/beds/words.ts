import { defineWords } from '../../i18n/words.ts'

export const bedsWords = defineWords(
  {
    title: 'Beds: who goes where',
    lead: 'Transfers of your province, live. The nearest facility with a free bed is chosen already; one press approves it.',
    unknown: 'No such province',
    stage: { asked: 'Asked for', toAccept: 'To accept', onTheRoad: 'On the road' },
    none: {
      asked: 'Nobody waits for an approval.',
      toAccept: 'No facility has to answer.',
      onTheRoad: 'Nobody is on the road.',
    },
    waits: (span: string) => `asked ${span} ago`,
  },
  {
    title: 'เตียง: ใครไปที่ไหน',
    lead: 'การส่งต่อของจังหวัดคุณแบบสด ระบบเลือกที่ใกล้สุดที่มีเตียงว่างไว้แล้ว กดครั้งเดียวเพื่ออนุมัติ',
    unknown: 'ไม่มีจังหวัดนี้',
    stage: { asked: 'ขอเตียง', toAccept: 'รอปลายทางรับ', onTheRoad: 'กำลังเดินทาง' },
    none: {
      asked: 'ไม่มีรายการรออนุมัติ',
      toAccept: 'ไม่มีรายการรอปลายทางรับ',
      onTheRoad: 'ไม่มีผู้ป่วยระหว่างเดินทาง',
    },
    waits: (span: string) => `ขอเมื่อ ${span} ที่แล้ว`,
  },
)
