import { expect, test } from 'vitest'
import { ACTIONS } from '../contract/vocabulary/actions.ts'
import { SUBJECTS } from '../contract/vocabulary/roles.ts'
import { reachOf } from './table.ts'

/** The table as people read it; `vitest -u` writes it anew, and the change is seen in review. */
test('TABLE.md says what the table says', async () => {
  const head = ['', ...SUBJECTS.map((subject) => subject.replaceAll('_', ' '))]
  const rows = ACTIONS.map((action) => [
    `\`${action}\``,
    ...SUBJECTS.map((subject) => {
      const reach = reachOf(subject, action)
      return reach === 'deny' ? '–' : reach
    }),
  ])
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((cells) => cells[i]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const table = [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
  await expect(`${INTRODUCTION}\n${table}\n`).toMatchFileSnapshot('TABLE.md')
})

const INTRODUCTION = `# Who may do what, and how far

Made from table.ts by its test. \`public\`: no session; \`unbound\`: signed in, without a role yet.
– denied · holder: what the account itself holds, inside its areas · last holder: and what it was the last to hold, until
the case is closed · facility: its own · area: inside its areas ·
province: the provinces its areas lie in · everywhere.
`
