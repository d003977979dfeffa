import { createEffect, createSignal, type JSX } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { areaNames } from '../places/areas.ts'
import { deskWords } from './words.ts'

/** An area by name, its province last; the code until the name is there. */
export function AreaName(props: { code: string }): JSX.Element {
  const t = useWords(deskWords)
  const { language } = useLanguage()
  const [name, setName] = createSignal<string>()
  createEffect(() => {
    const { code } = props
    if (code === 'TH' || code === '') return
    areaNames(code, language()).then(
      (names) => setName(names.join(', ')),
      () => setName(undefined),
    )
  })
  return (
    <span class="area-name" title={props.code}>
      {props.code === 'TH' ? t('nation') : (name() ?? props.code)}
    </span>
  )
}
