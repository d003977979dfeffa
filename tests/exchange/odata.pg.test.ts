import { xml2json } from 'odata-csdl'
import { expect, test } from 'vitest'
import { exchangeHubForFile, TODAY } from './hub.ts'

const { hub } = await exchangeHubForFile()

const ask = (path: string) => hub.fetch('GET', `/api/odata${path}`)
/** CSDL JSON: of the schema, the container and the types. */
type Csdl = {
  readonly Jitasa: Readonly<Record<string, Readonly<Record<string, unknown>> & { readonly $Key?: string[] }>>
}
type Answer = Readonly<Record<string, unknown>> & { readonly value: readonly Readonly<Record<string, unknown>>[] }
async function read(path: string): Promise<Answer> {
  const response = await ask(path)
  const text = await response.text()
  expect(response.status, text).toBe(200)
  expect(response.headers.get('odata-version')).toBe('4.0')
  return JSON.parse(text)
}
const filter = (text: string) => `$filter=${encodeURIComponent(text)}`

test('$metadata is CSDL to a parser that is not ours, and every property of every row is in it', async () => {
  const response = await ask('/$metadata')
  expect(response.headers.get('content-type')).toContain('application/xml')
  const csdl = xml2json(await response.text(), { strict: true }) as Csdl
  const { value } = await read('')
  expect(Object.keys(csdl.Jitasa.Container ?? {}).filter((name) => !name.startsWith('$'))).toEqual(
    value.map(({ name }) => name),
  )
  for (const { name, url } of value) {
    const type = csdl.Jitasa[`${name}Row`] ?? {}
    const [row] = (await read(`/${url}?$top=1`)).value
    expect(Object.keys(row ?? {}).sort(), String(name)).toEqual(
      Object.keys(type)
        .filter((key) => !key.startsWith('$'))
        .sort(),
    )
    for (const key of type.$Key ?? ['none']) expect(row?.[key]).not.toBeNull()
  }
})

test('the numbers are those of the screens; what nobody reported is not there as 0', async () => {
  const of = async (code: string) =>
    (await read(`/DayCounts?${filter(`Area eq '${code}' and Metric eq 'cases' and Day eq ${TODAY}`)}`)).value
  expect(await of('50')).toEqual([{ Area: '50', Metric: 'cases', Day: TODAY, Value: 16 }])
  expect(await of('30')).toEqual([])
  expect((await read(`/Provinces?${filter("Code eq '50'")}&$select=Code,WaitingRed`)).value).toEqual([
    { Code: '50', WaitingRed: 16 },
  ])
  expect((await read(`/Beds?${filter('Available gt 3')}`)).value).toMatchObject([
    { Facility: hub.facility, Level: '2.1', Available: 4 },
  ])
})

test('no row is of a district', async () => {
  const { value } = await read('/DayCounts')
  expect(value.every(({ Area }) => /^(?:TH|\d\d)$/.test(String(Area)))).toBe(true)
})

test('$top, $skip, $count and pages', async () => {
  const first = await read('/Provinces?$top=10&$count=true')
  expect([first['@odata.count'], first.value.length]).toEqual([77, 10])
  expect((await read('/Provinces?$skip=75')).value.length).toBe(2)
  expect((await read('/Provinces?$top=0')).value).toEqual([])
})

test.each([
  '/Provinces?$filter=Name',
  `/Provinces?${filter("Code eq '50' or Code eq '51'")}`,
  `/Provinces?${filter("Code eq '50' and ")}`,
  `/Provinces?${filter("constructor eq '50'")}`,
  `/Provinces?${filter('Population eq many')}`,
  '/Provinces?$select=Secret',
  '/Provinces?$top=-1',
  '/Provinces?$expand=Districts',
])('%s is refused in words', async (path) => {
  const response = await ask(path)
  expect([response.status, await response.json()]).toMatchObject([400, { error: { message: expect.any(String) } }])
})

test('a list that does not exist is not found', async () => {
  for (const name of ['Cases', 'constructor', '$batch']) expect((await ask(`/${name}`)).status).toBe(404)
})
