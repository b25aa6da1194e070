import { isNocturneError } from '../../src-shared/errors.ts'
import type { NocturneError } from '../../src-shared/errors.ts'

/** The NocturneError that the call throws; fails when it throws another one or nothing. */
export const errorOf = (run: () => unknown): NocturneError => {
  try {
    run()
  } catch (error) {
    if (isNocturneError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

export const rejectionOf = async (work: Promise<unknown>): Promise<NocturneError> => {
  try {
    await work
  } catch (error) {
    if (isNocturneError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
