import {
  IconAlertOctagon,
  IconCircleCheck,
  IconHelpHexagon,
  IconServerOff,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ProbeResult } from '../../../src-shared/contract/network-model.ts'
import { paths } from '../../app/paths.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { errorText, type Told } from '../../components/error-text.ts'
import { useFormat } from '../../components/use-format.ts'
import { checksFor } from './probe-checks.ts'

/** What a test found out about a host, and what it means. */
export const ProbeResultView = ({ result }: { readonly result: ProbeResult }) => {
  switch (result.kind) {
    case 'recognised':
      return <Recognised result={result} />
    case 'unknown-family':
      return <UnknownFamily result={result} />
    case 'not-an-olt':
      return <NotAnOlt result={result} />
    case 'failed':
      return <ProbeFailure failure={result.problem} />
  }
}

const Frame = ({
  kind,
  icon: Icon,
  title,
  children,
}: {
  readonly kind: ProbeResult['kind']
  readonly icon: Icon
  readonly title: string
  readonly children: ReactNode
}) => (
  <div className="no-result" data-kind={kind} role={kind === 'failed' ? 'alert' : 'status'}>
    <div className="no-result__head">
      <Icon size={22} stroke={1.7} aria-hidden="true" />
      <h2>{title}</h2>
    </div>
    {children}
  </div>
)

const Recognised = ({
  result,
}: {
  readonly result: Extract<ProbeResult, { kind: 'recognised' }>
}) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  return (
    <Frame
      kind="recognised"
      icon={IconCircleCheck}
      title={t('olts.probe.recognised', { family: result.familyLabel })}
    >
      {result.known === null ? null : (
        <p className="no-conflict" role="alert">
          <span>
            {t('olts.probe.known')}{' '}
            <Link href={paths.olt(result.known.id)}>
              {t('olts.probe.openKnown', { name: result.known.name })}
            </Link>
          </span>
        </p>
      )}
      <p className="no-result__found">
        <strong>{t('olts.probe.onusFound', { count: result.onus })}</strong>
        <span className="nc-soft">
          {t('olts.probe.ponPorts', { count: result.ponPorts.length })}
        </span>
      </p>
      {result.onus === 0 ? <p className="nc-soft">{t('olts.probe.noOnus')}</p> : null}
      {result.ponPorts.length === 0 ? null : <OnusByPon ponPorts={result.ponPorts} />}
      <dl className="nc-facts">
        <dt>{t('olts.probe.recognisedBy')}</dt>
        <dd>{result.reason}</dd>
        <dt>{t('olts.probe.sysName')}</dt>
        <dd>{result.sysName ?? '–'}</dd>
        <dt>{t('olts.probe.uptime')}</dt>
        <dd>{format.duration(result.uptimeS)}</dd>
        <dt>{t('olts.probe.answer')}</dt>
        <dd>{result.answerMs === null ? '–' : `${format.number(result.answerMs, 1)} ms`}</dd>
        <dt>{t('olts.probe.sysDescr')}</dt>
        <dd className="nc-small">{result.sysDescr ?? '–'}</dd>
        {result.notOffered.length === 0 ? null : (
          <>
            <dt>{t('olts.probe.notOffered')}</dt>
            <dd>
              <FieldNames fields={result.notOffered} />
            </dd>
          </>
        )}
      </dl>
    </Frame>
  )
}

/** Fields of the ONU table by their names for people; an unknown one as the engine calls it. */
export const useFieldNames = (): ((fields: readonly string[]) => string) => {
  const { t, i18n } = useTranslation('network')
  const { t: care } = useTranslation('care')
  return (fields) =>
    fields
      .map((field) => {
        if (i18n.exists(`network:field.${field}`)) return t(`field.${field}` as 'field.serial')
        return i18n.exists(`care:field.${field}`) ? care(`field.${field}` as 'field.txDbm') : field
      })
      .join(', ')
}

const FieldNames = ({ fields }: { readonly fields: readonly string[] }) => useFieldNames()(fields)

