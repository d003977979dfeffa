import type { JSX } from 'solid-js'
import { ApiError } from '../api/http.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { ErrorState } from './State.tsx'

/** A page that threw: an API error says its own words, anything else a general sentence. */
export function PageError(props: { error: unknown; retry(): void }): JSX.Element {
  const t = useWords(commonWords)
  // A person gets a sentence; whoever looks into it needs the cause.
  console.error(props.error)
  const text = () => {
    const error = props.error
    if (!(error instanceof ApiError)) return t('error.unknown')
    return error.code === 'unreachable' ? t('error.offline') : error.message
  }
  return <ErrorState text={text()} retry={() => props.retry()} />
}
