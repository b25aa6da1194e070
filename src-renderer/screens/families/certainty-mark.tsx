import { IconCircleCheck, IconHelpHexagon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

export interface CertaintyMarkProps {
  readonly certainty: 'proven' | 'unproven'
}

export const CertaintyMark = ({ certainty }: CertaintyMarkProps) => {
  const { t } = useTranslation('families')
  const MarkIcon = certainty === 'proven' ? IconCircleCheck : IconHelpHexagon
  return (
    <span
      className="fa-certainty"
      data-certainty={certainty}
      title={t(`certaintyHint.${certainty}`)}
    >
      <MarkIcon size={13} stroke={1.7} aria-hidden="true" />
      {t(`certainty.${certainty}`)}
    </span>
  )
}
