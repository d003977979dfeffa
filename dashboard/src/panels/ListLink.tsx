import { A } from '@solidjs/router'
import { createContext, type JSX, Show, useContext } from 'solid-js'
import type { Metric } from '../../../hub/wire/metrics.ts'
import './ListLink.css'
import { useSubject } from './subject.tsx'

/** Whether whoever looks may open the list behind a number; a wall provides none and stays without links. */
export const ListContext = createContext<() => boolean>()

type ListLinkProps = {
  metric: Metric
  /** for a metric of days, `YYYY-MM-DD` */
  day?: string
  children: JSX.Element
}

/** A number that opens the cases it counts. */
export function ListLink(props: ListLinkProps): JSX.Element {
  const { area } = useSubject()
  const mayOpen = useContext(ListContext)
  const href = () => {
    const query = new URLSearchParams({
      area,
      metric: props.metric,
      ...(props.day === undefined ? {} : { day: props.day }),
    })
    return `/list?${query}`
  }
  return (
    <Show when={mayOpen?.()} fallback={props.children}>
      <A class="list-link" href={href()}>
        {props.children}
      </A>
    </Show>
  )
}
