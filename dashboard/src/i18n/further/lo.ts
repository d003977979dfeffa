export { form } from '../../forms/words/lo.ts'
export { cases } from '../case/lo.ts'
export { common } from '../common/lo.ts'
