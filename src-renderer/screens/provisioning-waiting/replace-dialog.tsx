import { Select } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuRow } from '../../../src-shared/contract/network-model.ts'
import type { WaitingOnu } from '../../../src-shared/contract/provisioning-model.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { callQuery } from '../../client/client.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { emptyFilter } from '../network-onus/onu-query.ts'
import { makePlan } from '../provisioning/provisioning-acts.ts'

export interface ReplaceDialogProps {
  readonly onu: WaitingOnu
  readonly onClose: () => void
  readonly onPlan: (planId: string) => void
}

/** The ONU that waits takes the place of one that is configured: a defective one, mostly. */
export const ReplaceDialog = ({ onu, onClose, onPlan }: ReplaceDialogProps) => {
  const { t } = useTranslation('provisioning')
  const { t: network } = useTranslation('network')
  const onus = useOnusOf(onu)
  const [chosen, setChosen] = useState<string | null>(null)
  const target = onus.find(({ address }) => formatOnu(address) === chosen)
  return (
    <FormDialog
      title={t('replace.title', { serial: onu.serial ?? '' })}
      button={t('form.makePlan')}
      ready={target !== undefined && onu.serial !== null}
      onClose={onClose}
      onSubmit={async () => {
        if (target === undefined || onu.serial === null) return false
        const made = await makePlan({
          targets: { list: [{ oltId: target.oltId, address: target.address }] },
          change: { kind: 'replace', serial: onu.serial },
        })
        if (made !== null) onPlan(made.id)
        return made !== null
      }}
    >
      <p className="nc-soft">{t('replace.text')}</p>
      <Select
        label={t('replace.which')}
        searchable
        data-autofocus
        nothingFoundMessage={t('replace.none')}
        value={chosen}
        onChange={setChosen}
        data={onus.map((row) => ({
          value: formatOnu(row.address),
          label: `${formatOnu(row.address)} · ${row.name ?? row.serial ?? ''} · ${row.serial ?? ''} · ${network(`stateHint.${row.state}`)}`,
        }))}
      />
    </FormDialog>
  )
}

/** ONUs on its PON (of the whole OLT where the PON is not known), those that are down first. */
const useOnusOf = ({ oltId, pon }: WaitingOnu): readonly OnuRow[] => {
  const [found, setFound] = useState<readonly OnuRow[]>([])
  const key = JSON.stringify({ oltId, pon })
  useEffect(() => {
    let ended = false
    const where = JSON.parse(key) as Pick<WaitingOnu, 'oltId' | 'pon'>
    const viewId = makeUuidV7()
    callQuery('network.openView', {
      viewId,
      filter: { ...emptyFilter, oltIds: [where.oltId], pon: where.pon },
      sort: { column: 'address', descending: false },
      limit: 500,
    })
      .then(({ onus }) => {
        if (ended) return
        setFound(
          onus.toSorted(
            (one, other) => Number(one.state === 'online') - Number(other.state === 'online'),
          ),
        )
      })
      .catch(() => undefined)
      .finally(() => {
        callQuery('network.closeView', { viewId }).catch(() => undefined)
      })
    return () => {
      ended = true
    }
  }, [key])
  return found
}
