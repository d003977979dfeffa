import { type JSX, Show } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { useExercise } from './ExerciseBand.tsx'
import './FreshnessBar.css'
import { useFollowed } from './followed.ts'
import { linkWords } from './linkWords.ts'
import { StateMark } from './StateMark.tsx'
import { type FreshnessView, useAge } from './useFreshness.ts'

/** What vouches for the numbers: link, position, age, commit → screen, checksum, clock; `children` stand before it. */
export function FreshnessBar(props: { view: FreshnessView; children?: JSX.Element }): JSX.Element {
  const t = useWords(linkWords)
  const age = useAge()
  const { format } = useLanguage()
  const { live, scope } = useFollowed()
  const exercise = useExercise()
  const state = () => props.view.state()
  const status = () => live.status()
  const latency = (which: 'p50' | 'p99') => {
    const known = status().latency
    return known ? format().number(known[which]) : '–'
  }
  return (
    <footer class={`freshness freshness-${state().kind}`}>
      <p class="freshness-state" role="status">
        <StateMark kind={state().kind} />{' '}
        <span class="freshness-word" data-stale={t('state.stale')}>
          {t(`state.${state().kind}`)}
        </span>
      </p>
      <dl class="freshness-facts">
        <div>
          <dt>{t('dataAge')}</dt>
          <dd class="freshness-age">{state().ageMs === null ? '–' : age(state().ageMs ?? 0)}</dd>
        </div>
        <div>
          <dt>{t('position')}</dt>
          <dd>{format().number(live.scope(scope).position)}</dd>
        </div>
        <Show when={t(`through.${status().carrier}`)}>
          {(through) => (
            <div>
              <dt>{t('carrier')}</dt>
              <dd>{through()}</dd>
            </div>
          )}
        </Show>
        <div class="freshness-latency">
          <dt>{t('latency')}</dt>
          <dd>
            {t('median')} <b>{latency('p50')}</b> · {t('p99')} <b>{latency('p99')}</b> {t('ms')}
          </dd>
        </div>
        {/* The last: what becomes wider pushes nothing. */}
        <div class="freshness-sum" classList={{ 'freshness-sum-wrong': status().wrongSince !== null }}>
          <dt>{t('checksum')}</dt>
          <dd>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d={status().wrongSince === null ? 'M2 8.5L6.2 12.5L14 3.5' : 'M3 3L13 13M13 3L3 13'} />
            </svg>
            {t('verified', format().number(status().verified))}
            <Show when={status().mismatches > 0}>
              {' · '}
              <b>{t('mismatches', format().number(status().mismatches))}</b>
            </Show>
            <Show when={status().wasWrong}>
              {(was) => (
                <span class="freshness-was-wrong">
                  {' · '}
                  {t('wasWrong', age(was().ms), format().time(was().until + (status().offsetMs ?? 0)))}
                </span>
              )}
            </Show>
          </dd>
        </div>
      </dl>
      {props.children}
      <span class="freshness-clock">
        <Show when={exercise()}>
          <small>{t('realTime')} </small>
        </Show>
        <time>{format().clock(props.view.now())}</time>
      </span>
    </footer>
  )
}

/** Over the full width while anything but `live` is true: a lost link cannot be mistaken for a calm day. */
export function FreshnessBanner(props: { view: FreshnessView }): JSX.Element {
  const t = useWords(linkWords)
  const age = useAge()
  const state = () => props.view.state()
  const kind = () => (state().kind === 'offline' ? 'offline' : 'stale')
  return (
    <Show when={state().kind === 'stale' || state().kind === 'offline'}>
      <div class={`banner banner-${kind()}`} role="alert">
        <StateMark kind={kind()} />
        <span class="banner-title">{t(`banner.${kind()}`)}</span>
        <span class="banner-age">{state().ageMs === null ? t('noData') : t('age', age(state().ageMs ?? 0))}</span>
        <span class="banner-reason">{t(`reason.${state().reason}`)}</span>
      </div>
    </Show>
  )
}
