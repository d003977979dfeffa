import { createClient } from '../client.ts'
import { allKeys } from './keyring.ts'

/** Opens every data key of the database, as every hub has to. @throws Error with a sentence when this process cannot */
export async function checkDataKeys(apiUrl: string): Promise<void> {
  const db = createClient(apiUrl, { connectionsMax: 1, applicationName: 'jitasa keys' })
  try {
    const keys = await allKeys(db)
    if (keys.length === 0) throw new Error('The database has no data key: run `npm run migrate` first.')
  } finally {
    await db.destroy()
  }
}
