import { type JSX, Show } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { sentenceOf } from '../pageKit/problem.ts'
import { ErrorState } from './State.tsx'

/** In place of what is loading: the skeleton, and once a try has failed why, and that the page goes on trying by itself. */
export function StillTrying(props: { error: unknown; loading: JSX.Element }): JSX.Element {
  const t = useWords(commonWords)
  return (
    <Show when={props.error} fallback={props.loading}>
      {(error) => (
        <ErrorState text={`${sentenceOf(error(), t)} ${t('error.byItself')}`} retry={() => location.reload()} />
      )}
    </Show>
  )
}
