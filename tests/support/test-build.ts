import path from 'node:path'
import { builtName } from '../../hub/process/built.ts'

const DIST = path.join(import.meta.dirname, '../../dashboard/dist')

/** Of a hub in the test's own process: the name that its pages have, or they would find another one and load themselves anew, some time in 20 s. */
export const testBuild = async (): Promise<string> => (await builtName(DIST)) ?? 'test'
