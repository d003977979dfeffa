import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type QueryExecutorProvider,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'

const marked = new WeakSet<CompiledQuery>()

/**
 * Runs a statement whose answer nobody looks at: it is not waited for, but sent in one write with the next of its
 * transaction (its `commit`, at the latest). What fails in it fails that one, with its own error.
 */
export async function sendAhead(
  db: QueryExecutorProvider,
  statement: { compile(db: QueryExecutorProvider): CompiledQuery },
): Promise<void> {
  const query = statement.compile(db)
  marked.add(query)
  await db.getExecutor().executeQuery(query)
}

/**
 * PostgreSQL by sessions that write several statements at once (`pipeline` of pg): `begin` and what goes by
 * `sendAhead` have no round trip of their own. In a busy hub each costs a turn of the event loop, tens of milliseconds.
 */
export class PipelinedDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig

  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new PipelinedDriver(new PostgresDriver(this.#config))
  }
}

/** A session as `PostgresDriver` gives it and takes it back; Kysely does not export its type. */
type Session = Parameters<PostgresDriver['releaseConnection']>[0]

class PipelinedDriver implements Driver {
  readonly #driver: PostgresDriver
  readonly #connections = new WeakMap<Session, PipelinedConnection>()

  constructor(driver: PostgresDriver) {
    this.#driver = driver
  }

  init(): Promise<void> {
    return this.#driver.init()
  }

  async acquireConnection(): Promise<PipelinedConnection> {
    const session = (await this.#driver.acquireConnection()) as Session
    const known = this.#connections.get(session) ?? new PipelinedConnection(session)
    this.#connections.set(session, known)
    return known
  }

  async beginTransaction(connection: PipelinedConnection, settings: TransactionSettings): Promise<void> {
    connection.transaction = 'unsent'
    await this.#driver.beginTransaction(connection.later, settings)
  }

  async commitTransaction(connection: PipelinedConnection): Promise<void> {
    await this.#driver.commitTransaction(connection)
    connection.end()
  }

  async rollbackTransaction(connection: PipelinedConnection): Promise<void> {
    // What was not sent is undone by not sending it.
    const { transaction } = connection
    connection.end()
    if (transaction === 'sent') await this.#driver.rollbackTransaction(connection.session)
  }

  async releaseConnection(connection: PipelinedConnection): Promise<void> {
    connection.end()
    await this.#driver.releaseConnection(connection.session)
  }

  destroy(): Promise<void> {
    return this.#driver.destroy()
  }
}

class PipelinedConnection implements DatabaseConnection {
  readonly session: Session
  /** the same, for what waits for the next statement */
  readonly later: DatabaseConnection
  /** `unsent`: its `begin` waits too */
  transaction: 'none' | 'unsent' | 'sent' = 'none'
  #waiting: CompiledQuery[] = []

  constructor(session: Session) {
    this.session = session
    this.later = {
      executeQuery: async (query) => this.#wait(query),
      streamQuery: (query, size) => this.streamQuery(query, size),
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.transaction !== 'none') {
      if (marked.has(query)) return this.#wait(query)
      this.transaction = 'sent'
    }
    const before = this.#waiting.map((one) => this.session.executeQuery(one))
    this.#waiting = []
    // Each has its answer before this one has: the session is not given back with a statement under way.
    const answers = await Promise.allSettled([...before, this.session.executeQuery<R>(query)])
    for (const answer of answers) if (answer.status === 'rejected') throw answer.reason
    return (answers.at(-1) as PromiseFulfilledResult<QueryResult<R>>).value
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.session.streamQuery(query, chunkSize)
  }

  end(): void {
    this.#waiting = []
    this.transaction = 'none'
  }

  #wait<R>(query: CompiledQuery): QueryResult<R> {
    this.#waiting.push(query)
    return { rows: [] }
  }
}
