/** A file in a shape that people really send, and what the importer has to say of it. Written small, with invented numbers. */
export type ImportInput = {
  /** the line of the fault list */
  readonly id: string
  readonly name: string
  readonly kind: 'cases' | 'vaccinations'
  readonly file: string | Buffer
  /** imported before it */
  readonly after?: string
  readonly options?: readonly string[]
  /** exit code, and sentences that all have to be in what it says */
  readonly code: 0 | 1
  readonly says: readonly (string | RegExp)[]
}

const HEADER = 'date,province_code,new_cases'
const DEATHS = `${HEADER},new_deaths`
const cases = (rows: readonly string[], header = HEADER): string => `${[header, ...rows].join('\n')}\n`
const days = (from: number, to: number, value: (i: number) => number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `2022-07-${String(from + i).padStart(2, '0')},50,${value(i)}`)
const many = Array.from({ length: 400 }, () => '2022-06-01,50,12')
/** "วันที่" in windows-874. */
const THAI_874 = Buffer.from([0xc7, 0xd1, 0xb9, 0xb7, 0xd5, 0xe8])

const one = (
  id: string,
  name: string,
  file: string | Buffer,
  code: 0 | 1,
  ...says: readonly (string | RegExp)[]
): ImportInput => ({ id, name, kind: 'cases', file, code, says })

const twelve = '12 cases and 0 deaths would be added'

export const IMPORT_INPUTS: readonly ImportInput[] = [
  one('I1', 'semicolons', cases(many.slice(0, 1)).replaceAll(',', ';'), 0, twelve),
  one('I1', 'tabs', cases(many.slice(0, 1)).replaceAll(',', '\t'), 0, twelve),
  one('I1', 'a title row', cases(many, `รายงานประจำวัน\n\n${HEADER}`), 1, ':1: holds a title', 'in line 3'),
  one(
    'I1',
    'merged cells',
    cases(['2022-06-01,เชียงใหม่,12,1'], 'รายงานสถานการณ์,,,\nวันที่,จังหวัด,ผู้ป่วย,\n,,รายใหม่,เสียชีวิต'),
    1,
    ':1: holds a title',
    'every column one name in one line',
    'date=วันที่,province_code=จังหวัด',
  ),
  one(
    'I1',
    'a name with a slip',
    cases(many, 'date,province_code,new_case'),
    1,
    ':1: has no column new_cases',
    '--map new_cases=new_case',
  ),
  one(
    'I1',
    'a name of another source',
    cases(many, 'date,province_code,cases'),
    1,
    ':1: has no column new_cases',
    '--map new_cases=cases',
  ),
  {
    ...one('I2', 'weeks beside their days', cases(['2022-07-07,50,70', '2022-07-14,50,70', '2022-07-21,50,70']), 1),
    after: cases(days(1, 11, () => 10)),
    options: ['--accept-irregular'],
    says: ['Chiang Mai (50)', '2022-07-01 … 2022-07-07 are counted', 'leave these days out'],
  },
  one('I2', 'totals in a column of days', cases(days(1, 10, (i) => 5 + i * i)), 1, 'never falls', '--accept-rising'),
  one(
    'I3',
    'zero and blank',
    cases(['2022-05-27,10,0', '2022-05-27,11,']),
    0,
    '1 row without a number: not reported',
    '1 new province-day',
  ),
  one(
    'I4',
    'more cases than likely',
    cases(['2022-06-01,50,120000']),
    1,
    'new_cases 120,000 is hardly true',
    '--accept-implausible',
  ),
  {
    ...one(
      'I4',
      'more doses than people',
      cases(['2022-06-01,50,99999999'], 'date,province_code,dose1_cum'),
      1,
      'is hardly true',
      'people who live there',
    ),
    kind: 'vaccinations',
  },
  {
    ...one(
      'I4',
      'a fall of 99.97 %',
      cases(['2022-06-01,50,333333', '2022-06-02,50,100'], 'date,province_code,dose1_cum'),
      1,
    ),
    kind: 'vaccinations',
    says: [':3: dose1_cum 100 is hardly true', 'at least 166,667'],
  },
  one(
    'I5',
    'a total row',
    cases(['2022-06-01,เชียงใหม่,12,0', 'รวม,,12,0'], DEATHS),
    1,
    ':3: "รวม" is a total',
    'would be added',
    'an import would stop here',
  ),
  one(
    'I5',
    'a total row with its day',
    cases(['2022-06-01,50,12,0', '2022-06-01,Total,12,0'], DEATHS),
    1,
    ':3: "Total" is a total',
    'would be added',
  ),
  one(
    'I6',
    'names as people write them',
    cases(
      ['กรุงเทพ', 'อยุธยา', 'Ayutthaya', 'TH50', 'ล\u0e4d\u0e32ปาง', 'เเพร่'].map(
        (name, i) => `2022-06-0${i + 1},${name},2`,
      ),
    ),
    0,
    twelve,
  ),
  one('I6', 'a name with a slip', cases(['2022-06-01,Chiang Mia,2']), 1, 'is it Chiang Mai (50)?'),
  one('I7', 'days of Excel', cases(['44713,50,12']), 0, twelve, '44713 = 2022-06-01'),
  one('I7', 'Thai digits', cases(['๒๐๒๒-๐๖-๐๑,๕๐,๑๒']), 0, twelve, '= 2022-06-01'),
  one('I7', 'a Buddhist year', cases(['2565-06-01,50,12']), 0, twelve, '2565-06-01 = 2022-06-01'),
  one('I7', 'a Thai date', cases(['1/6/2565,50,12']), 0, twelve, '1/6/2565 = 2022-06-01'),
  one(
    'I7',
    'a date that may be two',
    cases(['01/06/2022,50,12']),
    1,
    'is probably 2022-06-01',
    '2022-01-06',
    '--dates day-first',
  ),
  one(
    'I8',
    'two equal columns',
    cases(['2022-06-01,50,12,99'], `${HEADER},new_cases`),
    1,
    'two columns new_cases (columns 3 and 4)',
  ),
  one('I8', 'rows of commas', cases([',,,', '2022-06-01,50,12,0', '', ',,,'], DEATHS), 0, twelve),
  one('I8', 'a comma too many', cases(['2022-06-01,50,12,0,'], DEATHS), 0, twelve),
  one('I8', 'an invisible mark', cases(['2022-06-01,50,12'], `${HEADER}\u200b`), 0, twelve),
  one('I8', 'windows-874', Buffer.concat([THAI_874, Buffer.from(`,${HEADER}\n`)]), 1, 'iconv -f WINDOWS-874 -t UTF-8'),
  one('I8', 'UTF-16', Buffer.from(`\ufeff${cases(['2022-06-01,50,12'])}`, 'utf16le'), 1, 'iconv -f UTF-16 -t UTF-8'),
]
