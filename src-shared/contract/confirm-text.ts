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

/** What the same window shows of a secret that has to be seen once: never sent to the console's page. */
export interface SecretText {
  readonly kind: 'secret'
  readonly language: Preferences['language']
  readonly theme: Preferences['theme']
  readonly title: string
  readonly intro: string
  /** What is drawn as a QR code; null: nothing. */
  readonly qr: string | null
  readonly lines: readonly string[]
  readonly note: string
  readonly copy: string
  /** Said once it was copied: for how long. */
  readonly copied: string
  /** Empty: it is not to be printed. */
  readonly print: string
  /** Has to be pressed: "I have written it down". */
  readonly close: string
}

/** A file of this machine, chosen in the system's own dialog: the page gets neither path nor list. */
export interface FileQuestion {
  readonly kind: 'file'
  readonly title: string
  readonly button: string
  readonly filter: string
  /** Without dots. */
  readonly extensions: readonly string[]
}

/** Whatever a person is asked or shown outside the page. */
export type PersonQuestion = ConfirmText | SecretText | FileQuestion

export const isSecret = (text: PersonQuestion): text is SecretText =>
  'kind' in text && text.kind === 'secret'

export const isFileQuestion = (text: PersonQuestion): text is FileQuestion =>
  'kind' in text && text.kind === 'file'
