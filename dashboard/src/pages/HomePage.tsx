import { Navigate } from '@solidjs/router'
import type { JSX } from 'solid-js'
import { RequireSession } from '../session/RequireSession.tsx'
import { homePath } from '../session/workplaces.ts'

/** `/home`: on to the own workplace, after signing in through an agency say. */
export default function HomePage(): JSX.Element {
  return <RequireSession may="session.own">{(session) => <Navigate href={homePath(session())} />}</RequireSession>
}
