import { expect, it } from 'vitest'
import type { CommandHandlers, QueryHandlers } from '../../src-main/engine/handlers.ts'

/** `npm run lint` compiles this file: each line below must be an error of its own. */

it('a missing handler, a wrong answer and an unknown procedure do not compile', () => {
  // @ts-expect-error the handler of access.session is missing
  const missing: QueryHandlers<'access.session' | 'workspace.status'> = {
    'workspace.status': () => {
      throw new Error('not called')
    },
  }
  const wrong: QueryHandlers<'access.session'> = {
    // @ts-expect-error the contract knows no such answer
    'access.session': () => ({ session: 'Nadia' }),
  }
  // @ts-expect-error no such command in the contract
  const unknown: CommandHandlers<'access.becomeOwner'> = {}
  expect([missing, wrong, unknown]).toHaveLength(3)
})
