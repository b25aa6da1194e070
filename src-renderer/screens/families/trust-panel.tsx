import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../components/copy-button.tsx'
import { useFormat } from '../../components/use-format.ts'
import { withdrawTrust } from './family-actions.ts'
import type { FamilySummary } from './family-list.ts'
import { trustIcons } from './trust-badge.tsx'
import { TrustDialog } from './trust-dialog.tsx'
import { useMayManageFamilies } from './use-families.ts'

export interface TrustPanelProps {
  readonly family: FamilySummary
  readonly onChange: () => void
}

/** Whether an own family may change OLTs, since when and by whom, and the way to say otherwise. */
export const TrustPanel = ({ family, onChange }: TrustPanelProps) => {
  const { t } = useTranslation('families')
  const [asking, setAsking] = useState(false)
  const mayManage = useMayManageFamilies()
  const { trust, contentHash } = family
  if (trust === 'built-in' || contentHash === null) return null
  const TrustIcon = trustIcons[trust]
  return (
    <section className="nc-panel fa-trust-panel" data-trust={trust}>
      <TrustIcon size={18} stroke={1.7} aria-hidden="true" className="nc-icon" />
      <div className="fa-trust-panel__text">
        <h2>{t(`trustHead.${trust}`)}</h2>
        <p className="nc-soft">{t(`trustText.${trust}`)}</p>
        <GivenBy family={family} />
        <p className="nc-small fa-hash">
          <span className="nc-faint">{t('hash')}</span>
          <code className="nc-mono">{contentHash}</code>
          <CopyButton text={contentHash} label={t('hash')} />
        </p>
      </div>
      {mayManage ? (
        <div className="fa-trust-panel__actions">
          {trust === 'trusted' ? null : (
            <Button onClick={() => setAsking(true)}>
              {t(trust === 'changed' ? 'giveAgain' : 'give')}
            </Button>
          )}
          {trust === 'untrusted' ? null : (
            <Button variant="default" onClick={() => void withdrawTrust(family, onChange)}>
              {t('withdraw')}
            </Button>
          )}
        </div>
      ) : (
        <p className="nc-small nc-faint">{t('noPermission')}</p>
      )}
      {asking ? (
        <TrustDialog
          family={family}
          contentHash={contentHash}
          onClose={() => setAsking(false)}
          onChange={onChange}
        />
      ) : null}
    </section>
  )
}

const GivenBy = ({
  family: { trust, trustedAt, trustedBy },
}: {
  readonly family: FamilySummary
}) => {
  const { t } = useTranslation('families')
  const format = useFormat()
  if (trustedAt === null) return null
  const time = format.instant(trustedAt)
  return (
    <p className="nc-small nc-soft">
      {trustedBy === null
        ? t('trustedByNobody', { time })
        : t(trust === 'changed' ? 'trustWas' : 'trustedBy', { name: trustedBy, time })}
    </p>
  )
}
