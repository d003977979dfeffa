/**
 * The keys of PostgreSQL's advisory locks, one number space per database, so all of them stand here: two uses of one
 * number shut each other out. (help.ts also locks by the hash of a phone number, 64 bits wide.)
 */
export const ADVISORY_LOCKS = {
  /** migrations, roles, seed: two starters at once take turns */
  prepare: 7_316_201,
  /** the one process of however many hubs that does the jobs */
  jobs: 7_316_202,
  /** the one process that watches its fold for alerts: on a session of its own, so that no other job holds it up */
  alerts: 7_316_206,
  /** the one process that chains the audit log */
  audit: 7_316_207,
  /** the one process that publishes PostgreSQL's changes to NATS */
  feeder: 7_316_208,
  /** one replay or drill at a time */
  replay: 7_316_203,
  /** two imports at once would each plan on what the other is changing */
  import: 7_316_204,
  /** held shared while somebody seals personal data, alone while a rotation begins or ends */
  dataKeys: 7_316_209,
  /** held shared by every process that uses the embedded server, in the database `postgres` */
  embeddedUse: 7_316_205,
} as const
