import type { Translation } from '../../i18n/words.ts'
import type * as en from './en.ts'

export const form: Translation<typeof en.form> = {
  skip: 'រំលងទៅខ្លឹមសារ',
  exercise: 'សមយុទ្ធ',
  exerciseText: 'នេះជាការហ្វឹកហាត់ គ្មាននរណាមកទេ។ បើមានអាសន្នពិត សូមទូរស័ព្ទ 1669',
  emergencyTitle: 'ទូរស័ព្ទឥឡូវនេះ កុំរង់ចាំចម្លើយនៅទីនេះ',
  emergencyText: 'អាការដែលអ្នកបានជ្រើសរើសអាចមានគ្រោះថ្នាក់ក្នុងប៉ុន្មាននាទី',
  ambulance: 'ឡានពេទ្យបន្ទាន់ មិនគិតថ្លៃ ២៤ ម៉ោង',
  hotline: 'ទូរស័ព្ទសុខភាព និងកូវីដ',
  call: 'ទូរស័ព្ទ',
  problems: 'សូមពិនិត្យ៖',
}
