import { beginResults } from './measures.ts'

export default beginResults
