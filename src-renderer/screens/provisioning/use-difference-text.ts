import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuConfigDifference } from '../../../src-shared/domain/onu-config.ts'
import { noValue } from '../../components/format.ts'

/** Differences in one line: "Switched on: on → off · Name: – → Budi". */
export const useDifferenceText = (): ((list: readonly OnuConfigDifference[]) => string) => {
  const { t } = useTranslation('provisioning')
  return useCallback(
    (list) => {
      const side = (part: OnuConfigDifference['part'], text: string): string => {
        if (text === '') return noValue
        if (part !== 'adminEnabled') return text
        return t(text === 'true' ? 'value.on' : 'value.off')
      }
      return list
        .map(
          ({ part, before, after }) =>
            `${t(`part.${part}`)}: ${side(part, before)} → ${side(part, after)}`,
        )
        .join(' · ')
    },
    [t],
  )
}
