import type { Preferences } from './preferences.ts'

/**
 * All that the confirmation window shows (facts/security.md row 31): plain texts that the engine has
 * made, so that neither the shell nor the window understands plans.
 */
export interface ConfirmText {
  readonly language: Preferences['language']
  readonly theme: Preferences['theme']
  readonly title: string
  readonly warning: string
  /** Somebody may lose something that the inverse alone does not bring back. */
  readonly grave: boolean
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  readonly linesLabel: string
  readonly lines: readonly string[]
  /** Null: a press is enough. */
  readonly typeLabel: string | null
  /** What has to be typed before the button works; the engine checks it again. */
  readonly expected: string
  readonly confirm: string
  readonly cancel: string
}
