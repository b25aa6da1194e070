import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../components/form-dialog.tsx'
import { act } from '../fieldwork-order/order-acts.ts'
import { WeekEditor } from '../tickets-desk/week-editor.tsx'
import { readSpot, spotText } from './spot-text.ts'
import type { Setup } from './setup-screen.tsx'

type Technician = Setup['technicians'][number]

/** When he works, and where his day begins. */
export const TechnicianDialog = ({
  technician,
  onClose,
}: {
  readonly technician: Technician
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('fieldwork')
  const [week, setWeek] = useState(
    technician.week.map((spans) =>
      spans.map(([fromMinute, toMinute]) => ({ fromMinute, toMinute })),
    ),
  )
  const [home, setHome] = useState(spotText(technician.home))
  const [isActive, setActive] = useState(technician.active)
  const spot = readSpot(home)
  const submit = async (): Promise<boolean> =>
    (await act('fieldwork.saveTechnician', {
      accountId: technician.accountId,
      baseVersion: technician.version,
      week: week.map((spans) =>
        spans.map(({ fromMinute, toMinute }) => [fromMinute, toMinute] as [number, number]),
      ),
      home: spot === 'wrong' ? null : spot,
      active: isActive,
    })) !== null
  return (
    <FormDialog
      title={technician.name}
      button={t('save')}
      size="xl"
      ready={spot !== 'wrong'}
      onClose={onClose}
      onSubmit={submit}
    >
      <WeekEditor week={week} onChange={(next) => setWeek(next.map((spans) => [...spans]))} />
      <TextInput
        label={t('home')}
        description={t('spotHint')}
        error={spot === 'wrong' ? t('spotWrong') : undefined}
        value={home}
        onChange={(event) => setHome(event.currentTarget.value)}
      />
      <Checkbox
        label={t('goesOut')}
        checked={isActive}
        onChange={(event) => setActive(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}
