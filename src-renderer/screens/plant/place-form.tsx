import { NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { readCoordinates, writeCoordinates } from './coordinates.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { NodePicker } from './node-picker.tsx'
import { changePlace } from './plant-acts.ts'

export interface PlaceFormProps {
  readonly oltId: string
  readonly address: OnuAddress
  readonly onClose: () => void
}

/** Where one ONU hangs: node, port, street address, coordinates. */
export const PlaceForm = (props: PlaceFormProps) => {
  const { oltId, address } = props
  const place = useQuery('plant.place', { oltId, address })
  return place.value === undefined ? null : <Form {...props} place={place.value} />
}

const Form = ({
  oltId,
  address,
  onClose,
  place,
}: PlaceFormProps & { readonly place: Output<'plant.place'> }) => {
  const { t } = useTranslation('plant')
  const [node, setNode] = useState<{ readonly id: string; readonly path: string } | null>(
    place.node,
  )
  const [port, setPort] = useState(place.nodePort)
  const [street, setStreet] = useState(place.streetAddress)
  const [where, setWhere] = useState(writeCoordinates(place.coordinates))
  const coordinates = readCoordinates(where)
  return (
    <FormDialog
      title={t('place.edit')}
      button={t('form.save')}
      ready={coordinates !== 'wrong'}
      onClose={onClose}
      onSubmit={async () =>
        coordinates !== 'wrong' &&
        changePlace(
          { oltId, address },
          {
            nodeId: node?.id ?? null,
            nodePort: node === null ? null : port,
            streetAddress: street,
            coordinates,
          },
        )
      }
    >
      <NodePicker
        label={t('place.node')}
        value={node}
        none={t('place.nowhere')}
        onChange={(next) => {
          setNode(next)
          if (next?.id !== node?.id) setPort(null)
        }}
        autoFocus
      />
      <NumberInput
        label={t('field.port')}
        description={t('place.portHint')}
        value={port ?? ''}
        min={1}
        max={1024}
        allowDecimal={false}
        disabled={node === null}
        onChange={(next) => setPort(typeof next === 'number' ? next : null)}
      />
      <TextInput
        label={t('field.streetAddress')}
        value={street}
        maxLength={300}
        onChange={(event) => setStreet(event.currentTarget.value)}
      />
      <TextInput
        label={t('field.coordinates')}
        description={t('form.coordinatesHint')}
        value={where}
        error={coordinates === 'wrong' ? t('form.coordinatesWrong') : undefined}
        onChange={(event) => setWhere(event.currentTarget.value)}
        spellCheck={false}
      />
    </FormDialog>
  )
}
