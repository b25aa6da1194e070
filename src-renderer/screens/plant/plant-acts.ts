import i18next from 'i18next'
import type { CallInput, Output } from '../../../src-shared/contract/index.ts'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { PlantNode } from '../../../src-shared/contract/plant.ts'
import { callQuery, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { downloadBytes } from '../../components/export-csv.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

/** What a person does to the plant, with Undo where it can be taken back. */

const words = (): ReturnType<typeof i18next.getFixedT<'plant'>> => i18next.getFixedT(null, 'plant')

const failed = (error: unknown): false => {
  const failure = failureOf(error)
  const t = words()
  if (failure.code !== 'conflict') {
    showFailure(failure)
    return false
  }
  const { what, name, onu, olt, port } = failure.params
  if (what === 'plant-port') {
    const whose = name === null ? `${String(olt)} ${String(onu)}` : String(name)
    showToast({ kind: 'failure', title: t('conflict.port', { port: String(port), whose }) })
  } else if (what === 'plant-name') {
    showToast({ kind: 'failure', title: t('conflict.name', { name: String(name) }) })
  } else if (what === 'plant-parent') {
    showToast({ kind: 'failure', title: t('conflict.parent') })
  } else {
    showFailure(failure)
  }
  return false
}

export const addNode = async (input: CallInput<'plant.addNode'>): Promise<string | false> => {
  try {
    const { id } = await runCommand('plant.addNode', input)
    showToast({ kind: 'done', title: words()('done.added', { name: input.name }) })
    return id
  } catch (error) {
    return failed(error)
  }
}

/** What can be entered of a node. */
export const fieldsOf = (node: PlantNode): CallInput<'plant.addNode'> => ({
  kind: node.kind,
  name: node.name,
  parentId: node.parentId,
  capacity: node.capacity,
  pon: node.pon,
  coordinates: node.coordinates,
  street: node.street,
  note: node.note,
})

export const changeNode = async (
  before: PlantNode,
  fields: CallInput<'plant.addNode'>,
): Promise<boolean> => {
  try {
    const { version } = await runCommand('plant.changeNode', {
      id: before.id,
      baseVersion: before.version,
      ...fields,
    })
    showToast({
      kind: 'done',
      title: words()('done.changed', { name: fields.name }),
      undo: () => {
        runCommand('plant.changeNode', {
          id: before.id,
          baseVersion: version,
          ...fieldsOf(before),
        }).catch(failed)
      },
    })
    return true
  } catch (error) {
    return failed(error)
  }
}

export const removeNode = async (node: PlantNode): Promise<boolean> => {
  try {
    const { removed } = await runCommand('plant.removeNode', {
      id: node.id,
      baseVersion: node.version,
    })
    showToast({
      kind: 'done',
      title: words()('done.removed', { name: node.name, count: removed - 1 }),
      undo: () => {
        runCommand('plant.restoreNode', { id: node.id }).catch(failed)
      },
    })
    return true
  } catch (error) {
    return failed(error)
  }
}

export const placeOnus = async (
  onus: readonly { readonly oltId: string; readonly address: OnuAddress }[],
  node: { readonly id: string; readonly name: string },
): Promise<boolean> => {
  try {
    const list = onus.map(({ oltId, address }) => ({ oltId, address }))
    const { placed } = await runCommand('plant.placeOnus', { onus: list, nodeId: node.id })
    showToast({
      kind: 'done',
      title: words()('done.placed', { count: placed, name: node.name }),
      undo: () => {
        runCommand('plant.placeOnus', { onus: list, nodeId: null }).catch(failed)
      },
    })
    return true
  } catch (error) {
    return failed(error)
  }
}

type Place = Output<'plant.place'>
export type PlaceFields = Pick<
  CallInput<'plant.setPlace'>,
  'nodeId' | 'nodePort' | 'streetAddress' | 'coordinates'
>

export const placeFieldsOf = (place: Place): PlaceFields => ({
  nodeId: place.node?.id ?? null,
  nodePort: place.nodePort,
  streetAddress: place.streetAddress,
  coordinates: place.coordinates,
})

/** Changes some of where an ONU hangs; the rest stays. */
export const changePlace = async (
  onu: { readonly oltId: string; readonly address: OnuAddress },
  change: Partial<PlaceFields>,
): Promise<boolean> => {
  const { oltId, address } = onu
  try {
    const before = placeFieldsOf(await callQuery('plant.place', { oltId, address }))
    await runCommand('plant.setPlace', { oltId, address, ...before, ...change })
    showToast({
      kind: 'done',
      title: words()('done.place'),
      undo: () => {
        runCommand('plant.setPlace', { oltId, address, ...before }).catch(failed)
      },
    })
    return true
  } catch (error) {
    return failed(error)
  }
}

export const savePlant = async (kind: CallInput<'plant.export'>['kind']): Promise<void> => {
  try {
    const { csv, rows } = await callQuery('plant.export', { kind })
    const day = new Date().toISOString().slice(0, 10)
    const bytes = new TextEncoder().encode(csv)
    downloadBytes(`plant-${kind}-${day}.csv`, bytes, 'text/csv;charset=utf-8')
    showToast({ kind: 'done', title: words()('done.exported', { count: rows }) })
  } catch (error) {
    failed(error)
  }
}
