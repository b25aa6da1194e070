import type { Problem } from '../../../src-shared/contract/common.ts'
import { isNocturneError, NocturneError, type ErrorCode } from '../../../src-shared/errors.ts'
import type { CliRefusal, CliRefusalKind } from './cli-session.ts'

const codes: Readonly<Record<CliRefusalKind, ErrorCode>> = {
  busy: 'cli-busy',
  syntax: 'cli-refused',
  'serial-exists': 'onu-serial-exists',
  'onu-id-taken': 'onu-id-taken',
  'onu-not-there': 'onu-not-there',
  'onu-offline': 'onu-offline',
  'profile-missing': 'onu-profile-missing',
  'vlan-missing': 'onu-vlan-missing',
  'gem-missing': 'onu-gem-missing',
  'service-missing': 'onu-service-missing',
  'nothing-found': 'cli-refused',
  'no-rights': 'cli-refused',
  'locked-by-profile': 'onu-locked-by-profile',
  full: 'pon-full',
  other: 'cli-refused',
}

/** What an OLT's own words mean to the console, with its line. */
export const refusalProblem = ({ kind, line }: CliRefusal): Problem => ({
  code: codes[kind],
  params: { line },
})

/** The OLT has said no to a line of ours; the session is as good as before. */
export class RefusedByOlt extends NocturneError {
  readonly refusal: CliRefusalKind

  constructor(refusal: CliRefusal) {
    const { code, params } = refusalProblem(refusal)
    super(code, params)
    this.refusal = refusal.kind
  }
}

/** An expected failure as data; a bug goes on being one. */
export const problemOf = (error: unknown): Problem => {
  if (!isNocturneError(error)) throw error
  return { code: error.code, params: error.params }
}
