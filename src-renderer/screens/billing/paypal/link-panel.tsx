import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PayPalLink } from '../../../../src-shared/contract/billing-paypal.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { Money } from '../../../components/money.tsx'
import { qrPath } from '../../../components/qr-path.ts'
import { useFormat } from '../../../components/use-format.ts'
import { usePermissions } from '../../../state/workspace.ts'
import { act } from '../billing-acts.ts'
import { LinkState, RateText, wordOf } from './link-state.tsx'
import './paypal.css'

/** One link, live: its code to scan, its address to send, where it is, and calling it off. */
export const LinkPanel = ({
  subscriberId,
  linkId,
}: {
  readonly subscriberId: string
  readonly linkId: string
}) => {
  const { value, failure, refresh } = useQuery(
    'billing.payPalLink',
    { subscriberId, linkId },
    { on: ['billing.changed'], everyMs: 300 },
  )
  if (value === undefined) return <Awaiting failure={failure} onRetry={refresh} rows={5} brief />
  return <Shown link={value.link} />
}

const Shown = ({ link }: { readonly link: PayPalLink }) => {
  const { t } = useTranslation('billing-paypal')
  const format = useFormat()
  const may = usePermissions()
  const { approveAt, exchange, subscriberId } = link
  const word = wordOf(link)
  const waits = link.state === 'created' || link.state === 'approved'
  return (
    <div className="npp-link">
      <div className="npp-qr">
        {approveAt === null ? (
          <span className="nc-soft">{t(waits ? 'qr.soon' : 'qr.over')}</span>
        ) : (
          <Qr text={approveAt} label={t('qr.label')} />
        )}
      </div>
      <div className="nbl-stack">
        <div role="status">
          <LinkState link={link} /> <span>{t(`told.${word}`, { number: link.number ?? '' })}</span>
        </div>
        {link.trouble !== null && waits && <FailureState brief failure={link.trouble} />}
        {link.mode === 'trial' && <p className="nbl-warn">{t('onTrial')}</p>}
        <dl className="npp-facts">
          <dt>{t('column.amount')}</dt>
          <dd>
            <Money minor={link.amount} currency={link.currency} />
          </dd>
          {exchange !== null && (
            <>
              <dt>{t('column.paid')}</dt>
              <dd>
                <Money minor={link.providerAmount} currency={link.providerCurrency} />{' '}
                <span className="nc-soft">
                  · <RateText link={link} />
                </span>
              </dd>
            </>
          )}
          <dt>{t('column.description')}</dt>
          <dd>{link.description}</dd>
          {approveAt !== null && (
            <>
              <dt>{t('link.address')}</dt>
              <dd className="npp-address">
                <span className="nc-mono nc-small" title={approveAt}>
                  {approveAt}
                </span>
                <CopyButton text={approveAt} label={t('link.address')} />
              </dd>
              <dt>{t('link.until')}</dt>
              <dd>{format.instant(link.expiresAt)}</dd>
            </>
          )}
          {link.captureId !== null && (
            <>
              <dt>{t('link.capture')}</dt>
              <dd className="nc-mono">{link.captureId}</dd>
            </>
          )}
          {link.problem !== null && (
            <>
              <dt>{t('link.problem')}</dt>
              <dd className="nc-mono">{link.problem}</dd>
            </>
          )}
        </dl>
        {waits && may.includes('billing.payment.take') && (
          <Group>
            <Button
              variant="default"
              onClick={() =>
                void act('billing.cancelPayPalLink', { subscriberId, linkId: link.id }, () => ({
                  title: t('link.cancelled'),
                }))
              }
            >
              {t('link.cancel')}
            </Button>
          </Group>
        )}
      </div>
    </div>
  )
}

const Qr = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { size, path } = qrPath(text)
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <path d={path} />
    </svg>
  )
}
