import { createContext, type JSX, useContext } from 'solid-js'
import type { Action } from '../../../hub/contract/vocabulary/actions.ts'
import { FormPage } from '../forms/FormPage.tsx'
import type { SignedIn } from '../session/account.ts'
import { RequireSession } from '../session/RequireSession.tsx'
import { SiteHead } from '../session/SiteHead.tsx'
import { usePageTitle } from '../ui/title.ts'
import './desk.css'

const DeskContext = createContext<SignedIn>()

/** Who is at the desk; only below a DeskPage that let them in. */
export function useDesk(): SignedIn {
  const session = useContext(DeskContext)
  if (!session) throw new Error('useDesk needs a DeskPage above it')
  return session
}

type DeskPageProps = {
  /** one of these actions opens the page */
  may: readonly Action[]
  /** what the tab is called, the particular first */
  title: readonly (string | undefined)[]
  /** narrow for a form, wide for tables */
  wide?: boolean
  /** whom it is shown to while the hub cannot be reached */
  kept?: () => SignedIn | undefined
  children: JSX.Element
}

/** A light page for people with an account: who they are and the way out above it, and nobody else in it. */
export function DeskPage(props: DeskPageProps): JSX.Element {
  usePageTitle(() => props.title)
  return (
    <FormPage languages={['th', 'en']} head={<SiteHead />}>
      <div class="desk" classList={{ 'desk-wide': props.wide ?? false }}>
        <RequireSession may={props.may} kept={props.kept}>
          {(session) => <DeskContext.Provider value={session()}>{props.children}</DeskContext.Provider>}
        </RequireSession>
      </div>
    </FormPage>
  )
}
