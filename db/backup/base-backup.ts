import { Readable } from 'node:stream'
import pg from 'pg'

/** The parts of `pg`'s query protocol that a base backup needs; the client calls them by name. */
type CopyOut = pg.Submittable & {
  handleRowDescription(): void
  handleDataRow(): void
  handleCopyData(message: { readonly chunk: Buffer }): void
  handleCommandComplete(): void
  handleReadyForQuery(): void
  handleError(error: Error): void
}

// The WAL goes along, so that what is unpacked starts by itself and needs no archive.
const BASE_BACKUP = `BASE_BACKUP (LABEL 'jitasa', CHECKPOINT 'fast', WAL true, MANIFEST 'no')`

/** First byte of a message of the copy, PostgreSQL ≥ 15: "Streaming Replication Protocol", BASE_BACKUP. */
const DATA = 'd'.charCodeAt(0)
const NEW_ARCHIVE = 'n'.charCodeAt(0)

type ReplicationConfig = pg.ClientConfig & { readonly replication: 'database' }

/**
 * The whole cluster as one tar, as of the moment in which the stream ends, while everybody goes on writing
 * (PostgreSQL's BASE_BACKUP; a role with `replication`). Fails with the error of `pg`, or of a cluster with tablespaces.
 */
export async function streamBaseBackup(url: string): Promise<Readable> {
  const config: ReplicationConfig = {
    connectionString: url,
    application_name: 'jitasa backup',
    replication: 'database',
  }
  const client = new pg.Client(config)
  await client.connect()
  const link = client.connection.stream
  let archives = 0
  const tar = new Readable({
    read: () => void link.resume(),
    destroy(error, done) {
      link.destroy()
      done(error)
    },
  })
  client.on('error', (error) => tar.destroy(error))
  const copy: CopyOut = {
    submit: (connection: { query(text: string): void }) => connection.query(BASE_BACKUP),
    handleRowDescription: () => undefined,
    handleDataRow: () => undefined,
    handleCommandComplete: () => undefined,
    handleCopyData({ chunk }) {
      if (chunk[0] === NEW_ARCHIVE) archives++
      if (archives > 1) tar.destroy(new Error('The cluster has tablespaces of its own: back it up with pg_basebackup.'))
      // Copied: `pg` writes the next message over this one.
      if (chunk[0] === DATA && !tar.push(Buffer.from(chunk.subarray(1)))) link.pause()
    },
    handleReadyForQuery: () => void tar.push(null),
    handleError: (error) => void tar.destroy(error),
  }
  client.query(copy)
  tar.once('end', () => client.end())
  return tar
}
