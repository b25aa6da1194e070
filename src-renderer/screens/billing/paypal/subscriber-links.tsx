import { Button } from '@mantine/core'
import { IconQrcode } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PayPalLink } from '../../../../src-shared/contract/billing-paypal.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Since } from '../../../components/data-age.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { LinkDialog, MakeLinkDialog } from './link-dialog.tsx'
import { LinkAmount, LinkState } from './link-state.tsx'

/** Of a subscriber's account: the button that makes a link, where PayPal is on. */
export const MakeLinkButton = ({
  subscriberId,
  account,
}: {
  readonly subscriberId: string
  readonly account: Output<'billing.account'>
}) => {
  const { t } = useTranslation('billing-paypal')
  const may = usePermissions()
  const { value } = useQuery('billing.payPalOf', { subscriberId }, { on: ['billing.changed'] })
  const [making, setMaking] = useState(false)
  const [shown, setShown] = useState<string | undefined>()
  const offered = value?.offered ?? null
  return (
    <>
      {offered !== null && may.includes('billing.payment.take') && (
        <Button
          variant="default"
          leftSection={<IconQrcode size={16} aria-hidden="true" />}
          onClick={() => setMaking(true)}
        >
          {t('make.open')}
        </Button>
      )}
      {making && offered !== null && (
        <MakeLinkDialog
          subscriberId={subscriberId}
          account={account}
          offered={offered}
          onClose={() => setMaking(false)}
          onMade={setShown}
        />
      )}
      {shown !== undefined && (
        <LinkDialog
          subscriberId={subscriberId}
          linkId={shown}
          onClose={() => setShown(undefined)}
        />
      )}
    </>
  )
}

const dayMs = 86_400_000

/** Links that wait, and those that ended in the last days; nothing where there are none. */
export const SubscriberLinks = ({ subscriberId }: { readonly subscriberId: string }) => {
  const { t } = useTranslation('billing-paypal')
  const { value } = useQuery('billing.payPalOf', { subscriberId }, { on: ['billing.changed'] })
  const [shown, setShown] = useState<string | undefined>()
  const links = (value?.links ?? []).filter(isWorthShowing)
  if (links.length === 0) return null
  return (
    <section className="nc-panel" aria-label={t('links')}>
      <header className="nc-panel__head">
        <h2>{t('links')}</h2>
      </header>
      <table className="nc-table" aria-label={t('links')}>
        <thead>
          <tr>
            <th scope="col">{t('column.state')}</th>
            <th scope="col">{t('column.description')}</th>
            <th scope="col">{t('column.made')}</th>
            <th scope="col">{t('column.by')}</th>
            <th scope="col" className="nc-num">
              {t('column.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr key={link.id}>
              <td>
                <LinkState link={link} />
              </td>
              <td>
                <button type="button" className="nbl-open" onClick={() => setShown(link.id)}>
                  {link.description}
                </button>
              </td>
              <td>
                <Since at={link.madeAt} />
              </td>
              <td>{link.madeBy ?? '–'}</td>
              <td className="nc-num">
                <LinkAmount link={link} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown !== undefined && (
        <LinkDialog
          subscriberId={subscriberId}
          linkId={shown}
          onClose={() => setShown(undefined)}
        />
      )}
    </section>
  )
}

/** What was paid stands among the payments; what ended otherwise is soon of no use. */
const isWorthShowing = (link: PayPalLink): boolean =>
  link.endedAt === null || (link.paymentId === null && link.endedAt > Date.now() - 3 * dayMs)
