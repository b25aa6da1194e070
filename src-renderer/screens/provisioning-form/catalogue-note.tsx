import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../../client/client.ts'
import { useTask } from '../../client/use-task.ts'
import { Since } from '../../components/data-age.tsx'
import { useRights } from '../provisioning/use-rights.ts'
import { ProblemLine } from '../provisioning/problem-line.tsx'
import type { Choices } from './use-choices.ts'

/** How old the choices are, and the button that reads them anew. */
export const CatalogueNote = ({
  oltId,
  choices,
}: {
  readonly oltId: string
  readonly choices: Choices
}) => {
  const { t } = useTranslation('provisioning')
  const rights = useRights()
  const task = useTask<{ entries: number }>()
  if (choices.readAt === undefined) return null
  const running = task.state.kind === 'running'
  return (
    <div className="npv-catalogue" data-missing={choices.readAt === null || undefined}>
      <span className="nc-small nc-soft">
        {choices.readAt === null ? (
          t('form.catalogueNever')
        ) : (
          <>
            {t('form.catalogueAge')} <Since at={choices.readAt} />
          </>
        )}
      </span>
      {rights.catalogue && (
        <Button
          variant={choices.readAt === null ? 'default' : 'subtle'}
          size="compact-xs"
          leftSection={<IconRefresh size={13} aria-hidden="true" />}
          loading={running}
          onClick={() =>
            task.start((taskId) => runCommand('provisioning.readCatalogue', { oltId, taskId }))
          }
        >
          {t('form.catalogueRead')}
        </Button>
      )}
      {task.state.kind === 'failed' && <ProblemLine problem={task.state.failure} brief />}
    </div>
  )
}
