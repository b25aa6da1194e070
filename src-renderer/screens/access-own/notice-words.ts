import { useTranslation } from 'react-i18next'
import type { SignIn } from '../../../src-shared/contract/access.ts'
import { useFormat } from '../../components/use-format.ts'

/** "new machine, unusual hour". */
export const useSuspicionWords = (): ((suspicions: SignIn['suspicions']) => string) => {
  const { t } = useTranslation('access-own')
  return (suspicions) => suspicions.map((one) => t(`suspicion.${one}`)).join(', ')
}

/** In one sentence: whose, when, where, and why it stands out. */
export const useNoticeWords = (): ((notice: SignIn, ownId: string) => string) => {
  const { t } = useTranslation('access-own')
  const format = useFormat()
  const wordsOf = useSuspicionWords()
  return ({ accountId, accountName, at, device, result, suspicions }, ownId) => {
    const parts = {
      name: accountName ?? '–',
      time: format.instant(at),
      device,
      why: wordsOf(suspicions),
    }
    const wentWell = result === 'done' || result === 'unlocked' || result === 'stepped-up'
    if (!wentWell) return t('notice.failed', parts)
    return t(accountId === ownId ? 'notice.own' : 'notice.other', parts)
  }
}
