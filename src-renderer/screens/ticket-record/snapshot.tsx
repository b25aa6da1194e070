import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketSnapshot } from '../../../src-shared/contract/tickets-model.ts'
import { Dbm } from '../../components/dbm.tsx'
import { useFormat } from '../../components/use-format.ts'

/** The network as it stood when the ticket was opened: it never changes. */
export const SnapshotPanel = ({ snapshot }: { readonly snapshot: TicketSnapshot }) => {
  const { t } = useTranslation(['ticket-record', 'outages', 'alarms', 'network', 'provisioning'])
  const format = useFormat()
  const { onu, siblings, lastChange } = snapshot
  const verdictOf = (verdict: string): string =>
    t(`verdict.${verdict}`, { ns: 'outages', defaultValue: verdict })
  const what =
    snapshot.kind === 'outage'
      ? verdictOf(snapshot.what)
      : t(`type.${snapshot.what}`, { ns: 'alarms', defaultValue: snapshot.what })
  return (
    <section className="nc-panel" aria-label={t('snapshot')}>
      <header className="nc-panel__head">
        <h2>{t('snapshot')}</h2>
        <span className="nc-soft nc-small">{format.instant(snapshot.at, 'minute')}</span>
      </header>
      <dl className="nc-facts nc-panel__body">
        <Fact name={t('snap.what')}>
          {what} · {t('snap.since', { at: format.instant(snapshot.since, 'minute') })}
        </Fact>
        <Fact name={t('snap.olts')}>{snapshot.oltNames.join(', ')}</Fact>
        {onu !== null && (
          <>
            <Fact name={t('snap.onu')}>
              <span className="nc-mono">{onu.serial ?? onu.address}</span> · {onu.oltName}{' '}
              {onu.address}
            </Fact>
            <Fact name={t('snap.state')}>
              {t(`state.${onu.state}`, { ns: 'network', defaultValue: onu.state })}
            </Fact>
            <Fact name={t('snap.light')}>
              <Dbm value={onu.onuRxDbm} unit />
              {onu.dropDb !== null && (
                <span className="nc-soft">
                  {' '}
                  {t(onu.dropDb > 0 ? 'snap.drop' : 'snap.noDrop', {
                    db: format.number(Math.abs(onu.dropDb), 1),
                  })}
                </span>
              )}
            </Fact>
            {onu.verdict !== null && <Fact name={t('snap.verdict')}>{verdictOf(onu.verdict)}</Fact>}
          </>
        )}
        {siblings !== null && (
          <Fact name={t('snap.siblings')}>
            <Share down={siblings.down} total={siblings.total} />
            {t('snap.siblingsText', {
              down: format.number(siblings.down),
              total: format.number(siblings.total),
            })}
            {siblings.medianRxDbm !== null && (
              <>
                {' · '}
                {t('snap.median')} <Dbm value={siblings.medianRxDbm} unit />
              </>
            )}
          </Fact>
        )}
        <Fact name={t('snap.change')}>
          {lastChange === null
            ? t('snap.noChange')
            : `${t(`kind.${lastChange.what}`, {
                ns: 'provisioning',
                defaultValue: lastChange.what,
              })} · ${format.instant(lastChange.at, 'minute')} · ${lastChange.by ?? ''}`}
        </Fact>
        <Fact name={t('snap.affected')}>
          {t('snap.affectedText', {
            onus: format.number(snapshot.affectedOnus),
            subscribers: format.number(snapshot.affectedSubscribers),
          })}
        </Fact>
      </dl>
    </section>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)

/** How much of a port is down, as a strip; the words beside it say the same. */
const Share = ({ down, total }: { readonly down: number; readonly total: number }) => (
  <span className="ntr-share" aria-hidden="true">
    <span style={{ inlineSize: `${total === 0 ? 0 : Math.round((down / total) * 100)}%` }} />
  </span>
)
