import type { JSX } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { sessionWords } from './words.ts'

/** Before signing out with claims that run on: they would wait for somebody who has left. */
export function ClaimsDialog(props: { count: number; leave(): void; stay(): void }): JSX.Element {
  const t = useWords(sessionWords)
  return (
    <Dialog
      open
      onOpenChange={() => props.stay()}
      title={t('claimsTitle')}
      description={t('claimsText', String(props.count))}
      actions={
        <>
          <Button onClick={() => props.leave()}>{t('signOutAnyway')}</Button>
          <Button kind="primary" onClick={() => props.stay()}>
            {t('stay')}
          </Button>
        </>
      }
    />
  )
}
