import { For, type JSX, Show, useContext } from 'solid-js'
import { INDICATORS, type IndicatorId } from '../../../hub/contract/indicators/index.ts'
import type { Value, Why } from '../../../hub/contract/indicators/indicator.ts'
import { useIndicatorTexts } from '../i18n/indicatorTexts.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { createNow } from '../live/createNow.ts'
import { hubNow } from '../live/hubClock.ts'
import { Dialog } from '../ui/Dialog.tsx'
import type { DefinitionProps } from './Definition.tsx'
import { readShown } from './readShown.ts'
import { SubjectContext } from './subject.tsx'
import { useAge } from './useFreshness.ts'
import { useThresholds } from './useThresholds.ts'
import { useInterval, useValueText } from './valueText.ts'
import { panelWords } from './words.ts'

const LOOK_EVERY_MS = 1_000

/** Name, definition, formula, parts, thresholds and source of each, in the language of the screen. */
export default function DefinitionDialog(
  props: Pick<DefinitionProps, 'of' | 'asked'> & { close(): void },
): JSX.Element {
  const t = useWords(panelWords)
  const texts = useIndicatorTexts()
  const first = () => props.of[0]
  const title = () => {
    const id = first()
    return id === undefined ? '' : texts().indicators[id].name
  }
  return (
    <Dialog open onOpenChange={() => props.close()} title={title()}>
      <For each={props.of}>
        {(id) => (
          <section class="definition">
            <Show when={id !== first()}>
              <h3>{texts().indicators[id].name}</h3>
            </Show>
            <p>{texts().indicators[id].definition}</p>
            <dl>
              <Current id={id} asked={props.asked} whys={texts().whys} />
              <Clocks id={id} asked={props.asked} />
              <dt>{t('definitionOf.formula')}</dt>
              <dd>{texts().indicators[id].formula}</dd>
              <dt>{t('definitionOf.unit')}</dt>
              <dd>{texts().units[INDICATORS[id].unit]}</dd>
              <Show when={INDICATORS[id].adds !== 'register'}>
                <dt>{t('definitionOf.parts')}</dt>
                <dd>
                  {texts().adds[INDICATORS[id].adds]}
                  <Known id={id} asked={props.asked} />
                </dd>
              </Show>
              <Show when={INDICATORS[id].worse !== 'neither'}>
                <dt>{t('definitionOf.thresholds')}</dt>
                <dd>
                  <Bounds id={id} />
                </dd>
              </Show>
              <dt>{t('definitionOf.source')}</dt>
              <dd>{texts().sources[INDICATORS[id].source]}</dd>
            </dl>
          </section>
        )}
      </For>
    </Dialog>
  )
}

/** The number of the subject that is followed, as the tile asks for it; `undefined` where none is. */
function createValue(props: { id: IndicatorId } & Pick<DefinitionProps, 'asked'>): () => Value | undefined {
  const subject = useContext(SubjectContext)
  return () => subject && readShown(subject, props.id, props.asked, hubNow())
}

/** The number itself with its interval, or why there is none. */
function Current(props: ValueProps): JSX.Element {
  const t = useWords(panelWords)
  const text = useValueText()
  const value = createValue(props)
  const unit = () => INDICATORS[props.id].unit
  const interval = useInterval()
  const texts = useIndicatorTexts()
  const said = (of: Value) =>
    of.value === null
      ? `– ${of.why ? props.whys[of.why] : ''}`
      : [text(unit(), of.value), interval(unit(), of), of.note && texts().notes[of.note]].filter(Boolean).join(' ')
  return (
    <Show when={value()}>
      {(of) => (
        <>
          <dt>{t('definitionOf.now')}</dt>
          <dd>{said(of())}</dd>
        </>
      )}
    </Show>
  )
}

/** When it was reported, came here and was drawn; and how long ago the hub last vouched for it, changed or not. */
function Clocks(props: Omit<ValueProps, 'whys'>): JSX.Element {
  const t = useWords(panelWords)
  const age = useAge()
  const { format } = useLanguage()
  const subject = useContext(SubjectContext)
  const value = createValue(props)
  const now = createNow(LOOK_EVERY_MS)
  const facts = () => {
    if (!subject) return []
    const { committedAt, receivedAt, paintedAt } = subject.live.clocks(subject.scope)
    const { offsetMs, vouchedAt } = subject.live.status()
    const clock = (at: number) => format().clock(at + (offsetMs ?? 0))
    const oldest = value()?.oldest ?? null
    return [
      oldest !== null && t('definitionOf.clock.reported', format().moment(oldest, now() + (offsetMs ?? 0))),
      committedAt > 0 && t('definitionOf.clock.committed', format().clock(committedAt)),
      receivedAt > 0 && t('definitionOf.clock.received', clock(receivedAt)),
      paintedAt > 0 && t('definitionOf.clock.painted', clock(paintedAt)),
      vouchedAt !== null && t('definitionOf.clock.vouched', age(Math.max(0, now() - vouchedAt))),
    ].filter((fact) => fact !== false)
  }
  return (
    <Show when={facts().length > 0}>
      <dt>{t('definitionOf.clocks')}</dt>
      <dd class="definition-clocks">{facts().join(' · ')}</dd>
    </Show>
  )
}

type ValueProps = { id: IndicatorId; whys: Readonly<Record<Why, string>> } & Pick<DefinitionProps, 'asked'>

/** How much of it was reported. */
function Known(props: Omit<ValueProps, 'whys'>): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const value = createValue(props)
  return (
    <Show when={value()}>
      {(of) => `: ${t('definitionOf.reported', format().number(of().reported), format().number(of().parts))}`}
    </Show>
  )
}

function Bounds(props: { id: IndicatorId }): JSX.Element {
  const t = useWords(panelWords)
  const thresholds = useThresholds()
  const text = useValueText()
  const bound = (value: number | null) => {
    if (value === null) return '–'
    const { unit, worse } = INDICATORS[props.id]
    return `${worse === 'higher' ? '≥' : '≤'} ${text(unit, value)}`
  }
  return (
    <>
      {t('legend.watch')} {bound(thresholds(props.id).watch)} · {t('legend.alarm')} {bound(thresholds(props.id).alarm)}
    </>
  )
}
