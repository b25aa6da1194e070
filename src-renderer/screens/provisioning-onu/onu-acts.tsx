import { Menu } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { useQuery } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { usePlanDrawer } from '../provisioning/plan-drawer.tsx'
import { makePlan } from '../provisioning/provisioning-acts.ts'
import { useRights } from '../provisioning/use-rights.ts'
import { MoveDialog } from '../provisioning-move/move-dialog.tsx'
import { actIcons } from './act-icons.ts'
import { ActMenu } from './act-menu.tsx'
import { onuActs, plainChange, reasonAgainst, type ActFacts, type OnuAct } from './act-rules.ts'
import { ChangeDialog } from './change-dialog.tsx'
import './onu-changes.css'

export interface OnuActsProps {
  readonly oltId: string
  readonly address: OnuAddress
  readonly online: boolean
  readonly title: string
}

const taskId = makeUuidV7()
/** The panels stand below the facts. */
const showChanges = (): void => {
  const panels = document.querySelector<HTMLElement>('.npo-changes')
  panels?.scrollIntoView({ block: 'start' })
  panels?.focus({ preventScroll: true })
}

const everything: ReadonlySet<OnuAct> = new Set(onuActs)

/** What the console holds of an ONU; the OLT is not asked. */
export const useHeldOnu = (oltId: string, address: OnuAddress) =>
  useQuery(
    'provisioning.onu',
    { oltId, address, fresh: false, taskId },
    { on: ['provisioning.changed', 'provisioning.planChanged'], everyMs: 2000 },
  )

/** All acts on one ONU: a menu on its page, and the palette. */
export const OnuActs = ({ oltId, address, online, title }: OnuActsProps) => {
  const { t } = useTranslation('provisioning')
  const rights = useRights()
  const { value: held } = useHeldOnu(oltId, address)
  const { value: known } = useQuery('provisioning.abilities', { oltId })
  const [asked, setAsked] = useState<OnuAct | null>(null)
  const [busy, setBusy] = useState(false)
  const drawer = usePlanDrawer()
  const config = held?.actual ?? held?.record ?? null
  const facts: ActFacts = {
    steps: known === undefined ? undefined : (known.abilities?.steps ?? null),
    obstacle: known?.obstacle ?? null,
    online,
    adminEnabled: config?.adminEnabled ?? null,
    hasRecord: held?.record != null,
  }
  const targets = { list: [{ oltId, address }] }
  const run = (act: OnuAct): void => {
    const change = plainChange(act)
    if (change === null) return setAsked(act)
    setBusy(true)
    void makePlan({ targets, change }).then((made) => {
      setBusy(false)
      if (made !== null) drawer.show(made.id)
    })
    return undefined
  }
  useOfferedActions(
    rights.make
      ? onuActs
          .filter((act) => reasonAgainst(act, facts) === null)
          .map((act) => ({
            id: `onu-${act}`,
            label: t('act.paletteLabel', { act: t(`act.${act}`).replace('…', ''), title }),
            icon: actIcons[act],
            run: () => run(act),
          }))
      : [],
  )
  if (!rights.make) return null
  const close = (): void => setAsked(null)
  return (
    <>
      <ActMenu
        label={t('act.button')}
        acts={everything}
        reasonAgainst={(act) => reasonAgainst(act, facts)}
        onAct={run}
        busy={busy}
        first={
          <>
            <Menu.Item
              leftSection={<IconFileText size={15} stroke={1.7} aria-hidden="true" />}
              onClick={() => setTimeout(showChanges)}
            >
              {t('config.show')}
            </Menu.Item>
            <Menu.Divider />
          </>
        }
      />
      {asked === 'move' ? (
        <MoveDialog
          oltId={oltId}
          addresses={[address]}
          title={t('move.titleOne', { title })}
          onPlan={drawer.show}
          onClose={close}
        />
      ) : asked !== null ? (
        <ChangeDialog
          act={asked}
          targets={targets}
          count={1}
          oltId={oltId}
          config={config}
          onPlan={drawer.show}
          onClose={close}
        />
      ) : null}
      {drawer.node}
    </>
  )
}
