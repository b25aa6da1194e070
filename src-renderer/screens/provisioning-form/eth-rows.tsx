import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ethPortModes } from '../../../src-shared/domain/onu-config.ts'
import { Rows } from './rows.tsx'
import { newEthPort, type EthPort } from './settings-model.ts'

export interface EthRowsProps {
  readonly rows: readonly EthPort[]
  readonly bad: boolean
  /** What stands where nothing is said. */
  readonly unset: string
  readonly onRows: (rows: readonly EthPort[]) => void
}

export const EthRows = ({ rows, bad, unset, onRows }: EthRowsProps) => {
  const { t } = useTranslation('provisioning')
  const set = (at: number, part: Partial<EthPort>): void =>
    onRows(rows.with(at, { ...rows[at]!, ...part }))
  return (
    <Rows
      title={t('part.ethPorts')}
      heads={[t('eth.port'), t('eth.mode'), t('eth.vlan'), t('eth.admin')]}
      rows={rows}
      most={24}
      addLabel={t('eth.add')}
      error={bad ? t('eth.bad') : undefined}
      onAdd={() => onRows([...rows, newEthPort(rows)])}
      onRemove={(at) => onRows(rows.toSpliced(at, 1))}
      renderCells={(row, at) => [
        <NumberInput
          key="port"
          aria-label={`${t('eth.port')} ${at + 1}`}
          hideControls
          min={1}
          max={24}
          value={row.port}
          onChange={(value) => set(at, { port: typeof value === 'number' ? value : 1 })}
        />,
        <Select
          key="mode"
          aria-label={`${t('eth.mode')} ${at + 1}`}
          allowDeselect={false}
          value={row.mode}
          onChange={(mode) =>
            set(at, { mode: ethPortModes.find((each) => each === mode) ?? 'transparent' })
          }
          data={ethPortModes.map((mode) => ({ value: mode, label: t(`eth.modes.${mode}`) }))}
        />,
        <NumberInput
          key="vlan"
          aria-label={`${t('eth.vlan')} ${at + 1}`}
          hideControls
          min={1}
          max={4094}
          disabled={row.mode === 'transparent'}
          value={row.vlan ?? ''}
          onChange={(value) => set(at, { vlan: typeof value === 'number' ? value : null })}
        />,
        <Select
          key="admin"
          aria-label={`${t('eth.admin')} ${at + 1}`}
          allowDeselect={false}
          value={row.adminEnabled === null ? 'as-is' : row.adminEnabled ? 'on' : 'off'}
          onChange={(value) => set(at, { adminEnabled: value === 'as-is' ? null : value === 'on' })}
          data={[
            { value: 'as-is', label: unset },
            { value: 'on', label: t('value.on') },
            { value: 'off', label: t('value.off') },
          ]}
        />,
      ]}
    />
  )
}
