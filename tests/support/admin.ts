import { run } from '../../hub/admin/run.ts'
import { SECRET } from '../security/hub.ts'
import type { TestDatabase } from './pg.ts'

/** An operator's command at the hub's own machine (`npm run admin -- …`), who is asked nothing. @returns the lines it said */
export async function runAdmin(database: TestDatabase, argv: readonly string[], now = new Date()) {
  const said = { out: [] as string[], err: [] as string[] }
  const io = {
    out: (line: string) => void said.out.push(line),
    err: (line: string) => void said.err.push(line),
    ask: async () => undefined,
  }
  const given = { ...database, ownerUrl: database.url, publicUrl: 'http://localhost', secret: async () => SECRET }
  return { code: await run(argv, { ...given, now, io }), ...said }
}

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

/** `npm run admin -- audit-verify`. @returns what it wrote to either stream */
export async function verifyAudit(database: TestDatabase, options: readonly string[]) {
  const { code, out, err } = await runAdmin(database, ['audit-verify', ...options])
  return { code, out: textOf(out), err: textOf(err) }
}
