import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'

/** What the fake engine does not answer yet: each goes from here when its fake comes. */
export const fakeNotYetNames = [
  'olt-backups.overview',
  'olt-backups.versions',
  'olt-backups.text',
  'olt-backups.diff',
  'olt-backups.restoreGuide',
  'olt-backups.make',
  'olt-backups.setSchedule',
  'olt-backups.accept',
  'olt-backups.exportUnmasked',
] as const satisfies readonly ProcedureName[]

type NotYet = (typeof fakeNotYetNames)[number]

export const fakeNotYet = Object.fromEntries(
  fakeNotYetNames.map((name) => [
    name,
    () => {
      throw new NocturneError('not-found', { what: name })
    },
  ]),
) as unknown as { readonly [Name in NotYet]: (input: Input<Name>) => Output<Name> }
