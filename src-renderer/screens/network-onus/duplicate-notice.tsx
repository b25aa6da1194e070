import { IconCopyX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'

export interface DuplicateNoticeProps {
  readonly duplicates: Output<'network.onu'>['duplicates']
}

/** The same serial number elsewhere: what it means and where. */
export const DuplicateNotice = ({ duplicates }: DuplicateNoticeProps): ReactNode => {
  const { t } = useTranslation('network')
  return (
    <section className="nc-onu__notice" data-area="notice">
      <IconCopyX size={18} stroke={1.7} aria-hidden="true" className="nc-icon" />
      <div>
        <h2>{t('onus.record.duplicateTitle')}</h2>
        <p className="nc-soft">{t('onus.record.duplicateText')}</p>
        <ul>
          {duplicates.map(({ oltId, oltName, address }) => (
            <li key={`${oltId} ${formatOnu(address)}`}>
              <RouteLink to={paths.onu(oltId, address)}>
                {oltName} · <span className="nc-mono">{formatOnu(address)}</span>
              </RouteLink>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
