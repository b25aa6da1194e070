import { Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlantNode } from '../../../src-shared/contract/plant.ts'
import { useQuery } from '../../client/hooks.ts'
import { readCoordinates, writeCoordinates } from './coordinates.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { NodePicker } from './node-picker.tsx'
import { addNode, changeNode } from './plant-acts.ts'
import { nodeKinds, type PlantNodeKind } from './plant-words.ts'
import { PonFields, type ChosenPon } from './pon-fields.tsx'

export interface NodeFormProps {
  /** Null: a new one. */
  readonly node: PlantNode | null
  /** What it hangs on at first. */
  readonly parentId: string | null
  readonly onClose: () => void
  readonly onAdded?: (id: string) => void
}

/** Adds a node or changes all of one, where it hangs too. */
export const NodeForm = ({ node, parentId, onClose, onAdded }: NodeFormProps) => {
  const { t } = useTranslation('plant')
  const under = useQuery('plant.node', { id: parentId ?? '' }, { skip: parentId === null })
  const parentNode = under.value?.node
  const [moved, setMoved] = useState<{ readonly id: string; readonly path: string } | null>()
  const parent =
    moved !== undefined
      ? moved
      : parentNode === undefined
        ? null
        : {
            id: parentNode.id,
            path:
              parentNode.path === '' ? parentNode.name : `${parentNode.path} › ${parentNode.name}`,
          }
  const [chosenKind, setKind] = useState<PlantNodeKind | null>(node?.kind ?? null)
  const kind = chosenKind ?? kindBelow(parentNode?.kind)
  const [name, setName] = useState(node?.name ?? '')
  const [capacity, setCapacity] = useState<number | null | undefined>(node?.capacity)
  const ports = capacity === undefined ? usualCapacity[kind] : capacity
  const [pon, setPon] = useState<ChosenPon>({
    oltId: node?.pon?.oltId ?? null,
    pon: node?.pon?.pon ?? null,
  })
  const [where, setWhere] = useState(writeCoordinates(node?.coordinates ?? null))
  const coordinates = readCoordinates(where)
  const [street, setStreet] = useState(node?.street ?? '')
  const [note, setNote] = useState(node?.note ?? '')
  const halfPon = (pon.oltId === null) !== (pon.pon === null)
  const waits = parentId !== null && parentNode === undefined && moved === undefined

  const submit = async (): Promise<boolean> => {
    if (coordinates === 'wrong') return false
    const fields = {
      kind,
      name: name.trim(),
      parentId: parent?.id ?? null,
      capacity: ports,
      pon: pon.oltId === null || pon.pon === null ? null : { oltId: pon.oltId, pon: pon.pon },
      coordinates,
      street,
      note,
    }
    if (node !== null) return changeNode(node, fields)
    const id = await addNode(fields)
    if (id === false) return false
    onAdded?.(id)
    return true
  }

  return (
    <FormDialog
      title={node === null ? t('form.add') : t('form.edit', { name: node.name })}
      button={node === null ? t('form.addButton') : t('form.save')}
      ready={name.trim() !== '' && coordinates !== 'wrong' && !halfPon && !waits}
      size="lg"
      onClose={onClose}
      onSubmit={submit}
    >
      <Group grow gap="sm" align="flex-start">
        <TextInput
          label={t('field.name')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label={t('field.kind')}
          data={nodeKinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
          value={kind}
          onChange={(next) => setKind(nodeKinds.find((one) => one === next) ?? kind)}
          allowDeselect={false}
        />
      </Group>
      <NodePicker
        key={`${parentId} ${parentNode?.id}`}
        label={t('field.parent')}
        value={parent}
        none={t('form.top')}
        onChange={setMoved}
      />
      <Group grow gap="sm" align="flex-start">
        <NumberInput
          label={t('field.ports')}
          description={t('form.portsHint')}
          value={ports ?? ''}
          min={1}
          max={1024}
          allowDecimal={false}
          onChange={(next) => setCapacity(typeof next === 'number' ? next : null)}
        />
        <TextInput
          label={t('field.coordinates')}
          description={t('form.coordinatesHint')}
          value={where}
          error={coordinates === 'wrong' ? t('form.coordinatesWrong') : undefined}
          onChange={(event) => setWhere(event.currentTarget.value)}
          spellCheck={false}
        />
      </Group>
      <PonFields
        value={pon}
        onChange={setPon}
        labels={{ olt: t('field.olt'), pon: t('field.pon'), none: t('form.asAbove') }}
      />
      <TextInput
        label={t('field.street')}
        value={street}
        maxLength={200}
        onChange={(event) => setStreet(event.currentTarget.value)}
      />
      <Textarea
        label={t('field.note')}
        value={note}
        maxLength={2000}
        autosize
        minRows={2}
        maxRows={6}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** What one usually hangs below another. */
const kindBelow = (kind: PlantNodeKind | undefined): PlantNodeKind => {
  switch (kind) {
    case undefined:
      return 'zone'
    case 'zone':
      return 'cabinet'
    case 'cabinet':
      return 'splitter'
    default:
      return 'odb'
  }
}

const usualCapacity: Readonly<Record<PlantNodeKind, number | null>> = {
  zone: null,
  cabinet: null,
  splitter: 8,
  odb: 8,
}
