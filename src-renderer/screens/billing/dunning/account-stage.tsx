import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../client/hooks.ts'
import { usePermissions } from '../../../state/workspace.ts'
import { PromiseDialog } from './case-dialogs.tsx'
import { CaseState, NextStep, useStageWord } from './dunning-words.tsx'
import './dunning.css'

/** At which stage a subscriber is, on his account; nothing where nothing is overdue. */
export const AccountStage = ({ subscriberId }: { readonly subscriberId: string }) => {
  const { t } = useTranslation('billing-dunning')
  const may = usePermissions()
  const reads = may.includes('billing.dunning.read')
  const wordOf = useStageWord()
  const { value } = useQuery(
    'billing.dunningOf',
    { subscriberId },
    { on: ['billing.changed', 'billing.documentsChanged'], skip: !reads },
  )
  const [promising, setPromising] = useState<string | null>(null)
  const live = (value?.cases ?? []).filter(({ closedOn }) => closedOn === null)
  return (
    <>
      {live.map((one) => (
        <div key={one.id} className="ndu-tools">
          <b>{t('account')}</b> {wordOf(one.stageKey ?? '')} <CaseState of={one} />
          <NextStep of={one} />
          {may.includes('billing.dunning.promise') && (
            <Button size="xs" variant="default" onClick={() => setPromising(one.id)}>
              {t('promise')}
            </Button>
          )}
          {promising === one.id && (
            <PromiseDialog
              caseId={one.id}
              isCut={one.cut !== 'none'}
              onClose={() => setPromising(null)}
            />
          )}
        </div>
      ))}
    </>
  )
}
