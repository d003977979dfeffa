import type { JSX } from 'solid-js'

export default function WallPage(): JSX.Element {
  return <main />
}
