import type { Input, Output, QueryName } from '../../../src-shared/contract/index.ts'

/** Families as the screen shows them. */
type FamiliesQuery = Extract<QueryName, `families.${string}`>
export type FakeFamilies = {
  readonly [Name in FamiliesQuery]: (input: Input<Name>) => Output<Name>
}

export const createFakeFamilies = (now: () => number): FakeFamilies => ({
  'families.list': () => ({
    folder: '/home/sari/nocturne/olt-families',
    families: [],
    refused: [],
    readAt: now(),
  }),
  'families.family': ({ id }) => ({
    family: {
      id,
      title: id,
      vendor: 'Example',
      technology: 'gpon',
      models: [],
      source: 'built-in',
      trust: 'built-in',
      contentHash: null,
      trustedAt: null,
      trustedBy: null,
      columns: { proven: 0, unproven: 0 },
      olts: 0,
      pollingReason: null,
    },
    readme: null,
    recognisedBy: [],
    columns: [],
    captures: null,
  }),
})
