import { placeProblem } from '../../src-shared/domain/ticket-placeholders.ts'
import { NocturneError } from '../../src-shared/errors.ts'

/** Errors: `ticket-placeholder`: one that there is not, a brace too many, or only in one language. */
export const checkTemplate = (bodyEn: string, bodyId: string): void => {
  const problem = placeProblem(bodyEn, bodyId)
  if (problem !== null) throw new NocturneError('ticket-placeholder', { ...problem })
}
