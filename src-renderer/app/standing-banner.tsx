import { Button } from '@mantine/core'
import { IconArchive, IconTruckDelivery } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../src-shared/contract/index.ts'
import { runCommand } from '../client/client.ts'
import { failureOf, useQuery } from '../client/hooks.ts'
import { confirm } from '../components/confirm.tsx'
import { showFailure, showToast } from '../components/toast.tsx'
import { useFormat } from '../components/use-format.ts'
import { refreshEntrance, usePermissions } from '../state/workspace.ts'

type Standing = NonNullable<Output<'workspace.standing'>['standing']>

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
  const { standing } = value
  const isMoved = standing.kind === 'moved'
  const words = isMoved ? 'takeBack' : 'resume'
  const answer = async (): Promise<void> => {
    const sure = await confirm({
      title: t(`standing.${words}Title`),
      text: t(`standing.${words}Text`),
      confirmLabel: t(`standing.${words}`),
      danger: true,
    })
    if (!sure) return
    try {
      if (isMoved) {
        await runCommand('workspace.takeBack', {})
        await refreshEntrance()
      } else await runCommand('workspace.resume', {})
      showToast({ kind: 'done', title: t(isMoved ? 'standing.takenBack' : 'standing.resumed') })
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code !== 'step-up-needed') showFailure(failure)
    }
    refresh()
  }
  const Icon = isMoved ? IconTruckDelivery : IconArchive
  return (
    <div className="nc-banner" data-kind="standing" role="note">
      <Icon size={16} stroke={1.7} aria-hidden="true" className="nc-icon" />
      <span className="nc-banner__text">
        <StandingWords standing={standing} />{' '}
        {!decides && t(isMoved ? 'standing.ownerMoved' : 'standing.owner')}
      </span>
      {decides && (
        <Button variant="subtle" size="compact-xs" onClick={() => void answer()}>
          {t(`standing.${words}`)}
        </Button>
      )}
    </div>
  )
}

const StandingWords = ({ standing }: { readonly standing: Standing }) => {
  const { t } = useTranslation('restore')
  const format = useFormat()
  if (standing.kind === 'restored') return t('standing.restored')
  const { since, path, sure } = standing
  return t(sure ? 'standing.moved' : 'standing.unsure', { time: format.instant(since), path })
}
