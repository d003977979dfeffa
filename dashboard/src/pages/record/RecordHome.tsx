import { A } from '@solidjs/router'
import { For, type JSX, onMount } from 'solid-js'
import { FORM_KINDS, type FormKind } from '../../../../hub/contract/vocabulary/records.ts'
import { doseSites } from '../../api/sites.ts'
import { StepHeading } from '../../forms/FormPage.tsx'
import { useWords } from '../../i18n/language.tsx'
import { areasBelow } from '../../places/areas.ts'
import { usePageTitle } from '../../ui/title.ts'
import { CareToday } from './CarePeople.tsx'
import { DraftList } from './DraftList.tsx'
import { QueueList } from './QueueList.tsx'
import { RecordIcon } from './RecordIcon.tsx'
import { useRecorder } from './recorder.tsx'
import { recordWords } from './words.ts'

export default function RecordHome(): JSX.Element {
  const t = useWords(recordWords)
  const { access } = useRecorder()
  usePageTitle(() => [t('title')])
  // The names of the own areas and sites, so that they are on the phone before the network goes.
  onMount(() => {
    const current = access()
    const areas = current.kind === 'in' ? current.account.areas : []
    const parents = new Set(['TH', ...areas.flatMap((code) => [code.slice(0, 2), code.slice(0, 4)])])
    for (const province of new Set(areas.filter((code) => code !== 'TH').map((code) => code.slice(0, 2)))) {
      doseSites(province).catch((error: unknown) =>
        console.info('The sites of a province are not on this phone.', error),
      )
    }
    for (const parent of parents) {
      areasBelow(parent).catch((error: unknown) => console.info('The names of an area are not on this phone.', error))
    }
  })
  return (
    <>
      <StepHeading lead={t('lead')} quiet>
        {t('title')}
      </StepHeading>
      <CareToday>
        <ul class="record-kinds">
          <For each={FORM_KINDS}>{(kind) => <KindLink kind={kind} />}</For>
        </ul>
        <DraftList />
        <QueueList />
      </CareToday>
    </>
  )
}

function KindLink(props: { kind: FormKind }): JSX.Element {
  const t = useWords(recordWords)
  return (
    <li>
      <A href={`/record/${props.kind}`}>
        <RecordIcon kind={props.kind} />
        <span>{t(`kind.${props.kind}`)}</span>
      </A>
    </li>
  )
}
