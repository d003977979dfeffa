import { readFile } from 'node:fs/promises'
import { ChainReader, type Head, sayFinding } from '../../db/audit-chain.ts'
import { createSession } from '../../db/client.ts'
import { UsageProblem } from '../../db/command-line.ts'
import { chainBase, publishedHead, readChain, unchained } from '../../db/queries/audit-chain.ts'
import type { Io } from '../../db/terminal.ts'
import { Refusal } from './accounts.ts'

const FINDINGS_SHOWN = 100

async function headsOf(file: string): Promise<Head[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageProblem(`--heads: ${error.message}`)
  })
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => {
      const [, seq, hash] = /^\S+ (\d{1,15}) ([0-9a-f]{64})$/.exec(line.trim()) ?? []
      if (hash === undefined) throw new UsageProblem(`--heads: line ${i + 1} is no head, as \`AT SEQ HASH\``)
      return { seq: Number(seq), hash }
    })
}

/** Holds the whole log against its chain, and the chain against what was published of it. @throws Refusal when something does not hold */
export async function verifyAudit(
  { ownerUrl, io }: { readonly ownerUrl: string; readonly io: Io },
  { heads: file }: { readonly heads?: string | undefined },
): Promise<void> {
  const given = file === undefined ? [] : await headsOf(file)
  const db = createSession(ownerUrl, 'jitasa audit-verify')
  await db.connect()
  try {
    await db.query('begin isolation level repeatable read read only')
    const published = await publishedHead(db)
    const base = await chainBase(db)
    const reader = new ChainReader(published === null ? given : [...given, published], base)
    for await (const link of readChain(db)) reader.add(link)
    const { findings, head, provenTo, waiting } = reader.end(await unchained(db))
    for (const finding of findings.slice(0, FINDINGS_SHOWN)) io.err(sayFinding(finding))
    if (findings.length > FINDINGS_SHOWN) io.err(`… and ${findings.length - FINDINGS_SHOWN} more`)
    if (findings.length > 0) throw new Refusal(`${findings.length} findings: the audit log is not what was written.`)
    const began = base?.seq ?? 0
    io.out(
      `${(head?.seq ?? 0) - began} entries as they were written${head === null ? '' : `; head ${head.seq} ${head.hash}`}.`,
    )
    if (base) io.out(`Let go by their rule: ${began}, up to link ${began} ${base.hash.toString('hex')}.`)
    if (waiting > 0) io.err(`${waiting} entries wait to be chained: is a hub running?`)
    if (given.length > 0) io.err(`Proven by published heads up to link ${provenTo}.`)
    else
      io.err(
        'Whoever owns the database could have written all of it anew: hold it against published heads, --heads FILE.',
      )
  } finally {
    await db.end()
  }
}
