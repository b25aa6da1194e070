import { Button } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../client/client.ts'
import { failureOf, useQuery } from '../client/hooks.ts'
import { confirm } from '../components/confirm.tsx'
import { showFailure, showToast } from '../components/toast.tsx'
import { usePermissions } from '../state/workspace.ts'

/** Another copy of this workspace may be at work: what that holds back, and the owner's answer. */
export const StandingBanner = () => {
  const { t } = useTranslation('restore')
  const decides = usePermissions().includes('workspace.standing.decide')
  const { value, refresh } = useQuery(
    'workspace.standing',
    {},
    { on: ['workspace.standingChanged'] },
  )
  if (value?.standing == null) return null
  const resume = async (): Promise<void> => {
    const sure = await confirm({
      title: t('standing.resumeTitle'),
      text: t('standing.resumeText'),
      confirmLabel: t('standing.resume'),
      danger: true,
    })
    if (!sure) return
    try {
      await runCommand('workspace.resume', {})
      showToast({ kind: 'done', title: t('standing.resumed') })
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code !== 'step-up-needed') showFailure(failure)
    }
    refresh()
  }
  return (
    <div className="nc-banner" data-kind="standing" role="note">
      <IconArchive size={16} stroke={1.7} aria-hidden="true" className="nc-icon" />
      <span className="nc-banner__text">
        {t('standing.restored')} {!decides && t('standing.owner')}
      </span>
      {decides && (
        <Button variant="subtle" size="compact-xs" onClick={() => void resume()}>
          {t('standing.resume')}
        </Button>
      )}
    </div>
  )
}
