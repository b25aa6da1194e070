import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { useFormat } from '../../components/use-format.ts'

export interface SpeedSelectProps {
  readonly speedId: string | null
  readonly onSpeed: (speedId: string | null) => void
  readonly required?: boolean
  /** Of an ONU that is not set up yet. */
  readonly fresh?: boolean
  /** Marks speeds that nothing stands for on this OLT. */
  readonly oltId?: string | null
}

/** One of the console's speeds. */
export const SpeedSelect = ({
  speedId,
  onSpeed,
  required = false,
  fresh = false,
  oltId = null,
}: SpeedSelectProps) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { value } = useQuery(
    'provisioning.speeds',
    {},
    { on: ['provisioning.changed'], everyMs: 2000 },
  )
  const speeds = value?.speeds ?? []
  const chosen = speeds.find(({ id }) => id === speedId)
  const missing =
    oltId !== null && chosen !== undefined && !chosen.onOlts.some((one) => one.oltId === oltId)
  return (
    <Select
      label={t('form.speed')}
      searchable
      clearable={!required}
      withAsterisk={required}
      placeholder={t(required ? 'form.speedChoose' : fresh ? 'form.unset' : 'form.asIs')}
      nothingFoundMessage={t('form.noSpeeds')}
      value={speedId}
      error={missing ? t('form.speedMissing') : undefined}
      onChange={onSpeed}
      data={speeds.map(({ id, name, downKbps, upKbps }) => ({
        value: id,
        label: `${name} (${format.rate(downKbps)} / ${format.rate(upKbps)})`,
      }))}
    />
  )
}
