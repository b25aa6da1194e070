import { NumberInput, PasswordInput, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Rows } from './rows.tsx'
import { newWifi, type Wifi } from './settings-model.ts'
import { Unproven } from './unproven.tsx'

export interface WifiRowsProps {
  readonly rows: readonly Wifi[]
  readonly bad: boolean
  /** What stands where nothing is said. */
  readonly unset: string
  readonly unproven: boolean
  readonly onRows: (rows: readonly Wifi[]) => void
  readonly passwords: Readonly<Record<string, string>> | undefined
  readonly onPasswords: ((passwords: Readonly<Record<string, string>>) => void) | undefined
}

export const WifiRows = (props: WifiRowsProps) => {
  const { rows, bad, unset, unproven, onRows, passwords, onPasswords } = props
  const { t } = useTranslation('provisioning')
  const asks = passwords !== undefined && onPasswords !== undefined
  const set = (at: number, part: Partial<Wifi>): void =>
    onRows(rows.with(at, { ...rows[at]!, ...part }))
  return (
    <Rows
      title={t('part.wifi')}
      note={unproven && <Unproven />}
      heads={[t('wifi.index'), t('wifi.ssid'), ...(asks ? [t('wifi.key')] : []), t('wifi.enabled')]}
      rows={rows}
      most={8}
      addLabel={t('wifi.add')}
      error={bad ? t('wifi.bad') : undefined}
      onAdd={() => onRows([...rows, newWifi(rows)])}
      onRemove={(at) => onRows(rows.toSpliced(at, 1))}
      renderCells={(row, at) => [
        <NumberInput
          key="index"
          aria-label={`${t('wifi.index')} ${at + 1}`}
          hideControls
          min={1}
          max={8}
          value={row.index}
          onChange={(value) => set(at, { index: typeof value === 'number' ? value : 1 })}
        />,
        <TextInput
          key="ssid"
          aria-label={`${t('wifi.ssid')} ${at + 1}`}
          maxLength={32}
          value={row.ssid}
          onChange={(event) => set(at, { ssid: event.currentTarget.value })}
        />,
        ...(asks
          ? [
              <PasswordInput
                key="key"
                size="xs"
                aria-label={`${t('wifi.key')} ${at + 1}`}
                autoComplete="off"
                placeholder={unset}
                value={passwords[`wifi${row.index}`] ?? ''}
                onChange={(event) =>
                  onPasswords({ ...passwords, [`wifi${row.index}`]: event.currentTarget.value })
                }
              />,
            ]
          : []),
        <Switch
          key="enabled"
          aria-label={`${t('wifi.enabled')} ${at + 1}`}
          checked={row.enabled}
          onChange={(event) => set(at, { enabled: event.currentTarget.checked })}
        />,
      ]}
    />
  )
}
