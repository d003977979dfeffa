import { createSignal, Index, type JSX, Match, Show, Switch } from 'solid-js'
import { sceneText } from '../../../../hub/contract/vocabulary/screens.ts'
import { SCENES_MAX } from '../../../../hub/contract/vocabulary/walls.ts'
import { ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { deskWords } from '../../pageKit/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { toast } from '../../ui/Toast.tsx'
import type { Screen } from './api.ts'
import { SceneLine } from './SceneLine.tsx'
import './Scenes.css'
import { draftOf, moved, newScene, type SceneDraft, sceneOf } from './sceneDraft.ts'
import { sceneWords } from './sceneWords.ts'

/** What a screen plays: the list is read, written and kept as a whole. */
export function Scenes(props: { screen: Screen; onClose(): void }): JSX.Element {
  const t = useWords(sceneWords)
  const common = useWords(commonWords)
  const [read, again] = createLoaded(
    () => props.screen.id,
    (id) => ask('GET /api/screens/{id}/scenes', { params: { id } }),
  )
  const there = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.scenes.map(draftOf) : undefined
  }
  const failed = () => failureOf(read(), common)
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => open || props.onClose()}
      title={t('title', props.screen.name)}
      description={t('text')}
    >
      <Switch fallback={<Skeleton height="12rem" />}>
        <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
        <Match when={there()}>
          {(drafts) => <SceneList screen={props.screen} first={drafts()} onClose={props.onClose} />}
        </Match>
      </Switch>
    </Dialog>
  )
}

type SceneListProps = { screen: Screen; first: readonly SceneDraft[]; onClose(): void }

function SceneList(props: SceneListProps): JSX.Element {
  const t = useWords(sceneWords)
  const desk = useWords(deskWords)
  const { area, id } = props.screen
  const [drafts, setDrafts] = createSignal(props.first)
  const [tried, setTried] = createSignal(false)
  const submit = createSubmit()
  let list!: HTMLOListElement
  const change = (at: number, part: Partial<SceneDraft>) =>
    setDrafts((all) => all.map((draft, index) => (index === at ? { ...draft, ...part } : draft)))
  const move = (at: number, by: 1 | -1) => {
    setDrafts((all) => moved(all, at, by))
    // The focus goes with the scene; at an end of the list one button is left.
    const same = by < 0 ? '.scene-up' : '.scene-down'
    const buttons = list.children[at + by]?.querySelectorAll<HTMLButtonElement>('.scene-up, .scene-down') ?? []
    const enabled = [...buttons].filter((button) => !button.disabled)
    const next = enabled.find((button) => button.matches(same)) ?? enabled[0]
    next?.focus()
  }
  const plays = ({ place, view }: SceneDraft) => props.first.some((one) => one.place === place && one.view === view)
  const showNow = (draft: SceneDraft) =>
    submit.send(async () => {
      await ask('POST /api/screens/orders', { body: { screens: [id], kind: 'scene', text: sceneText(draft) } })
      toast(t('shown'), 'good')
    })
  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    const scenes = drafts().map(sceneOf)
    const whole = scenes.filter((scene) => typeof scene !== 'string')
    if (whole.length < scenes.length) return
    await submit.send(async () => {
      await ask('PUT /api/screens/{id}/scenes', { params: { id }, body: { scenes: whole } })
      toast(t('saved'), 'good')
      props.onClose()
    })
  }
  return (
    <form class="scenes" onSubmit={save} noValidate>
      <ol ref={list}>
        {/* By place: a field keeps the focus while it is written in. */}
        <Index each={drafts()}>
          {(draft, at) => (
            <SceneLine
              draft={draft()}
              at={at}
              area={area}
              isTried={tried()}
              isLast={at === drafts().length - 1}
              onChange={(part) => change(at, part)}
              onShow={plays(draft()) ? () => void showNow(draft()) : undefined}
              onMove={(by) => move(at, by)}
              onRemove={() => setDrafts((all) => all.filter((_, index) => index !== at))}
            />
          )}
        </Index>
      </ol>
      <Show when={drafts().length < SCENES_MAX}>
        <Button onClick={() => setDrafts((all) => [...all, newScene(area)])}>{t('add')}</Button>
      </Show>
      <ProblemNote text={submit.problem()?.text} />
      <footer class="dialog-actions">
        <Button onClick={() => props.onClose()}>{desk('cancel')}</Button>
        <Button type="submit" kind="primary" busy={submit.busy()}>
          {desk('save')}
        </Button>
      </footer>
    </form>
  )
}
