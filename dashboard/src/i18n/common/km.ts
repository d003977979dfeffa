import type { Translation } from '../words.ts'
import type * as en from './en.ts'

export const common: Translation<typeof en.common> = {
  app: 'Jitasa',
  close: 'បិទ',
  retry: 'ព្យាយាមម្តងទៀត',
  back: 'ថយក្រោយ',
  home: 'ទំព័រដើម',
  privacy: 'ទិន្នន័យផ្ទាល់ខ្លួន',
  loading: 'កំពុងបើក',
  language: 'ភាសា',
  required: 'ត្រូវតែបំពេញ',
  error: {
    title: 'មិនបានសម្រេច',
    unknown: 'មានបញ្ហាក្នុងទំព័រនេះ',
    offline: 'ភ្ជាប់ទៅម៉ាស៊ីនមេមិនបាន សូមពិនិត្យអ៊ីនធឺណិត ហើយព្យាយាមម្តងទៀត',
    byItself: 'ទំព័រនេះនឹងព្យាយាមម្តងទៀតដោយខ្លួនឯង',
    lostPart: 'ផ្នែកមួយនៃទំព័រនេះបើកមិនបាន សូមពិនិត្យអ៊ីនធឺណិត ហើយបើកទំព័រម្តងទៀត អ្វីដែលបានវាយតែមិនទាន់រក្សាទុកនឹងបាត់',
  },
  severity: { green: 'បៃតង', yellow: 'លឿង', red: 'ក្រហម', unknown: 'មិនទាន់ពិនិត្យ' },
  severityLetter: { green: 'ប', yellow: 'ល', red: 'ក', unknown: '?' },
  care: {
    hi: 'ដាក់ដោយឡែកនៅផ្ទះ',
    ci: 'មណ្ឌលដាក់ដោយឡែកសហគមន៍',
    field: 'មន្ទីរពេទ្យសនាម',
    hospitel: 'សណ្ឋាគារពេទ្យ',
    hospital: 'មន្ទីរពេទ្យ',
  },
  bedLevel: {
    '0': 'HI / CI',
    '1': 'បៃតង មិនប្រើអុកស៊ីសែន',
    '2_1': 'អុកស៊ីសែនតិច',
    '2_2': 'អុកស៊ីសែនច្រើន',
    '3': 'ICU',
  },
}
