import { A } from '@solidjs/router'
import { type Accessor, createContext, type JSX, onMount, Show, Suspense, useContext } from 'solid-js'
import { isAreaCode } from '../../../hub/contract/vocabulary/areas.ts'
import { covers } from '../pageKit/session.ts'
import { refreshSession, sessionState } from '../session/account.ts'
import { part } from '../ui/part.tsx'
import './ListLink.css'
import { LIST_ACTIONS, type Listed, listHref, listKind } from './lists.ts'
import { useSubject } from './subject.tsx'

/** What numbers are called: only who may open their lists hears it. */
const ListName = part(() => import('./ListName.tsx'))

/** Whether whoever looks may open the list behind a number; without it, as in an account-less wall, there are no links. */
type MayOpen = (listed: Listed) => boolean

const ListContext = createContext<MayOpen>()

/** Lets the numbers inside open their lists, for who is signed in at this screen. One that cannot ask shows numbers alone. */
export function ListLinks(props: { children: JSX.Element }): JSX.Element {
  onMount(() => void refreshSession())
  const mayOpen: MayOpen = ({ metric, area }) => {
    const state = sessionState()
    // A health region has no list: its provinces have one each.
    if (state.kind !== 'in' || !isAreaCode(area)) return false
    const { may, areas } = state.session
    return may.includes(LIST_ACTIONS[listKind(metric)]) && covers(areas, area)
  }
  return <ListContext.Provider value={mayOpen}>{props.children}</ListContext.Provider>
}

/** The address of a list of the subject's own area, or of `area`; `undefined` for who may not open it. */
export function useListHref(): (listed: Omit<Listed, 'area'> & { readonly area?: string }) => string | undefined {
  const subject = useSubject()
  const mayOpen = useContext(ListContext)
  return ({ area = subject.area, ...rest }) => {
    const listed = { ...rest, area }
    return mayOpen?.(listed) ? listHref(listed) : undefined
  }
}

type ListLinkProps = Omit<Listed, 'area'> & {
  /** the subject's own, unless said */
  area?: string | undefined
  children: JSX.Element
}

/** A number that opens the list of what it counts; its name says which, not the bare figure. */
export function ListLink(props: ListLinkProps): JSX.Element {
  const hrefOf = useListHref()
  const href: Accessor<string | undefined> = () =>
    hrefOf({
      metric: props.metric,
      day: props.day,
      days: props.days,
      order: props.order,
      ...(props.area === undefined ? {} : { area: props.area }),
    })
  return (
    <Show when={href()} fallback={props.children}>
      {(to) => (
        <A class="list-link" href={to()}>
          {props.children}
          <span class="visually-hidden">
            {' '}
            <Suspense>
              <ListName metric={props.metric} area={props.area} />
            </Suspense>
          </span>
        </A>
      )}
    </Show>
  )
}
