import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** From a day to another, as people name them: the last one is in it. */
export const DaySpan = ({
  from,
  until,
  onFrom,
  onUntil,
}: {
  readonly from: string
  readonly until: string
  readonly onFrom: (day: string) => void
  readonly onUntil: (day: string) => void
}) => {
  const { t } = useTranslation('billing-papers')
  return (
    <>
      <TextInput
        type="date"
        label={t('days.from')}
        value={from}
        onChange={(event) => onFrom(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        type="date"
        label={t('days.until')}
        value={until}
        min={from}
        onChange={(event) => onUntil(event.currentTarget.value)}
      />
    </>
  )
}
