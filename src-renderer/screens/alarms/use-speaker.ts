import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import type { Speaker } from './alarm-words.ts'

/** The same object as long as the language is. */
export const useSpeaker = (): Speaker => {
  const { t, i18n } = useTranslation('alarms')
  const format = useFormat()
  return useMemo(() => ({ t, i18n, format }), [t, i18n, format])
}
