import { useNavigate, useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { LANGUAGES } from '../../../../hub/contract/vocabulary/languages.ts'
import { CallFoot } from '../../forms/Emergency.tsx'
import { ErrorSummary } from '../../forms/ErrorSummary.tsx'
import { FormPage } from '../../forms/FormPage.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { part } from '../../ui/part.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { statusAddress } from './address.ts'
import { createRequest } from './createRequest.ts'
import { checkWords, startWords } from './words.ts'
import './help.css'
import {
  type Field,
  firstOpenStep,
  type HelpDraft,
  type Problem,
  problemsOf,
  STEP_OF,
  STEPS,
  type Step,
} from './model.ts'
import { StartScreen } from './StartScreen.tsx'

/** All steps come with the first that is opened: whoever only looks does not pay for them. */
const steps = () => import('./steps.ts')
type Steps = Awaited<ReturnType<typeof steps>>
const partOf = <Name extends keyof Steps>(name: Name) =>
  part<Steps[Name]>(() => steps().then((all) => ({ default: all[name] })))
const [NeedsStep, ConditionStep, PlaceStep] = [partOf('NeedsStep'), partOf('ConditionStep'), partOf('PlaceStep')]
const [PersonStep, CheckStep] = [partOf('PersonStep'), partOf('CheckStep')]

export default function HelpPage(): JSX.Element {
  const { language } = useLanguage()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const tSend = useWords(checkWords)
  const tStart = useWords(startWords)
  usePageTitle(() => [tStart('title')])
  const request = createRequest((answer) => {
    if (answer.code === null) return
    navigate(statusAddress(answer.code, language(), true), { replace: true })
  })
  const [problems, setProblems] = createSignal<readonly Problem[]>([])

  const asked = (): Step | undefined => STEPS.find((step) => step === params.step)
  /** The step in the address, unless one before it is not finished. */
  const step = (): Step | undefined => {
    const wanted = asked()
    if (wanted === undefined) return undefined
    if (request.sending().kind !== 'editing') return 'check'
    return STEPS.indexOf(wanted) > STEPS.indexOf(firstOpenStep(request.draft()))
      ? firstOpenStep(request.draft())
      : wanted
  }
  const goTo = (next: Step | undefined) => {
    setProblems([])
    setParams({ step: next ?? null })
    window.scrollTo({ top: 0 })
  }
  const textOf = (problem: Problem) => ('said' in problem ? problem.said : tSend(`error.${problem.key}`))
  const errorOf = (field: Field) => {
    const found = problems().find((problem) => problem.field === field)
    return found && textOf(found)
  }
  const edit = (change: Partial<HelpDraft>) => {
    request.edit(change)
    setProblems((all) => all.filter(({ field }) => !(field in change) && !(field === 'id' && 'idNumber' in change)))
  }
  const next = () => {
    const current = step() ?? 'needs'
    const wrong = problemsOf(request.draft(), current)
    if (wrong.length > 0) setProblems(wrong)
    else goTo(STEPS[STEPS.indexOf(current) + 1] ?? 'check')
  }

  // A reload in the middle of sending goes on with it, wherever the address stands.
  createEffect(() => {
    if (request.sending().kind !== 'editing' && asked() === undefined) setParams({ step: 'check' })
  })
  createEffect(() => {
    const state = request.sending()
    const [first] = state.kind === 'editing' ? state.problems : []
    if (state.kind !== 'editing' || first === undefined) return
    goTo(STEP_OF[first.field])
    setProblems(state.problems)
  })

  return (
    <FormPage languages={LANGUAGES} foot={<CallFoot />} complete>
      <Show
        when={step()}
        fallback={
          <StartScreen
            started={request.draft().needs.length > 0}
            place={request.draft().place}
            begin={() => goTo('needs')}
          />
        }
      >
        {(current) => (
          <form
            class="help-step"
            novalidate
            onSubmit={(event) => {
              event.preventDefault()
              if (current() !== 'check') next()
            }}
          >
            <StepProgress step={current()} />
            <ErrorSummary
              problems={problems()
                .filter(({ field }) => STEP_OF[field] === current())
                .map((problem) => ({ field: problem.field, text: textOf(problem) }))}
            />
            <Switch>
              <Match when={current() === 'needs'}>
                <NeedsStep draft={request.draft()} edit={edit} errorOf={errorOf} />
              </Match>
              <Match when={current() === 'condition'}>
                <ConditionStep draft={request.draft()} edit={edit} errorOf={errorOf} />
              </Match>
              <Match when={current() === 'place'}>
                <PlaceStep draft={request.draft()} edit={edit} errorOf={errorOf} />
              </Match>
              <Match when={current() === 'person'}>
                <PersonStep draft={request.draft()} edit={edit} errorOf={errorOf} />
              </Match>
              <Match when={current() === 'check'}>
                <CheckStep request={request} edit={edit} errorOf={errorOf} goTo={goTo} refuse={setProblems} />
              </Match>
            </Switch>
            <Show when={current() !== 'check'}>
              <StepActions back={() => goTo(STEPS[STEPS.indexOf(current()) - 1])} />
            </Show>
          </form>
        )}
      </Show>
    </FormPage>
  )
}

function StepProgress(props: { step: Step }): JSX.Element {
  const t = useWords(startWords)
  const number = () => STEPS.indexOf(props.step) + 1
  return (
    <div class="help-progress">
      <p>{t('step', number(), STEPS.length)}</p>
      <progress value={number()} max={STEPS.length} aria-hidden="true" />
    </div>
  )
}

function StepActions(props: { back(): void }): JSX.Element {
  const t = useWords(startWords)
  return (
    <div class="form-actions">
      <Button type="submit" kind="primary">
        {t('next')}
      </Button>
      <Button onClick={() => props.back()}>{t('back')}</Button>
    </div>
  )
}
