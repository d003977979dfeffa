import path from 'node:path'
import { buildDashboard } from '../../hub/process/build.ts'

/** The dashboard, built once before any test asks for it: two test files at once would build it twice. */
export default async function setup(): Promise<void> {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
}
