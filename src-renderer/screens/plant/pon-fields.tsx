import { Group, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatPon, type PonAddress } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'

export interface ChosenPon {
  readonly oltId: string | null
  readonly pon: PonAddress | null
}

export interface PonFieldsProps {
  readonly value: ChosenPon
  readonly onChange: (value: ChosenPon) => void
  readonly labels: { readonly olt: string; readonly pon: string; readonly none: string }
}

const none = '-'

/** An OLT and one of its PON ports, as the OLT names them. */
export const PonFields = ({ value, onChange, labels }: PonFieldsProps) => {
  const { t } = useTranslation('plant')
  const olts = useQuery('network.olts', {}).value?.olts ?? []
  const detail = useQuery(
    'network.olt',
    { oltId: value.oltId ?? '' },
    { skip: value.oltId === null },
  )
  const ports = value.oltId === null ? [] : (detail.value?.ponPorts ?? [])
  const offered = ports.map((port) => ({ key: formatPon(port), port }))
  const chosen = value.pon === null ? none : formatPon(value.pon)
  const known =
    value.pon === null || offered.some(({ key }) => key === chosen)
      ? offered
      : [{ key: chosen, port: value.pon }, ...offered]
  return (
    <Group grow gap="sm" align="flex-end">
      <Select
        label={labels.olt}
        searchable
        data={[
          { value: none, label: labels.none },
          ...olts.map((olt) => ({ value: olt.id, label: olt.name })),
        ]}
        value={value.oltId ?? none}
        onChange={(id) => onChange({ oltId: id === none ? null : id, pon: null })}
        allowDeselect={false}
        nothingFoundMessage={t('tree.noneFound')}
      />
      <Select
        label={labels.pon}
        searchable
        disabled={value.oltId === null}
        data={[
          { value: none, label: labels.none },
          ...known.map(({ key }) => ({ value: key, label: key })),
        ]}
        value={chosen}
        onChange={(key) => {
          const port = known.find((one) => one.key === key)?.port
          onChange({
            ...value,
            pon:
              port === undefined ? null : { shelf: port.shelf, slot: port.slot, port: port.port },
          })
        }}
        allowDeselect={false}
        nothingFoundMessage={t('tree.noneFound')}
      />
    </Group>
  )
}
