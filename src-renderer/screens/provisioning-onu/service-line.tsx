import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { ServiceState } from '../../../src-shared/contract/provisioning-model.ts'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { Since } from '../../components/data-age.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ProblemLine } from '../provisioning/problem-line.tsx'
import { act } from '../provisioning/provisioning-acts.ts'
import { useRights } from '../provisioning/use-rights.ts'

export interface ServiceLineProps {
  readonly oltId: string
  readonly address: OnuAddress
  readonly held: Output<'provisioning.onu'>
}

/** The service: wanted, seen, since. Writing the wish needs no OLT; a worker brings it there. */
export const ServiceLine = ({ oltId, address, held }: ServiceLineProps) => {
  const { t } = useTranslation('provisioning')
  const rights = useRights()
  const { service } = held
  const serial = held.actual?.serial ?? held.record?.serial
  const want = (state: ServiceState['desired']): void => {
    if (serial === undefined) return
    const before = service?.desired
    void act(
      'provisioning.setDesired',
      { services: [{ oltId, address, serial }], state },
      t('service.wanted', { state: t(`serviceState.${state}`) }),
      before === undefined
        ? () => void act('provisioning.dropDesired', { services: [{ oltId, address }] })
        : () =>
            void act('provisioning.setDesired', {
              services: [{ oltId, address, serial }],
              state: before,
            }),
    )
  }
  return (
    <div className="npo-service">
      <strong>{t('service.state')}</strong>
      {service === null ? (
        <span className="nc-soft">{t('service.nothingWanted')}</span>
      ) : (
        <Facts service={service} />
      )}
      {rights.desired && serial !== undefined && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              size="compact-sm"
              variant="default"
              rightSection={<IconChevronDown size={13} aria-hidden="true" />}
            >
              {t('service.want')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['active', 'suspended', 'removed'] as const).map((state) => (
              <Menu.Item
                key={state}
                disabled={service?.desired === state}
                onClick={() => want(state)}
              >
                {t(`serviceState.${state}`)}
              </Menu.Item>
            ))}
            {service !== null && (
              <>
                <Menu.Divider />
                <Menu.Item
                  onClick={() =>
                    void act(
                      'provisioning.dropDesired',
                      { services: [{ oltId, address }] },
                      t('service.dropped'),
                      () => want(service.desired),
                    )
                  }
                >
                  {t('service.drop')}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {service?.problem != null && <ProblemLine problem={service.problem} kind="warns" />}
    </div>
  )
}

const Facts = ({ service }: { readonly service: ServiceState }) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { desired, desiredSince, desiredBy, actual, actualAt, agreesSince, tries, planId } = service
  return (
    <span className="npo-service__facts">
      <span
        title={[format.instant(desiredSince), desiredBy, service.reason]
          .filter(Boolean)
          .join(' · ')}
      >
        {t('service.wantedWord')} <b>{t(`serviceState.${desired}`)}</b> (
        {service.cause !== null && `${t(`serviceCause.${service.cause}`)}, `}
        <Since at={desiredSince} />)
      </span>
      <span title={format.instant(actualAt)}>
        {t('service.seen')} <b>{t(`serviceState.${actual}`)}</b>
      </span>
      {agreesSince === null ? (
        <span className="npo-differs">
          ≠ {t('service.disagrees')}
          {tries > 0 && ` · ${t('service.tries', { count: tries })}`}
        </span>
      ) : (
        <span className="nc-soft">
          {t('service.agrees')} <Since at={agreesSince} />
        </span>
      )}
      {planId !== null && <RouteLink to={paths.change(planId)}>{t('plan.word')}</RouteLink>}
    </span>
  )
}
