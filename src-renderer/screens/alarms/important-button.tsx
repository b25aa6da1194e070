import { Button } from '@mantine/core'
import { IconStar, IconStarFilled } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatOnu, type OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import './alarms-panel.css'
import { useMayAct } from './use-permissions.ts'
import { markImportant, type MarkedOnu } from './important-act.ts'

export interface ImportantButtonProps {
  readonly oltId: string
  readonly address: OnuAddress
  /** How the list of important ONUs calls it. */
  readonly label: string
}

/** On the page of an ONU: its alarms are told although it is at a customer's (facts/noc.md E2). */
export const ImportantButton = ({ oltId, address, label }: ImportantButtonProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const { value, refresh } = useQuery(
    'alarms.important',
    {},
    { on: ['alarms.changed'], everyMs: 5000 },
  )
  const may = useMayAct()
  if (value === undefined || !may) return null
  const here = formatOnu(address)
  const marked = value.onus.some((onu) => onu.oltId === oltId && formatOnu(onu.address) === here)
  return (
    <Button
      variant="default"
      aria-pressed={marked}
      title={t('important.hint')}
      leftSection={
        marked ? (
          <IconStarFilled size={15} aria-hidden="true" className="na-star" />
        ) : (
          <IconStar size={15} stroke={1.7} aria-hidden="true" />
        )
      }
      onClick={() => void markImportant([{ oltId, address }], !marked, label).then(refresh)}
    >
      {t(marked ? 'important.is' : 'important.mark')}
    </Button>
  )
}

/** For what is chosen in the ONU list. */
export const ImportantSelection = ({
  onus,
}: {
  readonly onus: readonly MarkedOnu[]
}): ReactNode => {
  const { t } = useTranslation('alarms')
  if (!useMayAct()) return null
  return (
    <Button
      variant="subtle"
      title={t('important.hint')}
      leftSection={<IconStar size={14} stroke={1.7} aria-hidden="true" />}
      onClick={() => void markImportant(onus, true, '')}
    >
      {t('important.mark')}
    </Button>
  )
}
