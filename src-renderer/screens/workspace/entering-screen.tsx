import { useTranslation } from 'react-i18next'
import { Door } from '../../components/door.tsx'
import { LoadingState } from '../../components/loading-state.tsx'

/** Seconds, until the other one's door is there. */
export const EnteringScreen = ({ name }: { readonly name: string }) => {
  const { t } = useTranslation('workspaces')
  return (
    <Door title={t('entering.title', { name })} lead={t('entering.lead')} closed>
      <LoadingState rows={2} />
    </Door>
  )
}

export const WipingScreen = () => {
  const { t } = useTranslation('workspaces')
  return (
    <Door title={t('wiping.title')} lead={t('wiping.lead')} closed>
      <LoadingState rows={2} />
    </Door>
  )
}
