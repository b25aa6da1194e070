import { isSecret, type ConfirmText } from '../../src-shared/contract/confirm-text.ts'
import { createConfirm, type Confirm } from '../../src-main/engine/confirm.ts'
import { confirmText } from '../../src-main/notices/confirm-words.ts'
import type { Clock } from '../../src-main/engine/clock.ts'

/** The engine's own confirmation, with a person who reads the window and types. */
export const askedOf = (
  clock: Clock,
  ask: ((clientId: number, text: ConfirmText) => Promise<string | null>) | null,
  mayAnswer: () => boolean = () => true,
): Confirm =>
  createConfirm({
    clock,
    ask:
      ask === null
        ? null
        : (clientId, text) => (isSecret(text) ? Promise.resolve(null) : ask(clientId, text)),
    // Somebody who has just said who he is: the step-up has its own tests.
    hasSteppedUp: () => true,
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
