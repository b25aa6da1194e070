import { Button, Switch } from '@mantine/core'
import { IconHandStop, IconRobot } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { Preset } from '../../../src-shared/contract/provisioning-model.ts'
import { paths } from '../../app/paths.ts'
import { confirm } from '../../components/confirm.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from '../provisioning/provisioning-acts.ts'
import { useRights } from '../provisioning/use-rights.ts'

export interface AutoPanelProps {
  readonly auto: Output<'provisioning.waiting'>['auto']
  readonly presets: readonly Preset[]
}

/** The task that authorises by itself: whether it is on, what it does, and the way to stop it. */
export const AutoPanel = ({ auto, presets }: AutoPanelProps) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const rights = useRights()
  const marked = presets.filter((preset) => preset.auto && preset.enabled)
  const turn = async (on: boolean): Promise<void> => {
    if (on) {
      const yes = await confirm({
        title: t('auto.confirmTitle'),
        text: t('auto.confirmText', { presets: marked.map(({ name }) => name).join(', ') }),
        confirmLabel: t('auto.confirmButton'),
      })
      if (!yes) return
    }
    await act('provisioning.setAuto', { on }, t(on ? 'auto.turnedOn' : 'auto.turnedOff'))
  }
  return (
    <section className="npw-auto" data-on={auto.on || undefined} aria-label={t('auto.title')}>
      <IconRobot size={17} stroke={1.6} aria-hidden="true" className="nc-icon" />
      {rights.presets ? (
        <Switch
          label={t('auto.title')}
          checked={auto.on}
          disabled={!auto.on && marked.length === 0}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
      ) : (
        <span>{t('auto.title')}</span>
      )}
      <span className="nc-soft" role="status">
        {auto.on
          ? auto.running > 0
            ? t('auto.running', { count: auto.running })
            : t('auto.waits')
          : t('auto.off')}
      </span>
      {auto.on && auto.running > 0 && rights.presets && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconHandStop size={13} aria-hidden="true" />}
          onClick={() => void turn(false)}
        >
          {t('auto.stop')}
        </Button>
      )}
      <span className="npw-auto__facts nc-small">
        {auto.doneToday + auto.failedToday > 0 && (
          <span className="nc-soft">
            {t('auto.today', { done: format.number(auto.doneToday) })}
            {auto.failedToday > 0 && (
              <span className="npv-bad"> {t('auto.failed', { count: auto.failedToday })}</span>
            )}
          </span>
        )}
        <RouteLink to={paths.presets()}>{t('auto.presets', { count: marked.length })}</RouteLink>
      </span>
    </section>
  )
}
