import { Button } from '@mantine/core'
import { IconArrowsMove } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  formatPon,
  type OnuAddress,
  type PonAddress,
} from '../../../src-shared/domain/onu-address.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import { usePlanDrawer } from '../provisioning/plan-drawer.tsx'
import { useRights } from '../provisioning/use-rights.ts'
import { emptyFilter } from '../network-onus/onu-query.ts'
import { MoveDialog } from './move-dialog.tsx'

export interface PonMoveButtonProps {
  readonly oltId: string
  readonly pon: PonAddress
}

/** What if the ONUs of this PON port went to another one? */
export const PonMoveButton = ({ oltId, pon }: PonMoveButtonProps) => {
  const { t } = useTranslation('provisioning')
  const rights = useRights()
  const [busy, setBusy] = useState(false)
  const [addresses, setAddresses] = useState<readonly OnuAddress[] | null>(null)
  const drawer = usePlanDrawer()
  const open = async (): Promise<void> => {
    setBusy(true)
    const viewId = makeUuidV7()
    try {
      const { onus } = await callQuery('network.openView', {
        viewId,
        filter: { ...emptyFilter, oltIds: [oltId], pon: { ...pon } },
        sort: { column: 'address', descending: false },
        limit: 500,
      })
      if (onus.length === 0) showToast({ kind: 'info', title: t('whatif.noOnus') })
      else setAddresses(onus.map(({ address }) => address))
      callQuery('network.closeView', { viewId }).catch(() => undefined)
    } catch (error) {
      showFailure(failureOf(error))
    }
    setBusy(false)
  }
  useOfferedActions(
    rights.make
      ? [{ id: 'what-if', label: t('whatif.button'), icon: IconArrowsMove, run: () => void open() }]
      : [],
  )
  if (!rights.make) return null
  return (
    <>
      <Button
        variant="default"
        loading={busy}
        title={t('whatif.buttonHint')}
        leftSection={<IconArrowsMove size={14} stroke={1.7} aria-hidden="true" />}
        onClick={() => void open()}
      >
        {t('whatif.button')}
      </Button>
      {addresses !== null && (
        <MoveDialog
          oltId={oltId}
          addresses={addresses}
          title={t('move.titlePon', { pon: formatPon(pon), count: addresses.length })}
          onPlan={drawer.show}
          onClose={() => setAddresses(null)}
        />
      )}
      {drawer.node}
    </>
  )
}
