import { Button, Progress } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { runCommand } from '../../../client/client.ts'
import { useTask } from '../../../client/use-task.ts'
import { showFailure } from '../../../components/toast.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { usePermissions, useReachesAll } from '../../../state/workspace.ts'
import { MadePaper } from './made-paper.tsx'

/** The PDFs of all that a run issued, in one folder: with progress, and called off if need be. */
export const RunPapers = ({ runId }: { readonly runId: string }) => {
  const { t } = useTranslation('billing-papers')
  const { t: common } = useTranslation()
  const format = useFormat()
  const may = usePermissions()
  const reachesAll = useReachesAll()
  const task = useTask<Output<'billing.runPdfs'>>()
  const { state } = task
  useEffect(() => {
    if (state.kind === 'failed') showFailure(state.failure)
  }, [state])
  if (!reachesAll || !may.includes('billing.document.export')) return null
  const make = (): void => task.start((taskId) => runCommand('billing.runPdfs', { runId, taskId }))
  if (state.kind === 'running') {
    const total = state.total ?? 0
    return (
      <div className="nbr-line">
        <span role="status" className="nbr-grow">
          {t('many.working', { done: format.number(state.done), total: format.number(total) })}
          <Progress
            aria-label={t('many.open')}
            value={total === 0 ? 0 : (state.done / total) * 100}
          />
        </span>
        <Button variant="default" onClick={task.cancel}>
          {common('button.cancel')}
        </Button>
      </div>
    )
  }
  return (
    <div className="nbl-stack">
      <div>
        <Button
          variant="default"
          leftSection={<IconFileTypePdf size={15} aria-hidden="true" />}
          onClick={make}
        >
          {t('many.open')}
        </Button>
      </div>
      {state.kind === 'cancelled' && <p role="status">{t('many.cancelled')}</p>}
      {state.kind === 'done' && (
        <>
          <p role="status">{t('many.done', { count: state.result.files })}</p>
          {state.result.differ.length > 0 && (
            <p className="nbr-refusal" role="alert">
              {t('many.differ', { numbers: state.result.differ.join(', ') })}
            </p>
          )}
          <MadePaper made={{ folder: state.result.folder }} />
        </>
      )}
    </div>
  )
}
