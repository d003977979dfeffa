import type { BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'

type LevelWord = keyof typeof commonWords.en.bedLevel

/** @returns the name of a bed level with its number, as hospitals write it */
export function useLevelName(): (level: BedLevel) => string {
  const common = useWords(commonWords)
  return (level) => `${level} · ${common(`bedLevel.${level.replace('.', '_') as LevelWord}`)}`
}
