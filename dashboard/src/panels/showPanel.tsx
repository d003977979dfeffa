import { render } from '@solidjs/testing-library'
import type { JSX } from 'solid-js'
import { applyDelta, emptyScope } from '../../../hub/contract/live/apply.ts'
import type { Delta } from '../../../hub/contract/live/messages.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { LanguageProvider } from '../i18n/language.tsx'
import { startState } from '../live/connection.ts'
import { createLiveStore, type LinkStatus } from '../live/store.ts'
import { AboutSubject, createSubject } from './subject.tsx'

export const TODAY = '2021-11-11'
/** ms since 1970 when what a test writes is received; it is painted 40 ms later */
const COMMITTED_AT = Date.UTC(2021, 10, 11, 7, 5, 9, 900)
export const RECEIVED_AT = Date.UTC(2021, 10, 11, 7, 5, 9, 980)
export const status: LinkStatus = {
  connection: { ...startState(null), kind: 'open', heardAt: 0 } as LinkStatus['connection'],
  carrier: 'live',
  hello: null,
  beat: null,
  vouchedAt: null,
  verified: 1,
  mismatches: 0,
  wrongSince: null,
  wasWrong: null,
  denied: null,
  offsetMs: null,
  latency: null,
}

type About = Parameters<typeof createSubject>[2] & { readonly area: string; readonly scope: Scope }
const NATION: About = { area: 'TH', scope: 'nation', provinces: [], districts: [], exact: true }

/** For tests: a panel of a screen about an area, the nation unless said, whose scope holds the cells and rows. */
export function showPanel(
  panel: () => JSX.Element,
  c: Delta['c'] = [],
  { kind = 'drill', link = status, about = NATION, rows = [] as Delta['r'] } = {},
) {
  const { store, writer } = createLiveStore(link)
  const { scope } = about
  const state = emptyScope(scope)
  const write = (cells: Delta['c'], r: Delta['r'] = []) => {
    applyDelta(state, { t: 'delta', s: scope, from: 0, to: state.position + 1, sum: 0, at: 0, c: cells, r, x: [] })
    const changed = new Set(r.map((row) => `${row[0]}/${row[1]}`))
    writer.write(
      [
        {
          scope,
          state,
          cells: new Set(state.cells.keys()),
          rows: changed,
          commits: [],
          receivedAt: RECEIVED_AT,
          committedAt: COMMITTED_AT,
        },
      ],
      link,
    )
    writer.painted([scope], RECEIVED_AT + 40)
  }
  write(c, [['operation', '1', TODAY, kind, '', ''], ...rows])
  render(() => (
    <LanguageProvider>
      <AboutSubject value={createSubject(store, about.area, about)}>{panel()}</AboutSubject>
    </LanguageProvider>
  ))
  return { write }
}
