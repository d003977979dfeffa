import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { base64Of } from '../../api/base64.ts'
import { type Answer, ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { useChanges } from './changes.ts'
import { registryWords } from './words.ts'

type Plan = Answer<'POST /api/registry/import'>
type Step = 'reading' | 'checking' | 'writing'
type Chosen = { readonly name: string; readonly file: string }

/** What fits into a request in base64. */
const BYTES_MAX = 700_000

/** A file of facilities: chosen, looked at, then written. */
export function ImportFile(props: { onWritten(): void }): JSX.Element {
  const t = useWords(registryWords)
  const { language, format } = useLanguage()
  const [chosen, setChosen] = createSignal<Chosen>()
  const [plan, setPlan] = createSignal<Plan>()
  const [step, setStep] = createSignal<Step>()
  const [apart, setApart] = createSignal(false)
  const [tooLarge, setTooLarge] = createSignal(false)
  const submit = createSubmit()
  const number = (n: number) => format().number(n)

  async function send(file: Chosen, apply?: string): Promise<void> {
    setStep(apply === undefined ? 'checking' : 'writing')
    const body = {
      ...file,
      acceptApart: apart(),
      language: language() === 'th' ? 'th' : 'en',
      ...(apply !== undefined && { apply }),
    } as const
    setPlan(await ask('POST /api/registry/import', { key: newKey(), body }))
  }
  const run = (work: () => Promise<void>) => submit.send(() => work().finally(() => setStep(undefined)))

  async function choose(file: File | undefined): Promise<void> {
    setPlan(undefined)
    setChosen(undefined)
    submit.forget()
    setTooLarge(file !== undefined && file.size > BYTES_MAX)
    if (file === undefined || file.size > BYTES_MAX) return
    await run(async () => {
      setStep('reading')
      const read = { name: file.name, file: await base64Of(file) }
      setChosen(read)
      await send(read)
    })
  }
  const apply = (file: Chosen, looked: Plan) =>
    run(async () => {
      await send(file, looked.plan)
      props.onWritten()
    })
  const again = (file: Chosen) => run(() => send(file))

  return (
    <section class="desk-card registry-import" aria-labelledby="registry-import">
      <h2 id="registry-import">{t('file.title')}</h2>
      <p class="desk-muted">{t('file.lead')}</p>
      <InputField
        label={t('file.choose')}
        hint={t('file.chooseHint')}
        error={tooLarge() ? t('file.tooLarge') : undefined}
        type="file"
        name="file"
        accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        disabled={submit.busy()}
        onChange={({ currentTarget }) => void choose(currentTarget.files?.[0])}
      />
      <label class="registry-apart">
        <input
          type="checkbox"
          name="acceptApart"
          checked={apart()}
          onChange={({ currentTarget }) => {
            setApart(currentTarget.checked)
            const file = chosen()
            if (file) void again(file)
          }}
        />
        <span>{t('file.apart')}</span>
      </label>
      <div role="status">
        <Show when={step()}>
          {(now) => (
            <p class="registry-step">
              {t(`file.${now()}`)}
              <progress aria-label={t(`file.${now()}`)} />
            </p>
          )}
        </Show>
      </div>
      <ProblemNote text={submit.problem()?.text} />
      <Show when={step() === undefined && plan()}>
        {(looked) => (
          <Switch
            fallback={
              <>
                <p role="status">
                  {t('file.would', number(looked().add), number(looked().change), number(looked().leave))}
                </p>
                <Preview plan={looked()} />
                <div class="desk-buttons">
                  <Button
                    kind="primary"
                    onClick={() => {
                      const file = chosen()
                      if (file) void apply(file, looked())
                    }}
                  >
                    {t('file.apply', number(looked().add + looked().change))}
                  </Button>
                </div>
              </>
            }
          >
            <Match when={looked().written}>
              <p class="desk-done" role="status">
                {t('file.done', number(looked().add), number(looked().change))}
              </p>
            </Match>
            <Match when={looked().bad > 0}>
              <Faults plan={looked()} />
            </Match>
            <Match when={looked().add + looked().change === 0}>
              <p role="status">{t('file.nothing')}</p>
            </Match>
          </Switch>
        )}
      </Show>
    </section>
  )
}

function Faults(props: { plan: Plan }): JSX.Element {
  const t = useWords(registryWords)
  const { format } = useLanguage()
  return (
    <div role="alert">
      <p class="desk-problem">{t('file.bad', format().number(props.plan.bad))}</p>
      <ol class="registry-lines">
        <For each={props.plan.errors}>
          {({ line, message }) => (
            <li>
              <b>{t('file.line', format().number(line))}</b> {message}
            </li>
          )}
        </For>
      </ol>
      <Show when={props.plan.bad > props.plan.errors.length}>
        <p class="desk-muted">{t('file.more')}</p>
      </Show>
    </div>
  )
}

function Preview(props: { plan: Plan }): JSX.Element {
  const t = useWords(registryWords)
  const { format } = useLanguage()
  const changes = useChanges()
  return (
    <>
      <ol class="registry-lines">
        <For each={props.plan.items}>
          {(item) => (
            <li>
              <b>{t('file.line', format().number(item.line))}</b> {item.name}{' '}
              <em>{item.what === 'add' ? t('file.adds') : t('file.changes')}</em>
              <Show when={item.what === 'change'}>
                <ul>
                  <For each={changes(item.changes)}>{(text) => <li>{text}</li>}</For>
                </ul>
              </Show>
            </li>
          )}
        </For>
      </ol>
      <Show when={props.plan.add + props.plan.change > props.plan.items.length}>
        <p class="desk-muted">{t('file.more')}</p>
      </Show>
    </>
  )
}
