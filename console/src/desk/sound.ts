/** Sounds of the desk: how many tones says how pressing it is. Silence is the person's choice, and kept. */
import { ref } from 'vue'
import type { Urgency } from './urgency'

const kStored = 'anlan.muted'
type Sound = Urgency | 'arrival'

/** Pitches in Hz, one after another. */
const kTones: Record<Sound, number[]> = {
  calm: [],
  half: [660],
  high: [660, 660],
  last: [880, 880, 880],
  overdue: [880, 660, 880, 660],
  arrival: [520, 780],
}
const kToneS = 0.16

export const muted = ref(stored())
let context: AudioContext | null = null

function stored(): boolean {
  try {
    return localStorage.getItem(kStored) === '1'
  } catch {
    return false
  }
}

export function mute(on: boolean): void {
  muted.value = on
  try {
    localStorage.setItem(kStored, on ? '1' : '0')
  } catch {
    // Kept for this visit only.
  }
}

/** Opening the device takes a tenth of a second, which an arrival cannot spare: done while nothing else is. */
export function prepare(): void {
  const open = () => void (context ??= new AudioContext())
  if (typeof AudioContext !== 'undefined') (globalThis.requestIdleCallback ?? setTimeout)(open)
}

export function play(sound: Sound): void {
  if (muted.value || typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  void context.resume()
  const start = context.currentTime + 0.02
  kTones[sound].forEach((pitch, index) => {
    const tone = context!.createOscillator()
    const volume = context!.createGain()
    const at = start + index * (kToneS + 0.08)
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.0001, at)
    volume.gain.exponentialRampToValueAtTime(0.25, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + kToneS)
    tone.connect(volume).connect(context!.destination)
    tone.start(at)
    tone.stop(at + kToneS)
  })
}
