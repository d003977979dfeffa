import type { JSX } from 'solid-js'
import { useLanguage } from '../i18n/language.tsx'
import { useNames } from '../pages/list/names.ts'
import { placeName, useSubject } from './subject.tsx'

/** A number in words, with its part of the subject. */
export default function ListName(props: { metric: string; area: string | undefined }): JSX.Element {
  const names = useNames()
  const { language } = useLanguage()
  const { parts } = useSubject()
  const what = () => {
    const part = parts.find(({ code }) => code === props.area)
    return [names.number(props.metric), ...(part ? [placeName(part, language())] : [])].join(', ')
  }
  return <>{what()}</>
}
