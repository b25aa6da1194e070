import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../src-shared/contract/access-accounts.ts'
import { useRegions } from './use-people.ts'

/** How far an account reaches, in a word or the names of its regions. */
export const useReachWords = (): ((account: Pick<Account, 'scope'>) => string) => {
  const { t } = useTranslation('access-people')
  const regions = useRegions().value?.regions
  return useCallback(
    ({ scope }) => {
      if (scope.kind !== 'regions') return t(`reach.${scope.kind}`)
      const names = scope.regionIds.flatMap(
        (id) => regions?.find((region) => region.id === id)?.name ?? [],
      )
      return names.length === 0 ? t('reach.none') : names.join(', ')
    },
    [regions, t],
  )
}
