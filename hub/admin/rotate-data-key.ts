import { createClient } from '../../db/client.ts'
import { rotateDataKey } from '../../db/personal/rotate.ts'
import type { Io } from '../../db/terminal.ts'

const SAID_EVERY = 10_000

/** Seals all personal data under a new data key, while the hubs run. Ended before its end, it goes on when it is started again. */
export async function rotateKey({ ownerUrl, io }: { readonly ownerUrl: string; readonly io: Io }): Promise<void> {
  const db = createClient(ownerUrl, { connectionsMax: 1, applicationName: 'jitasa rotate-data-key' })
  let said = 0
  try {
    const { key, rows, ended } = await rotateDataKey(db, {
      onProgress(table, done) {
        if (done - said < SAID_EVERY && done >= said) return
        said = done
        io.err(`${table}: ${done} rows`)
      },
    })
    io.out(`Data key ${key} seals everything now: ${rows} rows were sealed anew.`)
    io.out(ended.length > 0 ? `Gone: data key ${ended.join(', ')}.` : 'There was no key before it.')
  } finally {
    await db.destroy()
  }
}
