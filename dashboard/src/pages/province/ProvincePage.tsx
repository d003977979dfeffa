import type { JSX } from 'solid-js'

export default function ProvincePage(): JSX.Element {
  return <main />
}
