import { createConfirm, type AskPerson, type Confirm } from '../../src-main/engine/confirm.ts'
import { confirmText } from '../../src-main/notices/confirm-words.ts'
import type { Clock } from '../../src-main/engine/clock.ts'

/** The engine's own confirmation, with a person who reads the window and types. */
export const askedOf = (
  clock: Clock,
  ask: AskPerson | null,
  mayAnswer: () => boolean = () => true,
): Confirm =>
  createConfirm({
    clock,
    ask,
    textOf: (_clientId, request) => confirmText(request, { language: 'en', theme: 'light' }),
    mayAnswer,
  })

/** What is no "yes" to a question that wants the name KARANG-01. */
export const noAnswers: readonly (readonly [string, string | null])[] = [
  ['closes the window', null],
  ['presses without typing', ''],
  ['types the name of another OLT', 'KARANG-02'],
  ['types what another question wants', '24'],
  ['types the name in other letters', 'karang-01'],
  ['types more than the name', 'KARANG-01 KARANG-02'],
]
