import { NocturneError } from '../../../src-shared/errors.ts'

/** The same words for both transports. Params: `why`. */
export const connectError = (error: unknown): NocturneError => {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return new NocturneError('cli-unreachable', { why: whyOf(code) }, { cause: error })
}

const whyOf = (code: unknown): string => {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused'
    case 'ETIMEDOUT':
      return 'timeout'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return 'no-route'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'host-unresolvable'
    default:
      return 'broken'
  }
}
