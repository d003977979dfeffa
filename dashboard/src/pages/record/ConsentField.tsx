import { type JSX, Show } from 'solid-js'
import { newestConsent, partsOf } from '../../../../hub/contract/privacy/consent.ts'
import { LANGUAGES } from '../../../../hub/contract/vocabulary/languages.ts'
import { RadioChoices } from '../../forms/Choices.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { LANGUAGE_NAMES } from '../../i18n/languages.ts'
import { ConsentParts } from '../../privacy/ConsentParts.tsx'
import { consentWords } from './consentWords.ts'
import type { RecordDraft } from './model.ts'

type ConsentFieldProps = { draft: RecordDraft; edit(change: Partial<RecordDraft>): void }

/** Who agreed, and the text that was read to them: it stands in the page, so it is there without a network. */
export function ConsentField(props: ConsentFieldProps): JSX.Element {
  const t = useWords(consentWords)
  return (
    <div data-field="consent">
      <RadioChoices
        legend={t('legend')}
        hint={t('hint')}
        look="lines"
        options={['', 'person', 'relative'] as const}
        label={(by) => t(by === '' ? 'notAsked' : by)}
        value={props.draft.consentBy}
        onPick={(consentBy) => props.edit({ consentBy })}
      />
      <Show when={props.draft.consentBy !== ''}>
        <SelectField
          label={t('language')}
          name="consent-language"
          options={LANGUAGES}
          value={props.draft.consentLanguage}
          text={(language) => LANGUAGE_NAMES[language]}
          onChange={(consentLanguage) => props.edit({ consentLanguage })}
        />
        <div lang={props.draft.consentLanguage}>
          <ConsentParts parts={partsOf(newestConsent().texts, props.draft.consentLanguage)} />
        </div>
      </Show>
    </div>
  )
}
