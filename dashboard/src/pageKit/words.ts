import { roleNames } from '../i18n/roles.ts'
import { defineWords } from '../i18n/words.ts'

/** Words of the pages at a desk: who one is, roles, and what every list has. */
export const deskWords = defineWords(
  {
    nation: 'Whole country',
    copy: 'Copy',
    copied: 'Copied',
    cancel: 'Cancel',
    save: 'Save',
    more: 'Show more',
    loadingMore: 'Loading',
    nothing: 'Nothing here yet',
    outside: 'Your account does not work in this province',
    own: 'My own province',
    search: 'Search',
    all: 'All',
    facility: 'Facilities',
    admin: 'Administration',
    list: 'Lists',
    role: roleNames.en,
  },
  {
    nation: 'ทั้งประเทศ',
    copy: 'คัดลอก',
    copied: 'คัดลอกแล้ว',
    cancel: 'ยกเลิก',
    save: 'บันทึก',
    more: 'แสดงเพิ่ม',
    loadingMore: 'กำลังโหลด',
    nothing: 'ยังไม่มีรายการ',
    outside: 'บัญชีของคุณไม่ได้ทำงานในจังหวัดนี้',
    own: 'จังหวัดของฉัน',
    search: 'ค้นหา',
    all: 'ทั้งหมด',
    facility: 'สถานพยาบาล',
    admin: 'ดูแลระบบ',
    list: 'รายการ',
    role: roleNames.th,
  },
)
