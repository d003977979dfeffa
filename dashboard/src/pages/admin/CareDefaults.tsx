import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { type Answer, type AskingBody, ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { careWords } from '../../care/planWords.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { SeverityBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { toast } from '../../ui/Toast.tsx'
import { ScreenArea } from './ScreenArea.tsx'
import { adminWords } from './words.ts'

type Defaults = Answer<'GET /api/care/defaults'>
type OfSeverity = Defaults['severities'][number]
type Owed = NonNullable<AskingBody<'POST /api/care/defaults'>['owed']>

const DAILY = { call: 1, meals: 0 } as const
const ONCE = ['oximeter', 'thermometer', 'medicine'] as const
const PER_DAY_MAX = 24

/** What people at home are owed, by severity: the nation's, or a province's in its place; from now on, for everybody. */
export function CareDefaults(): JSX.Element {
  const t = useWords(adminWords)
  const common = useWords(commonWords)
  const own = useDesk().areas[0]?.slice(0, 2) ?? 'TH'
  const [area, setArea] = createSignal(own)
  const [read, again] = createLoaded(area, async (of) => ask('GET /api/care/defaults', { query: { area: of } }))
  const failed = () => failureOf(read(), common)
  const there = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value : undefined
  }
  return (
    <>
      <p class="desk-muted">{t('careDefaults.text')}</p>
      <ScreenArea value={area()} onChange={setArea} />
      <Show when={area() !== ''}>
        <Switch fallback={<Skeleton height="12rem" />}>
          <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
          <Match when={there()} keyed>
            {(found) => (
              <For each={found.severities}>{(one) => <SeverityForm area={found.area} of={one} changed={again} />}</For>
            )}
          </Match>
        </Switch>
      </Show>
    </>
  )
}

function SeverityForm(props: { area: string; of: OfSeverity; changed(): void }): JSX.Element {
  const t = useWords(adminWords)
  const care = useWords(careWords)
  const { severity, own, owed } = props.of
  const [typed, setTyped] = createSignal<Readonly<Record<keyof typeof DAILY, string>>>({
    call: String(owed.call),
    meals: String(owed.meals),
  })
  const [once, setOnce] = createSignal<Pick<Owed, (typeof ONCE)[number]>>(owed)
  const submit = createSubmit()
  const wanted = (): Owed | undefined => {
    const [call, meals] = [timesOf('call'), timesOf('meals')]
    const { oximeter, thermometer, medicine } = once()
    return call === undefined || meals === undefined ? undefined : { call, meals, oximeter, thermometer, medicine }
  }
  const timesOf = (item: keyof typeof DAILY) => {
    const text = typed()[item].trim()
    const times = Number(text)
    return /^\d{1,2}$/.test(text) && times >= DAILY[item] && times <= PER_DAY_MAX ? times : undefined
  }
  const send = (body: Owed | null) =>
    submit.send(async () => {
      await ask('POST /api/care/defaults', { body: { area: props.area, severity, owed: body }, key: newKey() })
      toast(t('careDefaults.wasSet'), 'good')
      props.changed()
    })
  return (
    <form
      class="desk-card care-defaults"
      data-severity={severity}
      onSubmit={(event) => {
        event.preventDefault()
        const body = wanted()
        if (body) void send(body)
      }}
    >
      <h2>
        <SeverityBadge severity={severity} />
        <Show when={props.area !== 'TH'}>
          {' '}
          <small class="desk-muted">{t(own ? 'careDefaults.own' : 'careDefaults.nation')}</small>
        </Show>
      </h2>
      <div class="care-owed">
        <For each={['call', 'meals'] as const}>
          {(item) => (
            <label>
              {t('careDefaults.perDay', care(`item.${item}`))}
              <input
                name={`${severity}.${item}`}
                inputmode="numeric"
                autocomplete="off"
                value={typed()[item]}
                aria-invalid={timesOf(item) === undefined}
                onInput={({ currentTarget }) => setTyped((all) => ({ ...all, [item]: currentTarget.value }))}
              />
            </label>
          )}
        </For>
        <For each={ONCE}>
          {(item) => (
            <label class="desk-check">
              <input
                type="checkbox"
                name={`${severity}.${item}`}
                checked={once()[item]}
                onChange={({ currentTarget }) => setOnce((all) => ({ ...all, [item]: currentTarget.checked }))}
              />
              {care(`item.${item}`)}
            </label>
          )}
        </For>
      </div>
      <ProblemNote text={wanted() === undefined ? t('careDefaults.number') : submit.problem()?.text} />
      <div class="care-owed">
        <Button type="submit" kind="primary" busy={submit.busy()} disabled={wanted() === undefined}>
          {t('careDefaults.set')}
        </Button>
        <Show when={own && props.area !== 'TH'}>
          <Button busy={submit.busy()} onClick={() => void send(null)}>
            {t('careDefaults.asNation')}
          </Button>
        </Show>
      </div>
    </form>
  )
}
