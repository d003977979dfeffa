import type { JSX } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import './Skeleton.css'

/** A grey bar where text will be. `width` is a CSS length. */
export function Skeleton(props: { width?: string; height?: string }): JSX.Element {
  return (
    <span class="skeleton" style={{ width: props.width ?? '100%', height: props.height ?? '1em' }} aria-hidden="true" />
  )
}

export function PageSkeleton(): JSX.Element {
  const t = useWords(commonWords)
  return (
    <div class="page-skeleton" role="status" aria-label={t('loading')}>
      <Skeleton width="40%" height="2rem" />
      <Skeleton />
      <Skeleton width="80%" />
    </div>
  )
}
