import type { Preferences } from '../../src-shared/contract/preferences.ts'
import { isQuietAt } from '../../src-shared/domain/quiet-hours.ts'

/** Two short tones made here: nothing is loaded. One moment of trouble rings once. */

const restMs = 4_000
const peak = 0.25

let context: AudioContext | null = null
let lastRung = Number.NEGATIVE_INFINITY

export const mayRing = (
  wishes: Preferences['notifications'],
  now: number,
  minuteOfDay: number,
): boolean => {
  if (!wishes.sound || (wishes.mutedUntil ?? 0) > now) return false
  const { quietHours } = wishes
  return quietHours?.criticalToo !== true || !isQuietAt(quietHours, minuteOfDay)
}

/** False: it rang a moment ago. `now`: monotonic ms. */
export const isRested = (now: number, before: number): boolean => now - before >= restMs

export const ring = (): void => {
  const now = performance.now()
  if (!isRested(now, lastRung)) return
  lastRung = now
  playAlarm()
}

/** Without the rest in between, for "play it" in the settings. */
export const playAlarm = (): void => {
  context ??= new AudioContext()
  const audio = context
  // A page that nobody has touched yet may not sound; nothing can be done about it here.
  void audio.resume().catch(() => undefined)
  tone(audio, 880, audio.currentTime + 0.02, 0.22)
  tone(audio, 660, audio.currentTime + 0.28, 0.34)
}

const tone = (audio: AudioContext, hertz: number, at: number, seconds: number): void => {
  const oscillator = audio.createOscillator()
  const gain = audio.createGain()
  oscillator.type = 'triangle'
  oscillator.frequency.value = hertz
  gain.gain.setValueAtTime(0, at)
  gain.gain.linearRampToValueAtTime(peak, at + 0.02)
  gain.gain.setTargetAtTime(0, at + seconds * 0.6, 0.06)
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(at)
  oscillator.stop(at + seconds + 0.3)
}
