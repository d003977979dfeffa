import type { Translation } from '../words.ts'
import type * as en from './en.ts'

export const cases: Translation<typeof en.cases> = {
  need: {
    bed: 'គ្រែពេទ្យ',
    oxygen: 'អុកស៊ីសែន',
    medicine: 'ថ្នាំ',
    food: 'អាហារ និងទឹក',
    transport: 'ឡានទៅពេទ្យ',
    test: 'តេស្តកូវីដ',
    funeral: 'បុណ្យសព',
  },
  symptom: {
    cannot_finish_sentence: 'ហត់ខ្លាំង និយាយមិនចប់ប្រយោគ',
    constant_chest_tightness: 'តឹងទ្រូងជាប់រហូត',
    drowsy: 'ងងុយខ្លាំង ពិបាកដាស់',
    breathless_on_exertion: 'ហត់ពេលដើរ',
    pneumonia: 'គ្រូពេទ្យថារលាកសួត',
    fever: 'គ្រុនក្តៅ',
    cough: 'ក្អក',
    sore_throat: 'ឈឺបំពង់ក',
    no_smell_or_taste: 'មិនធុំក្លិន ឬមិនដឹងរសជាតិ',
    diarrhoea: 'រាគ',
    none: 'គ្មានអាការទាំងនេះ',
  },
  risk: {
    age60: 'អាយុ 60 ឆ្នាំឡើងទៅ',
    disease7: 'ជំងឺរ៉ាំរ៉ៃ៖ សួត បេះដូង តម្រងនោម ដាច់សរសៃឈាមខួរក្បាល ធាត់ មហារីក ទឹកនោមផ្អែម',
    pregnant: 'មានផ្ទៃពោះ 12 សប្តាហ៍ឡើងទៅ',
  },
}
