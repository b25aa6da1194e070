import { Button } from '@mantine/core'
import { IconBooks, IconFileDiff, IconPencil, IconTerminal2 } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import type { OltCliAccess } from '../../../src-shared/contract/olt-cli.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Since } from '../../components/data-age.tsx'
import { errorText } from '../../components/error-text.ts'
import { useFormat } from '../../components/use-format.ts'
import { CliAccessDrawer } from './cli-access-drawer.tsx'
import { CliTest } from './cli-test.tsx'
import type { CliAccessQuery } from './use-cli-access.ts'
import { useMay } from './use-may.ts'
import './olt-cli.css'

export interface CliPanelProps {
  readonly olt: OltRow
  readonly query: CliAccessQuery
}

/** How the OLT's CLI lets the console in, and what can be done over it. */
export const CliPanel = ({ olt, query }: CliPanelProps) => {
  const { t } = useTranslation('olt-cli')
  const { value, failure, refresh } = query
  const [editing, setEditing] = useState(false)
  const manages = useMay('olt-cli.access.manage')
  const links = useCliLinks(olt.id, value?.access)
  useOfferedActions([
    ...links.map(({ id, label, icon, route }) => ({
      id,
      label: `${label}: ${olt.name}`,
      icon,
      run: () => navigate(route),
    })),
    ...(manages && value !== undefined
      ? [
          {
            id: 'cli-access',
            label: `${t('form.title')}: ${olt.name}`,
            icon: IconPencil,
            run: () => setEditing(true),
          },
        ]
      : []),
  ])
  return (
    <section className="nc-panel noc-panel" aria-label={t('title')} id="cli-access">
      <header className="nc-panel__head">
        <h2>{t('title')}</h2>
        {links.map(({ id, label, icon: LinkIcon, route }) => (
          <Button
            key={id}
            component={Link}
            href={route}
            variant="default"
            size="compact-xs"
            leftSection={<LinkIcon size={13} aria-hidden="true" />}
          >
            {label}
          </Button>
        ))}
        {manages && value !== undefined ? (
          <PresentOnly>
            <Button
              variant={value.access.configured ? 'default' : 'filled'}
              size="compact-xs"
              leftSection={<IconPencil size={13} aria-hidden="true" />}
              onClick={() => setEditing(true)}
            >
              {t(value.access.configured ? 'act.change' : 'act.enter')}
            </Button>
          </PresentOnly>
        ) : null}
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={3} brief />
      ) : (
        <CliFacts olt={olt} access={value.access} onChange={refresh} />
      )}
      {editing && value !== undefined ? (
        <CliAccessDrawer
          olt={olt}
          access={value.access}
          onClose={() => setEditing(false)}
          onChange={refresh}
        />
      ) : null}
    </section>
  )
}

const useCliLinks = (oltId: string, access: OltCliAccess | undefined) => {
  const { t } = useTranslation('olt-cli')
  const terminal = useMay('olt-cli.terminal.use')
  const catalogue = useMay('provisioning.plan.read')
  const backups = useMay('olt-backups.config.read')
  return [
    {
      id: 'terminal',
      label: t('link.terminal'),
      icon: IconTerminal2,
      route: paths.terminal(oltId),
      shown: terminal && access?.configured === true,
    },
    {
      id: 'catalogue',
      label: t('link.catalogue'),
      icon: IconBooks,
      route: paths.catalogue(oltId),
      shown: catalogue,
    },
    {
      id: 'configurations',
      label: t('link.configurations'),
      icon: IconFileDiff,
      route: paths.configurationsOf(oltId),
      shown: backups,
    },
  ].filter(({ shown }) => shown)
}

interface FactsProps {
  readonly olt: OltRow
  readonly access: OltCliAccess
  readonly onChange: () => void
}

const CliFacts = ({ olt, access, onChange }: FactsProps) => {
  const { t } = useTranslation('olt-cli')
  const { t: tError } = useTranslation('error')
  const format = useFormat()
  const manages = useMay('olt-cli.access.manage')
  if (access.familyTransports.length === 0) {
    return <p className="nc-panel__body nc-soft">{t('facts.familyCannot')}</p>
  }
  if (!access.configured) {
    return <p className="nc-panel__body nc-soft">{t('facts.none')}</p>
  }
  const { sessions, lastProblem } = access
  const secrets = (['hasPassword', 'hasEnablePassword', 'hasWriteCommunity'] as const).filter(
    (each) => access[each],
  )
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('facts.login'),
      <span key="login">
        {t(`transport.${access.transport}`)}{' '}
        <span className="nc-mono">
          {access.userName}@{access.host ?? olt.host}:{access.port}
        </span>
      </span>,
    ],
    [
      t('facts.secrets'),
      secrets.length === 0 ? '–' : secrets.map((each) => t(`facts.${each}`)).join(', '),
    ],
    [
      t('facts.sessions'),
      t('facts.sessionsText', {
        readers: format.number(sessions.readers),
        allowed: format.number(sessions.allowedReaders),
        writer: t(`facts.writer.${sessions.writer}`),
        waiting: format.number(sessions.waiting),
      }),
    ],
    [
      t('facts.lastLogin'),
      access.lastLoginAt === null ? t('facts.never') : <Since key="at" at={access.lastLoginAt} />,
    ],
    [
      t('key.pinned'),
      access.hostKey === null ? (
        t(access.transport === 'telnet' ? 'key.noneTelnet' : 'key.none')
      ) : (
        <span key="key">
          <span className="nc-mono">
            {access.hostKey.algorithm} {access.hostKey.fingerprint}
          </span>{' '}
          <CopyButton text={access.hostKey.fingerprint} label={t('key.fingerprint')} />{' '}
          <span className="nc-faint nc-small">
            {t('key.since', { time: format.instant(access.hostKey.at, 'day') })}
          </span>
        </span>
      ),
    ],
    ...(lastProblem === null
      ? []
      : [
          [
            t('facts.lastProblem'),
            <span key="problem">
              {errorText(tError, lastProblem).what}{' '}
              <span className="nc-faint">
                <Since at={lastProblem.at} />
              </span>
            </span>,
          ] as const,
        ]),
  ]
  return (
    <div className="nc-panel__body noc-panel__body">
      <dl className="nc-facts">
        {facts.map(([label, text]) => (
          <div key={label} className="noc-fact">
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {manages ? (
        <PresentOnly>
          <CliTest oltId={olt.id} onDone={onChange} />
        </PresentOnly>
      ) : null}
    </div>
  )
}
