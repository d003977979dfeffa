export { form } from '../../forms/words/km.ts'
export { cases } from '../case/km.ts'
export { common } from '../common/km.ts'
