import { A, useSearchParams } from '@solidjs/router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { isAreaCode, NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { useWords } from '../../i18n/language.tsx'
import { askAgain } from '../../live/askAgain.ts'
import { useSession } from '../../live/browser.ts'
import { carriers } from '../../live/carriers.ts'
import { createNow } from '../../live/createNow.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { covers } from '../../pageKit/session.ts'
import { deskWords } from '../../pageKit/words.ts'
import { commandScopes } from '../../session/commandScopes.ts'
import { PageError } from '../../ui/PageError.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { AreaSelect } from '../admin/AreaSelect.tsx'
import { BriefingButtons } from './BriefingButtons.tsx'
import { Log } from './Log.tsx'
import { Messages } from './Messages.tsx'
import { Objectives } from './Objectives.tsx'
import type { PartProps } from './part.ts'
import './period.css'
import { Shift } from './Shift.tsx'
import type { CommandArea } from './summary.ts'
import { periodWords } from './words.ts'

const NOTHING: CommandArea = { period: null, before: null, objectives: [], messages: [], log: [] }

/** `/period`: the shift of an area, its objectives, messages and decisions; to read for all who work there. */
export default function PeriodPage(): JSX.Element {
  const t = useWords(periodWords)
  return (
    <DeskPage title={[t('title')]} may={['command.read']} wide>
      <Period />
    </DeskPage>
  )
}

function Period(): JSX.Element {
  const t = useWords(periodWords)
  const desk = useWords(deskWords)
  const session = useDesk()
  const [search, setSearch] = useSearchParams<{ area?: string }>()
  const asked = () => (search.area !== undefined && isAreaCode(search.area) ? search.area : undefined)
  const area = createMemo(() => asked() ?? session.areas[0]?.slice(0, 4) ?? NATION)
  // Who works in a district reads what its province says too.
  const near = () => [...new Set(session.areas.flatMap((code) => [code.slice(0, 4), code.slice(0, 2)]))]
  return (
    <>
      <header class="desk-head">
        <h1>
          {t('title')} · <AreaName code={area()} />
        </h1>
        <BriefingButtons area={area()} />
      </header>
      <Show
        when={session.areas.some((code) => code === NATION || code.length === 2)}
        fallback={
          <Show when={near().length > 1}>
            <nav class="desk-buttons" aria-label={t('area')}>
              <For each={near()}>
                {(code) => (
                  <A
                    class="button button-plain"
                    href={`/period?area=${code}`}
                    aria-current={code === area() ? 'page' : undefined}
                  >
                    <AreaName code={code} />
                  </A>
                )}
              </For>
            </nav>
          </Show>
        }
      >
        <AreaSelect
          value={area() === NATION ? '' : area()}
          {...(session.areas.includes(NATION) && { none: desk('nation') })}
          within={session.areas}
          onChange={(code) => setSearch({ area: code === '' ? NATION : code }, { replace: true })}
        />
      </Show>
      <Show when={area()} keyed>
        {(code) => (
          <AreaOfCommand area={code} mayWrite={session.may.includes('command.set') && covers(session.areas, code)} />
        )}
      </Show>
    </>
  )
}

function AreaOfCommand(props: { area: string; mayWrite: boolean }): JSX.Element {
  const scopes = commandScopes(props.area === NATION ? NATION : props.area.slice(0, 2))
  const { store } = useSession(scopes, { carriers, rests: true })
  const now = createNow(1_000)
  const [loaded, reload] = createLoaded(
    () => props.area,
    (area) => ask('GET /api/command', { query: { area } }),
  )
  const kept = createMemo<CommandArea | undefined>((before) => {
    const state = loaded()
    return state.kind === 'there' ? state.value : before
  })
  const failure = () => {
    const state = loaded()
    return state.kind === 'failed' ? state : undefined
  }
  const moved = createMemo(() =>
    JSON.stringify(
      scopes.flatMap((scope) => [
        store.rows(scope, 'period'),
        store.rows(scope, 'objective'),
        store.rows(scope, 'message'),
        store.rows(scope, 'logged'),
      ]),
    ),
  )
  askAgain(moved, reload, { first: false })
  const shared: PartProps = {
    get area() {
      return props.area
    },
    get command() {
      return kept() ?? NOTHING
    },
    get mayWrite() {
      return props.mayWrite
    },
    get now() {
      return now() + (store.status().offsetMs ?? 0)
    },
    changed: reload,
  }
  return (
    <Show
      when={kept() !== undefined}
      fallback={
        <Show when={failure()} fallback={<Skeleton height="30rem" />}>
          {(failed) => <PageError error={failed().error} retry={reload} />}
        </Show>
      }
    >
      <div class="period">
        <Shift {...shared} />
        <Messages {...shared} />
        <Objectives {...shared} />
        <Log {...shared} />
      </div>
    </Show>
  )
}
