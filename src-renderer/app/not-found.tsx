import { Button } from '@mantine/core'
import { IconError404 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../components/empty-state.tsx'
import { navigate } from './location.ts'
import { paths } from './paths.ts'

export const NotFound = () => {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={IconError404}
      title={t('page.notFound')}
      text={t('notFound.text')}
      action={
        <Button variant="default" onClick={() => navigate(paths.dashboard())}>
          {t('notFound.action')}
        </Button>
      }
    />
  )
}
