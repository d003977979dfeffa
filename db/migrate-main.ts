import { main, readArguments, UsageProblem } from './command-line.ts'
import { prepareDatabase, roleVariables } from './connection.ts'
import { commandWithDatabase } from './interrupt.ts'
import { prepareAlone } from './prepare.ts'
import { makeRoles } from './restored.ts'

const HELP = `npm run migrate

Brings the database to the newest schema: roles, tables, policies, publication; seeds areas when there are none.

  --roles   makes the roles alone, before a restore into another cluster
  --urls    prints nothing but the variables of the roles' URLs, for the environment of a hub, which then needs no DATABASE_URL
  --help

Exit code 0 done or nothing to do, 1 the database refused, 2 wrong usage.
DATABASE_URL names the database; without it, the embedded one of DATA_DIR (default .data).`

await main({
  help: HELP,
  async run(argv) {
    const { values, positionals } = readArguments(argv, {
      roles: { type: 'boolean', default: false },
      urls: { type: 'boolean', default: false },
    })
    if (positionals.length > 0) throw new UsageProblem(`what is ${positionals[0]}?`)
    if (values.roles) {
      await commandWithDatabase(({ ownerUrl }) => prepareAlone(ownerUrl, makeRoles))
      console.log('The roles are there: restore the dump now, then run `npm run migrate`.')
      return 0
    }
    const { migrations, seeded, variables } = await commandWithDatabase(async (connections) => ({
      ...(await prepareDatabase(connections)),
      variables: roleVariables(connections),
    }))
    const say = values.urls ? console.error : console.log
    if (values.urls) process.stdout.write(variables)
    say(migrations.length > 0 ? `Migrated: ${migrations.join(', ')}.` : 'Nothing to migrate.')
    if (seeded) say('Seeded: areas and operation.')
    return 0
  },
})
