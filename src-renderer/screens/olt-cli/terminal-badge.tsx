import { IconEye, IconPencilExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TerminalState } from './use-terminal.ts'

/** What this session may do: it must never be a guess. */
export const TerminalBadge = ({ state }: { readonly state: TerminalState }) => {
  const { t } = useTranslation('olt-cli')
  const writing = state.kind === 'open' && state.write
  const BadgeIcon = writing ? IconPencilExclamation : IconEye
  return (
    <span
      className="noc-badge"
      data-writing={writing ? '' : undefined}
      title={t(writing ? 'terminal.writingHint' : 'terminal.readOnlyHint')}
    >
      <BadgeIcon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      {t(writing ? 'terminal.writing' : 'terminal.readOnly')}
    </span>
  )
}
