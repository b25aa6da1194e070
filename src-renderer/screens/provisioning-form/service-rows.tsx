import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ChoiceInput } from './choice-input.tsx'
import { Rows } from './rows.tsx'
import { newService, type Service } from './settings-model.ts'
import type { Choices } from './use-choices.ts'

export interface ServiceRowsProps {
  readonly rows: readonly Service[]
  readonly choices: Choices
  readonly bad: boolean
  readonly onRows: (rows: readonly Service[]) => void
}

const vlanOf = (value: string | number): number | null => (typeof value === 'number' ? value : null)

/** Ways of frames between ONU and network: VLANs, GEM port, limits. */
export const ServiceRows = ({ rows, choices, bad, onRows }: ServiceRowsProps) => {
  const { t } = useTranslation('provisioning')
  const set = (at: number, part: Partial<Service>): void =>
    onRows(rows.with(at, { ...rows[at]!, ...part }))
  return (
    <Rows
      title={t('part.services')}
      heads={[
        t('service.vlan'),
        t('service.userVlan'),
        t('service.gem'),
        t('service.up'),
        t('service.down'),
      ]}
      rows={rows}
      most={16}
      addLabel={t('service.add')}
      error={bad ? t('service.bad') : undefined}
      onAdd={() => onRows([...rows, newService(rows)])}
      onRemove={(at) => onRows(rows.toSpliced(at, 1))}
      renderCells={(row, at) => [
        <ChoiceInput
          key="vlan"
          brief
          aria-label={`${t('service.vlan')} ${at + 1}`}
          choices={choices.vlans}
          value={row.vlan === 0 ? '' : String(row.vlan)}
          onValue={(value) => set(at, { vlan: Number(value.replace(/\D/g, '')) })}
        />,
        <NumberInput
          key="user"
          aria-label={`${t('service.userVlan')} ${at + 1}`}
          placeholder={t('service.untagged')}
          hideControls
          min={1}
          max={4094}
          value={row.userVlan ?? ''}
          onChange={(value) => set(at, { userVlan: vlanOf(value) })}
        />,
        <NumberInput
          key="gem"
          aria-label={`${t('service.gem')} ${at + 1}`}
          hideControls
          min={0}
          max={4095}
          value={row.gemPort}
          onChange={(value) => set(at, { gemPort: vlanOf(value) ?? 1 })}
        />,
        <ChoiceInput
          key="up"
          brief
          aria-label={`${t('service.up')} ${at + 1}`}
          placeholder={t('service.unlimited')}
          choices={choices.trafficTables}
          value={row.upProfile ?? ''}
          onValue={(value) => set(at, { upProfile: value.trim() === '' ? null : value.trim() })}
        />,
        <ChoiceInput
          key="down"
          brief
          aria-label={`${t('service.down')} ${at + 1}`}
          placeholder={t('service.unlimited')}
          choices={choices.trafficTables}
          value={row.downProfile ?? ''}
          onValue={(value) => set(at, { downProfile: value.trim() === '' ? null : value.trim() })}
        />,
      ]}
    />
  )
}
