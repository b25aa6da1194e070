import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SignIn } from '../../../src-shared/contract/access.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { confirm } from '../../components/confirm.tsx'
import { act } from '../access-accounts/access-acts.ts'
import { useNoticeWords } from './notice-words.ts'
import { askForNewPassword } from './password-asked.ts'
import './own.css'

export interface NoticeLineProps {
  readonly notice: SignIn
  readonly ownId: string
  readonly onAnswered: () => void
}

/** What stood out, and the two answers: it was me, it was not me. */
export const NoticeLine = ({ notice, ownId, onAnswered }: NoticeLineProps) => {
  const { t } = useTranslation('access-own')
  const words = useNoticeWords()
  const own = notice.accountId === ownId
  const known = async (): Promise<void> => {
    await act('access.answerNotice', { signInId: notice.id, known: true }, () => ({
      title: t('notice.thanks'),
    }))
    onAnswered()
  }
  const unknown = async (): Promise<void> => {
    const sure = await confirm({
      title: t('notice.unknownTitle'),
      text: t('notice.unknownText'),
      confirmLabel: t('notice.unknownConfirm'),
      danger: true,
    })
    if (!sure) return
    const done = await act('access.answerNotice', { signInId: notice.id, known: false }, () => ({
      title: t('notice.ended'),
      ...(own ? { text: t('notice.endedText') } : {}),
    }))
    if (done === null) return
    onAnswered()
    if (!own || notice.result === 'wrong-password') return
    askForNewPassword()
    navigate(paths.me())
  }
  return (
    <div className="nco-notice">
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" className="nc-icon" />
      <span>{words(notice, ownId)}</span>
      <Button variant="default" size="compact-xs" onClick={() => void known()}>
        {t(own ? 'notice.known' : 'notice.knownOther')}
      </Button>
      <Button variant="default" size="compact-xs" onClick={() => void unknown()}>
        {t(own ? 'notice.unknown' : 'notice.unknownOther')}
      </Button>
    </div>
  )
}
