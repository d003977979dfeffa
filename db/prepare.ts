import pg from 'pg'

/** Whoever prepares a database (migrations, roles, seed) holds this advisory lock: two starters at once take turns. */
const PREPARE_LOCK = 7_316_201

/** Runs `work` on a session of the owner's while no other process prepares the same database. */
export async function prepareAlone<T>(ownerUrl: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'jitasa prepare' })
  await owner.connect()
  try {
    await owner.query('select pg_advisory_lock($1)', [PREPARE_LOCK])
    return await work(owner)
  } finally {
    await owner.end()
  }
}
