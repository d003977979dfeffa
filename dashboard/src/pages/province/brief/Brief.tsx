import { createComputed, createMemo, createResource, type JSX } from 'solid-js'
import { boardCases, inAreas } from '../../../cases/board.ts'
import { createPlaceNames } from '../../../cases/createPlaceNames.ts'
import { useLanguage, useWords } from '../../../i18n/language.tsx'
import { createNow } from '../../../live/createNow.ts'
import { placeName, useSubject } from '../../../panels/subject.tsx'
import type { SignedIn } from '../../../session/account.ts'
import './Brief.css'
import { IcuAnswer } from './IcuAnswer.tsx'
import { LateAnswer } from './LateAnswer.tsx'
import { Queue } from './Queue.tsx'
import { OnItAnswer, RedsAnswer } from './RedAnswers.tsx'
import { WorseAnswer } from './WorseAnswer.tsx'
import { briefWords } from './words.ts'

const LOOK_EVERY_MS = 10_000

/**
 * What a governor asks first, each with its answer in words, one tap from the list behind it; of a district for who has
 * one. The board of the province is followed beside its numbers.
 */
export default function Brief(props: { session: SignedIn }): JSX.Element {
  const t = useWords(briefWords)
  const { language } = useLanguage()
  const subject = useSubject()
  const { live, area, parts, province } = subject
  const board = `board:${area}` as const
  const tick = createNow(LOOK_EVERY_MS)
  const now = createMemo(() => tick() + (live.status().offsetMs ?? 0))
  /** the one district of the account, if that is all it has */
  const own = () => {
    const [only, other] = props.session.areas
    return other === undefined && only?.length === 4 ? parts.find(({ code }) => code === only) : undefined
  }
  const cases = createMemo(() =>
    boardCases(live.rows(board, 'case'), live.rows(board, 'need')).filter(({ place }) =>
      inAreas(props.session.areas, place),
    ),
  )
  const isLoaded = () => live.scope(board).loaded
  // Suspends: with the board come five answers at once, and nothing that stands below them is pushed away.
  const [known] = createResource(
    () =>
      new Promise<true>((resolve) =>
        createComputed(() => {
          if (isLoaded() || live.status().denied !== null) resolve(true)
        }),
      ),
  )
  const reds = createMemo(() =>
    known.latest && isLoaded() ? cases().filter(({ severity }) => severity === 'red') : undefined,
  )
  const districts = createMemo(() => new Set(cases().map(({ district }) => district)), undefined, {
    equals: (a, b) => a.size === b.size && [...a].every((district) => b.has(district)),
  })
  const places = createPlaceNames(area, districts)
  const districtName = (code: string) => {
    const part = parts.find((each) => each.code === code)
    return part ? placeName(part, language()) : code
  }
  const name = () => {
    const place = own() ?? province
    return place ? placeName(place, language()) : ''
  }
  const redsProps = { province: area, districtName }
  return (
    <>
      <section class="brief" aria-labelledby="brief-title">
        <h2 id="brief-title" class="visually-hidden">
          {t('scope', name())}
        </h2>
        <ol>
          <WorseAnswer of={own()} />
          <RedsAnswer {...redsProps} reds={reds()} now={now()} />
          <LateAnswer of={own()} now={now()} />
          <IcuAnswer wholeProvince={own() !== undefined} />
          <OnItAnswer {...redsProps} reds={reds()} now={now()} />
        </ol>
      </section>
      <Queue province={area} cases={cases()} places={places} now={now()} />
    </>
  )
}
