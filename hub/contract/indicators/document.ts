import { FAMILIES, type IndicatorId } from './index.ts'
import type { Indicator, Option } from './indicator.ts'
import { INDICATORS_EN } from './words-en.ts'
import { INDICATORS_TH } from './words-th.ts'

const INTRODUCTION = `# Indicators

Every number that a screen, a list, an export or the API shows is one of these, and is computed in \`hub/contract/indicators/\` alone, from
cells of the fold. This page is written by \`npm run indicators\` from the same dictionary; do not edit it.

**Unknown is not zero.** A number that nobody has reported is "–", with the reason. Beside it stands how many of its parts were reported in
time, and the list of who is late. Thresholds are data: these are the ones an operation begins with, and national command edits them at
\`/admin/thresholds\`.`

const WORSE = { higher: 'higher is worse', lower: 'lower is worse', neither: 'neither way is worse' } as const

const BY: Readonly<Partial<Record<Option, string>>> = { knownGroup: 'target group' }

/** The dictionary as a page of documentation. */
export function indicatorsDocument(): string {
  const families = Object.entries(FAMILIES).map(([family, indicators]) => {
    const sections = Object.entries<Indicator>(indicators).map(([id, indicator]) =>
      section(id as IndicatorId, indicator),
    )
    return `## ${INDICATORS_EN.families[family as keyof typeof FAMILIES]}\n\n${sections.join('\n\n')}`
  })
  return `${INTRODUCTION}\n\n${families.join('\n\n')}\n`
}

function section(id: IndicatorId, indicator: Indicator): string {
  const en = INDICATORS_EN.indicators[id]
  const th = INDICATORS_TH.indicators[id]
  const { watch, alarm } = indicator.thresholds
  const facts = [
    ['Formula', en.formula],
    ['Unit', `${INDICATORS_EN.units[indicator.unit]}; ${WORSE[indicator.worse]}`],
    ['Adds up', INDICATORS_EN.adds[indicator.adds]],
    [
      'From',
      `${indicator.finest} upwards${indicator.by ? `, by ${BY[indicator.by] ?? indicator.by}${indicator.required ? '' : ' or in all'}` : ''}`,
    ],
    ['Source', INDICATORS_EN.sources[indicator.source]],
    ['Thresholds', `watch ${watch ?? 'none'}, alarm ${alarm ?? 'none'}`],
  ]
  const rows = facts.map(([name, text]) => `| ${name} | ${text} |`).join('\n')
  return `### \`${id}\` ${en.name} · ${th.name}\n\n${en.definition}\n\n${th.definition}\n\n| | |\n|---|---|\n${rows}`
}
