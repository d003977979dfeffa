import { KEY_ACTIONS } from '../contract/vocabulary/key-actions.ts'
import { ROLES } from '../contract/vocabulary/roles.ts'

export const USAGE = `npm run admin -- COMMAND [options]

  create-user --role ROLE --email ADDRESS | --username NAME [--name TEXT] [--area CODE]… [--facility ID] [--label TEXT] [--generate]
              the password is asked for; without a terminal, or with --generate, it is made and printed once
  invite      --role ROLE [--area CODE]… [--facility ID] --label TEXT      prints a link that works once, for seven days
  list        [--role ROLE] [--area CODE] [--text PART]
  set-role    LOGIN --role ROLE [--area CODE]… [--facility ID] [--label TEXT]
  disable     LOGIN        its sessions end at once, on every screen
  enable      LOGIN
  reset-password LOGIN [--generate]
  reset-factors LOGIN      removes the second factors of somebody who has lost them; ask them who they are first
  sign-out    LOGIN        ends every session
  create-key  --label TEXT --action ACTION… [--facility ID]… [--area CODE]… [--days N]      prints a key for another system, once
  list-keys
  revoke-key  PREFIX       its next request is refused
  set-day     YYYY-MM-DD [--kind live|drill|replay] [--yes]      the day every screen shows
  audit-verify [--heads FILE]   reads the whole audit log against its chain; says what was removed, changed, inserted or backdated, and ends with 1.
              FILE: lines \`AT SEQ HASH\`, as AUDIT_HEAD_FILE keeps them; they give away a chain that its owner has written anew
  who-saw     --person CASE | CODE | PHONE      who opened, searched or was refused the person's data: CSV, itself in the audit log
  erase-person --person CASE | CODE | PHONE     erases who somebody is, on their behalf, a day from now and once their case has ended; ask them who
              they are first. The person is told on the page of their request, and can take it back there
  keep-person --person CASE | CODE | PHONE      takes an erasure back that waits, whoever asked for it
  rotate-data-key      seals all personal data under a new data key, while hubs run; with DATA_KEY_BEFORE, from that key to DATA_KEY.
              May be ended at any time and started again
  audit       [--last N] [--action TEXT] [--resource TEXT] [--follow]

  LOGIN is an e-mail address or user name. --area: TH, or 2, 4 or 6 digits; may be given several times.
  --label is what boards show of the account: organisation and call-sign, never a person's name.
  Actions of a key: ${KEY_ACTIONS.join(', ')}.
  Roles: ${ROLES.filter((role) => role !== 'screen').join(', ')}.`
