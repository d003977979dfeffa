export { form } from '../../forms/words/my.ts'
export { cases } from '../case/my.ts'
export { common } from '../common/my.ts'
