import { Router } from '@solidjs/router'
import { ErrorBoundary, type JSX, Suspense } from 'solid-js'
import { LanguageProvider } from './i18n/language.tsx'
import { routes } from './pages/routes.ts'
import { PageExercise } from './panels/PageExercise.tsx'
import { PageError } from './ui/PageError.tsx'
import { PageSkeleton } from './ui/Skeleton.tsx'
import { ToastRegion } from './ui/Toast.tsx'

function Root(props: { children?: JSX.Element }): JSX.Element {
  return (
    <LanguageProvider>
      <PageExercise />
      <ErrorBoundary fallback={(error, reset) => <PageError error={error} retry={reset} />}>
        <Suspense fallback={<PageSkeleton />}>{props.children}</Suspense>
      </ErrorBoundary>
      <ToastRegion />
    </LanguageProvider>
  )
}

export function App(): JSX.Element {
  return <Router root={Root}>{routes}</Router>
}
