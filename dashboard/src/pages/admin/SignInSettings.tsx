import { createSignal, type JSX } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import { NumberField } from './NumberField.tsx'
import { signInRuleWords } from './signInWords.ts'

/** What holds for every role: exercises, how long a proof lasts, how many reveals are many. */
export function SignInSettings(props: { settings: Answer<'GET /api/sign-in-rules'> }): JSX.Element {
  const t = useWords(signInRuleWords)
  const submit = createSubmit()
  const [inDrill, setInDrill] = createSignal(props.settings.inDrill)
  const [proof, setProof] = createSignal(String(props.settings.proofMinutes))
  const [many, setMany] = createSignal(String(props.settings.manyReveals))
  const within = (text: string, max: number) =>
    /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= max
  const fits = () => within(proof(), 60) && within(many(), 10_000)
  const send = () =>
    submit.send(async () => {
      await ask('PUT /api/sign-in-rules/settings', {
        body: { inDrill: inDrill(), proofMinutes: Number(proof()), manyReveals: Number(many()) },
      })
      toast(t('allSet'), 'good')
    })
  return (
    <form
      class="desk-card admin-form"
      aria-labelledby="sign-in-settings"
      onSubmit={(event) => {
        event.preventDefault()
        if (fits()) void send()
      }}
    >
      <h2 id="sign-in-settings">{t('all')}</h2>
      <label class="desk-check">
        <input
          type="checkbox"
          name="inDrill"
          checked={inDrill()}
          onChange={({ currentTarget }) => setInDrill(currentTarget.checked)}
        />
        <span>
          {t('inDrill')} <small class="desk-muted">{t('inDrillText')}</small>
        </span>
      </label>
      <p class="desk-muted">{t('proofText')}</p>
      <NumberField name="proofMinutes" label={t('proof')} of="" inputmode="numeric" text={proof()} input={setProof} />
      <NumberField name="manyReveals" label={t('many')} of="" inputmode="numeric" text={many()} input={setMany} />
      <ProblemNote text={fits() ? submit.problem()?.text : t('wrongAll')} />
      <Button type="submit" busy={submit.busy()} disabled={!fits()}>
        {t('set')}
      </Button>
    </form>
  )
}
