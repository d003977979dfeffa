import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { chainHash, EMPTY } from '../../db/audit-chain.ts'
import { createSession } from '../../db/client.ts'
import { chainEntries, PRUNE_BATCH, pruneAudit, publishHead, readChain } from '../../db/queries/audit-chain.ts'
import { announceRules, keepRule } from '../../db/queries/retention.ts'
import { verifyAudit } from '../support/admin.ts'
import { databaseForFile, folderForFile } from '../support/for-file.ts'

const database = await databaseForFile()
const folder = await folderForFile()
const owner = createSession(database.url, 'jitasa test')
const DAY_MS = 86_400_000
const OLD = 40
const NEW = 20

beforeAll(() => owner.connect())
afterAll(() => owner.end())

const verify = (...options: string[]) => verifyAudit(database, options)

const tampered = (statement: string) =>
  owner.query(
    `alter table audit_log disable trigger user; alter table audit_chain disable trigger user; ${statement};
     alter table audit_log enable trigger user; alter table audit_chain enable trigger user`,
  )

/** A log of 40 entries that were written and chained 1,900 days ago, a link a minute, and of 20 of now. */
beforeEach(async () => {
  await tampered(
    `delete from audit_pruned; delete from audit_head; delete from audit_pending; delete from audit_chain; delete from audit_log;
     insert into audit_log (at, role, action, resource)
       select now() - interval '1900 days' + n * interval '1 minute', 'governor', 'case.reveal', 'case:' || n from generate_series(1, ${OLD}) n;
     insert into audit_chain (seq, entry, chained_at, adopted, hash)
       select row_number() over (order by id), id, at + interval '1 second', false, decode(repeat('00', 32), 'hex') from audit_log`,
  )
  let hash: Buffer = EMPTY
  for await (const link of readChain(owner)) {
    hash = chainHash(hash, link)
    await tampered(`update audit_chain set hash = decode('${hash.toString('hex')}', 'hex') where seq = ${link.seq}`)
  }
  await owner.query(
    `insert into audit_log (role, action, resource) select 'governor', 'case.reveal', 'case:1' from generate_series(1, ${NEW})`,
  )
  const { head } = await chainEntries(owner)
  if (head) await publishHead(owner, head, Date.now())
})

const counts = async () =>
  (
    await owner.query(
      `select (select count(*)::int from audit_log) as log, (select count(*)::int from audit_chain) as chain, (select min(seq)::int from audit_chain) as first`,
    )
  ).rows[0]
const old = () => new Date(Date.now() - 1825 * DAY_MS)

test('what is older than the rule says goes with its links; the rest is proven as before, by the same heads', async () => {
  const { rows } = await owner.query(
    `select seq, encode(hash, 'hex') as hash from audit_chain where seq in (30, 60) order by seq`,
  )
  const heads = path.join(folder, 'heads')
  await writeFile(heads, rows.map(({ seq, hash }) => `2021-11-11T00:00:00.000Z ${seq} ${hash}\n`).join(''))
  expect(await verify('--heads', heads)).toMatchObject({ code: 0, out: expect.stringContaining('60 entries') })
  await announceRules(owner, Date.now())
  expect((await owner.query(`select soon from retention_rules where rule = 'audit'`)).rows[0].soon).toBe(OLD - 1)
  expect(await keepRule(owner, 'audit', Date.now())).toBe(OLD - 1)
  await chainEntries(owner)
  // What ran is an entry itself.
  expect(await counts()).toEqual({ log: NEW + 2, chain: NEW + 2, first: OLD })
  const after = await verify('--heads', heads)
  expect(after).toMatchObject({ code: 0, err: expect.stringContaining('up to link 60') })
  expect(after.out).toMatch(/^22 entries as they were written/)
  expect(after.out).toMatch(/^Let go by their rule: 39, up to link 39 [0-9a-f]{64}\.$/m)
  expect(await keepRule(owner, 'audit', Date.now())).toBe(0)
})

test('goes in parts, each from where the last has ended', async () => {
  expect(PRUNE_BATCH).toBeGreaterThan(OLD)
  const { rows } = await owner.query(`select jitasa_prune_audit($1, 10) as gone`, [old()])
  expect(rows).toEqual([{ gone: 10 }])
  expect(await verify()).toMatchObject({ code: 0 })
  expect(await pruneAudit(owner, old())).toBe(OLD - 11)
  expect(await verify()).toMatchObject({ code: 0 })
  expect(await counts()).toEqual({ log: NEW + 1, chain: NEW + 1, first: OLD })
})

test('what was tampered with is not let go before somebody has looked', async () => {
  await tampered(`update audit_log set resource = 'case:2' where resource = 'case:7'`)
  await expect(pruneAudit(owner, old())).rejects.toThrow(/kept as it is until somebody has looked: entry \d+, link 7/)
  expect(await counts()).toMatchObject({ chain: OLD + NEW })
})

test('nothing of a year goes, whoever asks; and nobody but the job may', async () => {
  await expect(owner.query('select jitasa_prune_audit($1, 10)', [new Date(Date.now() - 364 * DAY_MS)])).rejects.toThrow(
    /kept for a year at least/,
  )
  await expect(owner.query('delete from audit_log')).rejects.toThrow(/only ever added to/)
  const api = createSession(database.apiUrl, 'jitasa test')
  await api.connect()
  await expect(api.query('select jitasa_prune_audit($1, 10)', [old()])).rejects.toThrow(/permission denied/)
  await api.query(`select set_config('jitasa.prunes', 'on', false)`)
  await expect(api.query('delete from audit_log')).rejects.toThrow(/permission denied/)
  await api.end()
})

const forget = (upTo: number) =>
  `insert into audit_pruned (id, seq, hash, at) select 1, seq, hash, now() from audit_chain where seq = ${upTo}
     on conflict (id) do update set seq = excluded.seq, hash = excluded.hash;
   delete from audit_log where id in (select entry from audit_chain where seq <= ${upTo}); delete from audit_chain where seq <= ${upTo}`

test.each([
  ['lets go what is of last year', forget(50), /link 51: what stood before it was let go before its time/],
  ['lets go all there is', forget(60), /link 61: the chain ends before a link that was published/],
  [
    'removes the beginning and says nothing',
    `delete from audit_log where id in (select entry from audit_chain where seq <= 5); delete from audit_chain where seq <= 5`,
    /link 6: the links up to here were removed/,
  ],
  [
    'lets go the beginning and changes what follows',
    `${forget(20)}; update audit_log set actor = gen_random_uuid() where id = (select entry from audit_chain where seq = 21)`,
    /link 21: the entry or its link was changed/,
  ],
  [
    'gives another hash for where it begins',
    `${forget(20)}; update audit_pruned set hash = decode(repeat('11', 32), 'hex')`,
    /link 21: the entry or its link was changed/,
  ],
])('an owner who %s is given away', async (_, statement, says) => {
  await tampered(statement)
  const { code, err } = await verify()
  expect(err).toMatch(says)
  expect(code).toBe(1)
})
