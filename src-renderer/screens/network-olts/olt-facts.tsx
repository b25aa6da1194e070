import { IconLockOpen2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useFamilies } from '../families/use-families.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { useFormat } from '../../components/use-format.ts'
import { FamilyLink } from '../families/family-link.tsx'
import { DeviceText } from './probe-result.tsx'

export const OltFacts = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const families = useFamilies()
  const address = `${olt.host}:${olt.port}`
  return (
    <section className="nc-panel nc-panel__body no-facts">
      <dl className="nc-facts">
        <dt>{t('olts.page.address')}</dt>
        <dd>
          <span className="nc-mono">{address}</span>{' '}
          <CopyButton text={address} label={t('olts.page.address')} />
          {olt.simulated ? <span className="no-tag">{t('olts.simulated')}</span> : null}
        </dd>
        <SnmpFact olt={olt} />
        <dt>{t('olts.page.family')}</dt>
        <dd>
          {olt.familyId === null ? (
            <span className="nc-faint">{t('olts.noFamily')}</span>
          ) : (
            <FamilyLink
              id={olt.familyId}
              label={olt.familyLabel ?? olt.familyId}
              family={families.value?.families.find(({ id }) => id === olt.familyId)}
            />
          )}
        </dd>
        {olt.reachability === 'unrecognised' ? null : (
          <>
            <dt>{t('olts.page.recognisedBy')}</dt>
            <dd>{olt.recognisedBy ?? '–'}</dd>
            <dt>{t('olts.page.sysName')}</dt>
            <dd>{olt.sysName ?? '–'}</dd>
          </>
        )}
      </dl>
      <dl className="nc-facts">
        <dt>{t('olts.page.uptime')}</dt>
        <dd>{format.duration(olt.uptimeS)}</dd>
        <dt>{t('olts.page.roundTrip')}</dt>
        <dd>{olt.answerMs === null ? '–' : `${format.number(olt.answerMs, 1)} ms`}</dd>
        <dt>{t('olts.page.opticClass')}</dt>
        <dd>{olt.opticClass}</dd>
        <dt>{t('olts.page.note')}</dt>
        <dd>{olt.note ?? '–'}</dd>
      </dl>
      {olt.reachability === 'unrecognised' ? (
        <div className="no-facts__device">
          <DeviceText result={olt} />
        </div>
      ) : olt.sysDescr === null ? null : (
        <p className="nc-small nc-faint no-facts__descr">{olt.sysDescr}</p>
      )}
    </section>
  )
}

/** The way in, without anything secret; where it can be listened to, it says so. */
const SnmpFact = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('care')
  const { t: network } = useTranslation('network')
  const inTheClear = olt.snmpVersion !== '3'
  const algorithms = [olt.authAlgorithm, olt.privAlgorithm]
    .filter((name) => name !== null)
    .map((name) => network(`olts.form.algorithms.${name}`))
  const warning = inTheClear
    ? (['facts.clear', 'olts.form.inTheClear'] as const)
    : olt.privAlgorithm === null
      ? (['facts.plain', 'olts.form.withoutPrivacy'] as const)
      : undefined
  return (
    <>
      <dt>{t('facts.snmp')}</dt>
      <dd>
        {inTheClear
          ? t('facts.community', { version: `v${olt.snmpVersion}` })
          : [t('facts.user', { user: olt.userName ?? '–' }), ...algorithms].join(', ')}
        {warning === undefined ? null : (
          <span className="no-facts__warning" title={network(warning[1])}>
            <IconLockOpen2 size={13} stroke={1.8} aria-hidden="true" className="nc-icon" />
            {t(warning[0])}
          </span>
        )}
      </dd>
    </>
  )
}
