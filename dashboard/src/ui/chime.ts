import { createSignal } from 'solid-js'

const KEY = 'jitasa.chime'
const NOTES_HZ = [660, 880] as const
const NOTE_S = 0.18
const LOUDNESS = 0.25

const [on, setOn] = createSignal(localStorage.getItem(KEY) === 'on')

/** Whether this screen sounds; off until somebody at it says so. */
export const chimes = on

/** @param sounds kept on this machine. A browser lets a page sound only after a press: this is it, and it is heard. */
export function setChimes(sounds: boolean): void {
  setOn(sounds)
  localStorage.setItem(KEY, sounds ? 'on' : 'off')
  if (sounds) chime()
}

let audio: AudioContext | undefined

/** The notes, when the screen sounds at all. */
export function chime(): void {
  if (on()) ring()
}

/** Two rising notes. */
export function ring(): void {
  audio ??= new AudioContext()
  void audio.resume()
  NOTES_HZ.forEach((hz, i) => {
    if (audio) play(audio, hz, audio.currentTime + i * NOTE_S)
  })
}

function play(context: AudioContext, hz: number, at: number): void {
  const tone = context.createOscillator()
  const volume = context.createGain()
  tone.frequency.value = hz
  volume.gain.setValueAtTime(LOUDNESS, at)
  volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S)
  tone.connect(volume).connect(context.destination)
  tone.start(at)
  tone.stop(at + NOTE_S)
}
