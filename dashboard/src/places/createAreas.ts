import { createLoaded } from '../forms/createLoaded.ts'
import { useLanguage } from '../i18n/language.tsx'
import { areaName, areasBelow } from './areas.ts'

/** The areas below one, for a list to choose from; none while they are on their way. `''`: of nothing. */
export function createAreas(parent: () => string) {
  const { language } = useLanguage()
  const [loaded] = createLoaded(parent, areasBelow)
  const areas = () => {
    const answer = loaded()
    return answer.kind === 'there' ? answer.value : []
  }
  return {
    options: () => areas().map(({ code }) => code),
    name: (code: string) => {
      const area = areas().find((each) => each.code === code)
      return area ? areaName(area, language()) : code
    },
  }
}
