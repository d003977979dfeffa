import { A, useNavigate, useParams } from '@solidjs/router'
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { placeName } from '../../panels/subject.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { toast } from '../../ui/Toast.tsx'
import { bodyOf, type Draft, deskOf, draftOf, editOf, type Facility, newDraft } from './draft.ts'
import { DeskFields, RegisterFields } from './FacilityForm.tsx'
import { FacilityHistory } from './FacilityHistory.tsx'
import { StateActions } from './StateActions.tsx'
import './registry.css'
import { registryWords } from './words.ts'

/** `/facilities/new` and `/facilities/<id>`: one entry of the registry. */
export default function RecordPage(): JSX.Element {
  const t = useWords(registryWords)
  const params = useParams<{ id: string }>()
  return (
    <DeskPage
      title={params.id === 'new' ? [t('new'), t('title')] : [params.id, t('title')]}
      may={['facility.register', 'facility.desk']}
      wide
    >
      <Show when={params.id === 'new'} fallback={<Standing id={params.id} />}>
        <header class="desk-head">
          <div>
            <A href="/facilities">{t('back')}</A>
            <h1>{t('new')}</h1>
          </div>
        </header>
        <Register />
      </Show>
    </DeskPage>
  )
}

type FormProps = {
  start: Draft
  /** which fields there are */
  fields: 'all' | 'desk'
  send(draft: Draft, keepApart: boolean): Promise<void>
  /** somebody else has changed it: what to do about that */
  reload?: () => void
}

function Form(props: FormProps): JSX.Element {
  const t = useWords(registryWords)
  const [draft, setDraft] = createSignal(props.start)
  const submit = createSubmit()
  const errors = () => submit.problem()?.fields ?? {}
  const isApart = () => errors()['place.point'] !== undefined
  const change = (part: Partial<Draft>) => setDraft((all) => ({ ...all, ...part }))
  const send = (keepApart: boolean) => void submit.send(() => props.send(draft(), keepApart))
  return (
    <form
      class="desk-card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send(draft().place.acceptApart === true)
      }}
    >
      <Show when={props.fields === 'all'}>
        <RegisterFields draft={draft()} errors={errors()} onChange={change} />
      </Show>
      <DeskFields draft={draft()} errors={errors()} onChange={change} />
      <Show when={submit.problem()}>
        {(what) => (
          <div class="desk-problem" role="alert">
            <p>{what().text}</p>
            <Show when={isApart()}>
              <Button onClick={() => send(true)}>{t('apart')}</Button>
            </Show>
            <Show when={what().code === 'stale_version' && props.reload}>
              {(reload) => <Button onClick={() => reload()()}>{t('stale')}</Button>}
            </Show>
          </div>
        )}
      </Show>
      <div class="desk-buttons">
        <Button type="submit" kind="primary" busy={submit.busy()}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

function Register(): JSX.Element {
  const t = useWords(registryWords)
  const navigate = useNavigate()
  const { areas } = useDesk()
  const key = newKey()
  return (
    <Form
      start={newDraft(areas.length === 1 ? areas[0] : undefined)}
      fields="all"
      send={async (draft, keepApart) => {
        // A form that was refused and mended is another command.
        const body = bodyOf(draft, keepApart)
        const made = await ask('POST /api/facilities', { key: `${key}${hashOf(JSON.stringify(body))}`, body })
        toast(t('saved'), 'good')
        navigate(`/facilities/${made.id}`)
      }}
    />
  )
}

/** A short name of a text, so that the same form sent twice is one command. */
function hashOf(text: string): string {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0
  return (hash >>> 0).toString(36)
}

function Standing(props: { id: string }): JSX.Element {
  const common = useWords(commonWords)
  const [loaded, reload] = createLoaded(
    () => props.id,
    (id) => ask('GET /api/facilities/{id}', { params: { id } }),
  )
  const [changed, setChanged] = createSignal<Facility>()
  const facility = () => {
    const answer = loaded()
    const newest = changed()
    if (answer.kind !== 'there') return undefined
    return newest && newest.id === answer.value.id && newest.version > answer.value.version ? newest : answer.value
  }
  const failed = () => failureOf(loaded(), common)
  return (
    <Switch fallback={<Skeleton height="24rem" />}>
      <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={reload} />}</Match>
      <Match when={facility()} keyed>
        {(row) => <Entry facility={row} onChange={setChanged} reload={reload} />}
      </Match>
    </Switch>
  )
}

type EntryProps = { facility: Facility; onChange(facility: Facility): void; reload(): void }

function Entry(props: EntryProps): JSX.Element {
  const t = useWords(registryWords)
  const { language } = useLanguage()
  const { id, version, may } = props.facility
  const editable = () => props.facility.mergedInto === null && (may.register || may.desk)
  async function save(draft: Draft, keepApart: boolean): Promise<void> {
    const asking = { params: { id }, key: newKey() }
    const made = may.register
      ? await ask('POST /api/facilities/{id}/edit', { ...asking, body: editOf(draft, props.facility, keepApart) })
      : await ask('POST /api/facilities/{id}/desk', { ...asking, body: { version, ...deskOf(draft) } })
    props.onChange(made)
    toast(t('saved'), 'good')
  }
  return (
    <>
      <header class="desk-head">
        <div>
          <Show when={may.register}>
            <A href="/facilities">{t('back')}</A>
          </Show>
          <h1>{placeName(props.facility, language())}</h1>
          <p>
            {t(`kind.${props.facility.kind}`)} · {t('number', String(id))}
            {props.facility.code === null ? '' : ` · ${props.facility.code}`}
          </p>
        </div>
        <StateActions facility={props.facility} onChange={props.onChange} />
      </header>
      <Show when={!props.facility.active && props.facility.mergedInto === null}>
        <p class="desk-problem">{t('isClosed')}</p>
      </Show>
      <Show when={props.facility.mergedInto}>
        {(into) => (
          <p class="desk-problem">
            {t('isMerged', String(into()))} <A href={`/facilities/${into()}`}>{t('openOther')}</A>
          </p>
        )}
      </Show>
      <div class="registry-columns">
        <Show when={editable()}>
          <Form
            start={draftOf(props.facility)}
            fields={may.register ? 'all' : 'desk'}
            send={save}
            reload={props.reload}
          />
        </Show>
        <FacilityHistory id={id} />
      </div>
    </>
  )
}
