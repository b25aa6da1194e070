import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Door } from '../../components/door.tsx'

const slowMs = 4000

export const StartingScreen = () => {
  const { t } = useTranslation('workspace')
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowMs)
    return () => clearTimeout(timer)
  }, [])
  return <Door closed title={t('starting.title')} {...(slow ? { lead: t('starting.slow') } : {})} />
}
