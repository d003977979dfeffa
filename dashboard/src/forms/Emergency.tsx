import { type JSX, Show } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import './Emergency.css'
import { formWords } from './words.ts'

/** 1669: National Institute for Emergency Medicine. 1330: National Health Security Office. */
export const AMBULANCE = '1669'
export const HOTLINE = '1330'

/** Shown at once when a danger sign is ticked. */
export function Emergency(): JSX.Element {
  const t = useWords(formWords)
  return (
    <section class="emergency" role="alert">
      <h2>{t('emergencyTitle')}</h2>
      <p>{t('emergencyText')}</p>
      <CallLine number={AMBULANCE} text={t('ambulance')} strong />
      <CallLine number={HOTLINE} text={t('hotline')} />
    </section>
  )
}

/** A telephone number one can press. */
export function CallLine(props: { number: string; text: string; strong?: boolean }): JSX.Element {
  const t = useWords(formWords)
  return (
    <a class="call-line" classList={{ 'call-line-strong': props.strong ?? false }} href={`tel:${props.number}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M6 3l4 5-2 3c1.2 2.4 2.6 3.8 5 5l3-2 5 4c0 2-1.5 3-3 3C10 21 3 14 3 6c0-1.5 1-3 3-3z" />
      </svg>
      <span>
        <Show when={props.strong}>
          <span class="visually-hidden">{t('call')} </span>
        </Show>
        <b>{props.number}</b>
        <small>{props.text}</small>
      </span>
    </a>
  )
}

/** The numbers on one line, at the foot of every page for people in need. */
export function CallFoot(): JSX.Element {
  const t = useWords(formWords)
  return (
    <div class="call-foot">
      <CallLine number={AMBULANCE} text={t('ambulance')} />
      <CallLine number={HOTLINE} text={t('hotline')} />
    </div>
  )
}
