import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'

/** What the fake engine does not answer yet: each goes from here when its fake comes. */
export const fakeNotYetNames = [
  'plant.nodes',
  'plant.node',
  'plant.unplaced',
  'plant.place',
  'plant.oltPlaces',
  'plant.previewImport',
  'plant.export',
  'plant.map',
  'plant.mapFile',
  'plant.readMapFile',
  'plant.stageMapFile',
  'plant.addNode',
  'plant.changeNode',
  'plant.removeNode',
  'plant.restoreNode',
  'plant.placeOnus',
  'plant.setPlace',
  'plant.setOltCoordinates',
  'plant.applyImport',
  'plant.setMapFile',
] as const satisfies readonly ProcedureName[]

type NotYet = (typeof fakeNotYetNames)[number]

export const fakeNotYet = Object.fromEntries(
  fakeNotYetNames.map((name) => [
    name,
    () => {
      throw new NocturneError('internal')
    },
  ]),
) as unknown as { readonly [Name in NotYet]: (input: Input<Name>) => Output<Name> }
