import { Button } from '@mantine/core'
import { IconPlus, IconServer2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { paths } from '../../app/paths.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { EditOltDrawer } from './edit-olt-drawer.tsx'
import { LookAroundButton } from './look-around-button.tsx'
import { removeOlt } from './olt-actions.ts'
import { OltTable } from './olt-table.tsx'
import { useOlts } from './use-olts.ts'
import './olts.css'

/** Every OLT of the workspace, trouble first. */
export const OltsScreen = () => {
  const { t } = useTranslation('network')
  const { value, failure, refresh } = useOlts()
  const [editing, setEditing] = useState<string | undefined>()
  const edited = value?.olts.find((olt) => olt.id === editing)
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>
          {t('olts.title')}
          {value === undefined || value.olts.length === 0 ? null : (
            <span className="no-head-note">{t('olts.count', { count: value.olts.length })}</span>
          )}
        </h1>
        <Button
          component={Link}
          href={paths.addOlt()}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
        >
          {t('olts.add')}
        </Button>
      </header>
      {value === undefined ? (
        failure === undefined ? (
          <LoadingState rows={10} />
        ) : (
          <FailureState failure={failure} onRetry={refresh} />
        )
      ) : value.olts.length === 0 ? (
        <EmptyState
          icon={IconServer2}
          title={t('olts.empty.title')}
          text={t('olts.empty.text')}
          action={
            <>
              <Button component={Link} href={paths.addOlt()}>
                {t('olts.empty.add')}
              </Button>
              <LookAroundButton />
            </>
          }
        />
      ) : (
        <>
          {failure === undefined ? null : (
            <FailureState failure={failure} onRetry={refresh} brief />
          )}
          <OltTable
            olts={value.olts}
            onEdit={(olt) => setEditing(olt.id)}
            onRemove={(olt) => void removeOlt(olt, refresh)}
          />
        </>
      )}
      {edited === undefined ? null : (
        <EditOltDrawer
          key={edited.id}
          olt={edited}
          onClose={() => setEditing(undefined)}
          onSaved={refresh}
        />
      )}
    </div>
  )
}
