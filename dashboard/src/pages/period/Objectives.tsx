import { createSignal, For, type JSX, Show } from 'solid-js'
import {
  COMMANDED_ROLES,
  type CommandedRole,
  OBJECTIVE_KINDS,
  OBJECTIVE_STATES,
  type ObjectiveKind,
  type ObjectiveState,
  TEXT_MAX,
} from '../../../../hub/contract/vocabulary/period.ts'
import { command } from '../../api/cases.ts'
import { ask } from '../../api/http.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { Button } from '../../ui/Button.tsx'
import { DUE_HOURS, inHours } from './choices.ts'
import type { PartProps } from './part.ts'
import type { CommandArea } from './summary.ts'
import { periodWords } from './words.ts'

type Objective = CommandArea['objectives'][number]

/** What is to be reached and done, by whom and until when; tasks stand below the objective they serve. */
export function Objectives(props: PartProps): JSX.Element {
  const t = useWords(periodWords)
  const [adding, setAdding] = createSignal(false)
  const { busy, problem, send } = createSubmit()
  const serving = (id: number | null) => props.command.objectives.filter((one) => one.objective === id)
  const top = () => props.command.objectives.filter((one) => one.kind === 'objective' || one.objective === null)
  const move = (id: number, state: ObjectiveState) =>
    send(async () => {
      await command((key) => ask('POST /api/objectives/{id}/state', { params: { id }, body: { state }, key }))
      props.changed()
    })
  const card = (one: Objective) => (
    <ObjectiveCard one={one} now={props.now} mayWrite={props.mayWrite} busy={busy()} move={move} />
  )
  return (
    <section class="desk-card" aria-labelledby="period-objectives">
      <h2 id="period-objectives">{t('objectives.title')}</h2>
      <ProblemNote text={problem()?.text} />
      <Show when={props.command.objectives.length > 0} fallback={<p>{t('objectives.none')}</p>}>
        <ul class="period-list">
          <For each={top()}>
            {(one) => (
              <li>
                {card(one)}
                <Show when={one.kind === 'objective' && serving(one.id).length > 0}>
                  <ul class="period-list">
                    <For each={serving(one.id)}>{(task) => <li>{card(task)}</li>}</For>
                  </ul>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.mayWrite}>
        <div>
          <Button aria-expanded={adding()} onClick={() => setAdding(!adding())}>
            {t('objectives.add')}
          </Button>
        </div>
        <Show when={adding()}>
          <ObjectiveForm {...props} now={props.now} command={props.command} />
        </Show>
      </Show>
    </section>
  )
}

function ObjectiveCard(props: {
  one: Objective
  now: number
  mayWrite: boolean
  busy: boolean
  move(id: number, state: ObjectiveState): Promise<void>
}): JSX.Element {
  const t = useWords(periodWords)
  const desk = useWords(deskWords)
  const { format } = useLanguage()
  const isLive = () => props.one.state === 'open' || props.one.state === 'doing'
  const isLate = () => isLive() && props.one.dueAt !== null && props.one.dueAt < props.now
  return (
    <div class="period-objective" data-objective={props.one.id} data-state={props.one.state}>
      <div>
        <p>
          <small>{t(`objectives.kinds.${props.one.kind}`)}</small> <b>{props.one.title}</b>
        </p>
        <p class="desk-muted">
          {props.one.role === null ? props.one.owner : desk(`role.${props.one.role}`)}
          <Show when={props.one.dueAt}>
            {(due) => (
              <span classList={{ 'period-late': isLate() }}>
                {' · '}
                {t(isLate() ? 'objectives.lateSince' : 'objectives.dueAt', format().moment(due(), props.now))}
              </span>
            )}
          </Show>
        </p>
      </div>
      <Show when={props.mayWrite} fallback={<span>{t(`objectives.state.${props.one.state}`)}</span>}>
        <select
          aria-label={t('objectives.stateOf', props.one.title)}
          disabled={props.busy}
          onChange={({ currentTarget }) => {
            const state = OBJECTIVE_STATES[currentTarget.selectedIndex]
            if (state !== undefined) void props.move(props.one.id, state)
          }}
        >
          <For each={OBJECTIVE_STATES}>
            {(state) => (
              <option value={state} selected={state === props.one.state}>
                {t(`objectives.state.${state}`)}
              </option>
            )}
          </For>
        </select>
      </Show>
    </div>
  )
}

function ObjectiveForm(props: PartProps): JSX.Element {
  const t = useWords(periodWords)
  const desk = useWords(deskWords)
  const [kind, setKind] = createSignal<ObjectiveKind>('objective')
  const [title, setTitle] = createSignal('')
  const [serves, setServes] = createSignal<number>()
  const [role, setRole] = createSignal<CommandedRole>()
  const [owner, setOwner] = createSignal('')
  const [hours, setHours] = createSignal<number>()
  const { busy, problem, send } = createSubmit()
  const attempt = createAttempt()
  const objectives = () =>
    props.command.objectives.filter(
      (one) => one.kind === 'objective' && (one.state === 'open' || one.state === 'doing'),
    )

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    const chosen = role()
    const served = kind() === 'task' ? serves() : undefined
    const due = hours()
    const set = {
      ...{ area: props.area, kind: kind(), title: title() },
      ...(chosen === undefined ? { owner: owner() } : { role: chosen }),
      ...(served !== undefined && { objective: served }),
    }
    await send(async () => {
      const key = attempt.keyOf({ ...set, due })
      const dueAt = due === undefined ? {} : { dueAt: attempt.of(key, () => inHours(due, props.now)) }
      await ask('POST /api/objectives', { body: { ...set, ...dueAt }, key })
      attempt.answered()
      setTitle('')
      props.changed()
    })
  }
  return (
    <form class="period-form" onSubmit={(event) => void submit(event)}>
      <SelectField
        label={t('objectives.kind')}
        name="kind"
        options={OBJECTIVE_KINDS}
        value={kind()}
        text={(each) => t(`objectives.kinds.${each}`)}
        onChange={setKind}
      />
      <InputField
        label={t('objectives.name')}
        hint={t('hint')}
        error={problem()?.fields.title}
        name="objective"
        maxLength={TEXT_MAX.title}
        value={title()}
        onText={setTitle}
        autocomplete="off"
        required
      />
      <Show when={kind() === 'task' && objectives().length > 0}>
        <SelectField
          label={t('objectives.serves')}
          name="serves"
          options={[undefined, ...objectives().map(({ id }) => id)]}
          value={serves()}
          text={(each) => objectives().find(({ id }) => id === each)?.title ?? t('objectives.noObjective')}
          onChange={setServes}
        />
      </Show>
      <div class="period-pair">
        <SelectField
          label={t('objectives.owner')}
          name="owner"
          options={[undefined, ...COMMANDED_ROLES]}
          value={role()}
          text={(each) => (each === undefined ? t('objectives.other') : desk(`role.${each}`))}
          onChange={setRole}
        />
        <SelectField
          label={t('objectives.due')}
          name="due"
          options={[undefined, ...DUE_HOURS]}
          value={hours()}
          text={(each) => (each === undefined ? t('objectives.noDue') : t('objectives.in', String(each)))}
          onChange={setHours}
        />
      </div>
      <Show when={role() === undefined}>
        <InputField
          label={t('objectives.label')}
          error={problem()?.fields.owner}
          name="label"
          maxLength={TEXT_MAX.owner}
          value={owner()}
          onText={setOwner}
          autocomplete="off"
          required
        />
      </Show>
      <ProblemNote text={problem()?.text} />
      <Button type="submit" kind="primary" busy={busy()}>
        {t('objectives.add')}
      </Button>
    </form>
  )
}
