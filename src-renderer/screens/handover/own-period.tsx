import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownPeriod, toField, type Period } from './period.ts'

/** From and to as local times; taken over as soon as both make a period. */
export const OwnPeriod = ({
  period,
  onChange,
}: {
  readonly period: Period
  readonly onChange: (period: Period) => void
}) => {
  const { t } = useTranslation('handover')
  const [fields, setFields] = useState({ from: toField(period.from), to: toField(period.to) })
  const [wrong, setWrong] = useState(false)
  return (
    <>
      {(['from', 'to'] as const).map((end) => (
        <input
          key={end}
          type="datetime-local"
          className="ho-time"
          aria-label={t(end)}
          aria-invalid={wrong}
          value={fields[end]}
          onChange={(event) => {
            const next = { ...fields, [end]: event.currentTarget.value }
            setFields(next)
            const made = ownPeriod(next.from, next.to, Date.now())
            setWrong(made === null)
            if (made !== null) onChange(made)
          }}
        />
      ))}
    </>
  )
}
