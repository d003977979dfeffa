import { Router } from '@solidjs/router'
import { ErrorBoundary, type JSX, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { screenNow } from './clock.ts'
import { CallFoot } from './forms/Emergency.tsx'
import { LanguageProvider } from './i18n/language.tsx'
import { isHelpPage } from './pages/help/address.ts'
import { routesWith } from './pages/routes.ts'
import { PageExercise } from './panels/PageExercise.tsx'
import { tellHere } from './session/here.ts'
import { ProofHost } from './session/ProofHost.tsx'
import { PageError } from './ui/PageError.tsx'
import { LostPart, part } from './ui/part.tsx'
import { PageSkeleton } from './ui/Skeleton.tsx'
import { ToastRegion } from './ui/Toast.tsx'

const ROUTES = routesWith((load) => part(load, LostPage))

/** Fetches the page behind an address beside what it waits for before it is drawn. */
export function fetchPage(path: string): void {
  const steps = path.split('/')
  const leadsHere = (route: string) => {
    const its = route.split('/')
    return its.length === steps.length && its.every((step, i) => step.startsWith(':') || step === steps[i])
  }
  const found = ROUTES.find((route) => typeof route.path === 'string' && leadsHere(route.path))
  const page = found?.component as Partial<ReturnType<typeof part>> | undefined
  page?.preload?.()
}

/** People in need have the numbers to call while their page is loading, and when it fails. */
function HelpFoot(): JSX.Element {
  return (
    <Show when={isHelpPage(location.pathname)}>
      <footer class="help-foot">
        <CallFoot />
      </footer>
    </Show>
  )
}

function LostPage(): JSX.Element {
  return (
    <>
      <LostPart />
      <HelpFoot />
    </>
  )
}

function Root(props: { children?: JSX.Element }): JSX.Element {
  onMount(() => onCleanup(tellHere(screenNow)))
  return (
    <LanguageProvider>
      <PageExercise />
      <ErrorBoundary
        fallback={(error, reset) => (
          <>
            <PageError error={error} retry={reset} />
            <HelpFoot />
          </>
        )}
      >
        <Suspense
          fallback={
            <>
              <PageSkeleton />
              <HelpFoot />
            </>
          }
        >
          {props.children}
        </Suspense>
      </ErrorBoundary>
      <ProofHost />
      <ToastRegion />
    </LanguageProvider>
  )
}

export function App(): JSX.Element {
  return <Router root={Root}>{ROUTES}</Router>
}
