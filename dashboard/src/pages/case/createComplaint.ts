import { type Accessor, createResource } from 'solid-js'
import { type CaseFile, type Complaint, fetchComplaint } from '../../api/cases.ts'
import { noticeExpiry } from '../../session/account.ts'

/** What the person said; `failed` when it could not be asked for; `undefined` for who may not see it, and before it is there. */
export type ComplaintState = Complaint | 'failed' | undefined

/** Asks once, and again when the person has said more or the severity has changed: each look is an audit row. */
export function createComplaint(file: () => CaseFile): Accessor<ComplaintState> {
  const version = () => {
    const { id, heardAt, severity, severityAt } = file().case
    return file().may.includes('case.complaint') ? [id, heardAt, severity, severityAt].join(' ') : undefined
  }
  const [complaint] = createResource(version, () =>
    fetchComplaint(file().case.id).catch((error: unknown) => {
      noticeExpiry(error)
      return 'failed' as const
    }),
  )
  return () => (version() === undefined ? undefined : complaint.latest)
}
