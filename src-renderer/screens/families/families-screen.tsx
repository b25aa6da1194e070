import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { reloadFamilies } from './family-actions.ts'
import { isOwn, type FamilyList } from './family-list.ts'
import { FamilyTable } from './family-table.tsx'
import { Copyable, HowToBegin } from './how-to-begin.tsx'
import { RefusedFamilies } from './refused-families.tsx'
import { useFamilies, useMayManageFamilies } from './use-families.ts'
import './families.css'

/** What makes of OLTs the console knows: the owner's own first, then those that came with it. */
export const FamiliesScreen = () => {
  const { t } = useTranslation('families')
  const { value, failure, refresh } = useFamilies()
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>
          {t('title')}
          {value === undefined ? null : (
            <span className="fa-head-note" role="status">
              {t('count', { count: value.families.length })}
            </span>
          )}
        </h1>
        <ReloadButton onReloaded={refresh} />
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={12} />
      ) : (
        <>
          {failure === undefined ? null : (
            <FailureState failure={failure} onRetry={refresh} brief />
          )}
          <FamilyPanels list={value} />
        </>
      )}
    </div>
  )
}

const FamilyPanels = ({ list }: { readonly list: FamilyList }) => {
  const { t } = useTranslation('families')
  const own = list.families.filter(isOwn)
  const builtIn = list.families.filter((family) => !isOwn(family))
  return (
    <>
      {list.refused.length === 0 ? null : <RefusedFamilies refused={list.refused} />}
      <section className="nc-panel">
        <header className="nc-panel__head">
          <h2>{own.length === 0 ? t('begin.title') : t('source.own')}</h2>
          <span className="nc-small nc-faint">{t('folder')}</span>
          <Copyable text={list.folder} label={t('copyFolder')} />
        </header>
        {own.length === 0 ? (
          <HowToBegin folder={list.folder} />
        ) : (
          <>
            <FamilyTable label={t('source.own')} families={own} withTrust />
            <details className="fa-how-to">
              <summary>{t('howTo')}</summary>
              <HowToBegin folder={list.folder} />
            </details>
          </>
        )}
      </section>
      <section className="nc-panel">
        <header className="nc-panel__head">
          <h2>{t('source.builtIn')}</h2>
        </header>
        <FamilyTable label={t('source.builtIn')} families={builtIn} withTrust={false} />
      </section>
    </>
  )
}

/** Only for those who may; others see families as they are. */
export const ReloadButton = ({ onReloaded }: { readonly onReloaded: () => void }) => {
  const { t } = useTranslation('families')
  const mayManage = useMayManageFamilies()
  const [busy, setBusy] = useState(false)
  const reload = (): void => {
    if (busy) return
    setBusy(true)
    void reloadFamilies(onReloaded).finally(() => setBusy(false))
  }
  useShortcut('refresh', reload, mayManage)
  if (!mayManage) return null
  return (
    <Button
      variant="default"
      loading={busy}
      onClick={reload}
      leftSection={<IconRefresh size={14} aria-hidden="true" />}
      rightSection={<Kbd keys={shortcuts.refresh.keys} />}
    >
      {t('reload')}
    </Button>
  )
}
