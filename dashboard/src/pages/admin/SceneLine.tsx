import type { JSX } from 'solid-js'
import {
  SCENE_SECONDS_MAX,
  SCENE_SECONDS_MIN,
  WALL_KINDS,
  WALL_VIEWS,
  wallPath,
} from '../../../../hub/contract/vocabulary/walls.ts'
import { InputField } from '../../forms/InputField.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { ScenePlace } from './ScenePlace.tsx'
import { placeOfKind, type SceneDraft, sceneOf } from './sceneDraft.ts'
import { sceneWords } from './sceneWords.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

type SceneLineProps = {
  draft: SceneDraft
  at: number
  area: string
  isTried: boolean
  isLast: boolean
  onChange(part: Partial<SceneDraft>): void
  /** to be shown now; `undefined`: the screen does not play it yet */
  onShow: (() => void) | undefined
  onMove(by: 1 | -1): void
  onRemove(): void
}

/** One scene of the list, with its place in it. */
export function SceneLine(props: SceneLineProps): JSX.Element {
  const t = useWords(sceneWords)
  const { format } = useLanguage()
  const number = () => format().number(props.at + 1)
  const gap = () => {
    const scene = props.isTried ? sceneOf(props.draft) : undefined
    return typeof scene === 'string' ? scene : undefined
  }
  const hour = (at: number | undefined) => (at === undefined ? t('always') : `${String(at).padStart(2, '0')}:00`)
  const bounds = () => [format().number(SCENE_SECONDS_MIN), format().number(SCENE_SECONDS_MAX)] as const
  return (
    <li>
      <fieldset class="scene">
        <legend>{t('scene', number())}</legend>
        <SelectField
          label={t('place')}
          name="kind"
          options={WALL_KINDS}
          value={props.draft.kind}
          text={(kind) => t(`kind.${kind}`)}
          onChange={(kind) => props.onChange({ kind, place: placeOfKind(kind, props.area) })}
        />
        <ScenePlace
          draft={props.draft}
          area={props.area}
          error={gap() === 'place' ? t('needPlace') : undefined}
          onChange={(place) => props.onChange({ place })}
        />
        <SelectField
          label={t('view')}
          name="view"
          options={WALL_VIEWS}
          value={props.draft.view}
          text={(view) => t(`views.${view}`)}
          onChange={(view) => props.onChange({ view })}
        />
        <InputField
          label={t('seconds')}
          name="seconds"
          inputmode="numeric"
          value={props.draft.seconds}
          error={gap() === 'seconds' ? t('needSeconds', ...bounds()) : undefined}
          onText={(seconds) => props.onChange({ seconds })}
        />
        <SelectField
          label={t('from')}
          name="from"
          options={[undefined, ...HOURS]}
          value={props.draft.from}
          text={hour}
          error={gap() === 'hours' ? t('needHours') : undefined}
          onChange={(from) => props.onChange({ from })}
        />
        <SelectField
          label={t('to')}
          name="to"
          options={[undefined, ...HOURS]}
          value={props.draft.to}
          text={hour}
          onChange={(to) => props.onChange({ to })}
        />
        <div class="scene-buttons">
          <a href={wallPath(props.draft.place || props.area, props.draft.view)} target="_blank" rel="noreferrer">
            {t('preview')}
          </a>
          <Button disabled={props.onShow === undefined} onClick={() => props.onShow?.()}>
            {t('show')}
          </Button>
          <Button
            class="scene-up"
            disabled={props.at === 0}
            aria-label={t('up', number())}
            onClick={() => props.onMove(-1)}
          >
            ↑
          </Button>
          <Button
            class="scene-down"
            disabled={props.isLast}
            aria-label={t('down', number())}
            onClick={() => props.onMove(1)}
          >
            ↓
          </Button>
          <Button aria-label={t('remove', number())} onClick={() => props.onRemove()}>
            ×
          </Button>
        </div>
      </fieldset>
    </li>
  )
}