const OnusByPon = ({
  ponPorts,
}: {
  readonly ponPorts: Extract<ProbeResult, { kind: 'recognised' }>['ponPorts']
}) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const most = Math.max(1, ...ponPorts.map((port) => port.onus))
  return (
    <ul className="no-pons" aria-label={t('olts.probe.byPon')}>
      {ponPorts.map((port) => (
        <li key={port.name} data-none={port.onus === 0 ? '' : undefined}>
          <span className="nc-mono nc-cut" title={port.name}>
            {port.name}
          </span>
          <span className="no-pons__bar" aria-hidden="true">
            <span style={{ width: `${(port.onus / most) * 100}%` }} />
          </span>
          <span className="nc-num">{format.number(port.onus)}</span>
        </li>
      ))}
    </ul>
  )
}

interface DeviceWords {
  readonly sysDescr: string | null
  readonly sysObjectId: string | null
  readonly sysName: string | null
}

/** The device's own words, as they are: text only, ready to be copied. */
export const DeviceText = ({ result }: { readonly result: DeviceWords }) => {
  const { t } = useTranslation('network')
  const text = `sysDescr: ${result.sysDescr ?? '–'}\nsysObjectID: ${result.sysObjectId ?? '–'}`
  return (
    <dl className="nc-facts">
      <dt>{t('olts.probe.sysName')}</dt>
      <dd>{result.sysName ?? '–'}</dd>
      <dt>{t('olts.probe.sysDescr')}</dt>
      <dd className="nc-mono no-device">{result.sysDescr ?? '–'}</dd>
      <dt>{t('olts.probe.sysObjectId')}</dt>
      <dd className="nc-mono no-device">{result.sysObjectId ?? '–'}</dd>
      <dt />
      <dd>
        <span className="nc-small nc-soft">{t('olts.probe.copyBoth')}</span>{' '}
        <CopyButton text={text} label="sysDescr, sysObjectID" />
      </dd>
    </dl>
  )
}

const UnknownFamily = ({
  result,
}: {
  readonly result: Extract<ProbeResult, { kind: 'unknown-family' }>
}) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  return (
    <Frame kind="unknown-family" icon={IconHelpHexagon} title={t('olts.probe.unknownFamily')}>
      <p className="no-add__intro">{t('olts.probe.unknownFamilyText')}</p>
      <DeviceText result={result} />
      <p className="nc-soft">
        {t('olts.probe.interfaces')}: {format.number(result.interfaces)},{' '}
        {t('olts.probe.ponInterfaces')}: {format.number(result.ponInterfaces)}
      </p>
    </Frame>
  )
}

const NotAnOlt = ({
  result,
}: {
  readonly result: Extract<ProbeResult, { kind: 'not-an-olt' }>
}) => {
  const { t } = useTranslation('network')
  return (
    <Frame kind="not-an-olt" icon={IconServerOff} title={t('olts.probe.notAnOlt')}>
      <p className="no-add__intro">{t('olts.probe.notAnOltText')}</p>
      <DeviceText result={result} />
    </Frame>
  )
}

/** A test that came to nothing: what happened, what it means, and what to look at. */
export const ProbeFailure = ({ failure }: { readonly failure: Told }) => {
  const { t } = useTranslation('network')
  const { t: tError } = useTranslation('error')
  const text = errorText(tError, failure)
  const checks = checksFor(failure.code)
  return (
    <Frame kind="failed" icon={IconAlertOctagon} title={text.what}>
      <p className="no-add__intro">{text.means}</p>
      {checks.length === 0 ? (
        <p>{text.toDo}</p>
      ) : (
        <div>
          <h3>{t('olts.probe.check')}</h3>
          <ol className="no-checks">
            {checks.map((check) => (
              <li key={check}>{t(`olts.probe.checks.${check}`)}</li>
            ))}
          </ol>
        </div>
      )}
      {failure.traceId === undefined ? null : (
        <p className="nc-small nc-faint">
          {tError('trace')} <span className="nc-mono">{failure.traceId}</span>{' '}
          <CopyButton text={failure.traceId} label={tError('trace')} />
        </p>
      )}
    </Frame>
  )
}
