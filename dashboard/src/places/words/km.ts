import type { Translation } from '../../i18n/words.ts'
import type * as en from './en.ts'

export const place: Translation<typeof en.place> = {
  locate: 'ប្រើកន្លែងដែលខ្ញុំនៅឥឡូវនេះ',
  locating: 'កំពុងរកទីតាំងរបស់អ្នក…',
  near: (place) => `ជិត ${place}`,
  pinSet: 'បានដៅទីតាំងលើផែនទីហើយ',
  metres: (metres) => `ត្រឹម ${metres} ម៉ែត្រ`,
  removePin: 'លុបចំណុច',
  apart: 'ចំណុចនៅខេត្តផ្សេងពីតំបន់ដែលបានជ្រើសរើស',
  apartKeep: 'ត្រឹមត្រូវហើយ ប្រើទាំងពីរ',
  map: 'ដៅទីតាំងលើផែនទី',
  mapHide: 'លាក់ផែនទី',
  mapHint: 'អូសផែនទីឱ្យចំណុចនៅលើកន្លែងរបស់អ្នក',
  mapHere: 'ដៅត្រង់នេះ',
  mapCloser: 'សូមពង្រីកផែនទីជាមុនសិន',
  mapMissing: 'ឧបករណ៍នេះបង្ហាញផែនទីមិនបាន សូមជ្រើសរើសតំបន់ខាងក្រោម',
  denied: 'ឧបករណ៍នេះមិនប្រាប់ទីតាំង សូមជ្រើសរើសតំបន់ខាងក្រោម',
  failed: 'រកទីតាំងមិនឃើញ សូមសាកម្តងទៀតនៅខាងក្រៅ ឬជ្រើសរើសតំបន់ខាងក្រោម',
  or: 'ឬជ្រើសរើសតំបន់',
  province: 'ខេត្ត (จังหวัด)',
  district: 'ស្រុក (อำเภอ)',
  subdistrict: 'ឃុំ (ตำบล)',
  choose: 'ជ្រើសរើស',
  dontKnow: 'មិនដឹង',
  areasMissing: 'មិនអាចបើកបញ្ជីតំបន់ឥឡូវនេះ',
}
