import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconWand } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { actIcons } from './act-icons.ts'
import { actGroups, type ActReason, type OnuAct } from './act-rules.ts'

export interface ActMenuProps {
  readonly label: string
  readonly acts: ReadonlySet<OnuAct>
  readonly reasonAgainst: (act: OnuAct) => ActReason
  readonly onAct: (act: OnuAct) => void
  readonly busy: boolean
  readonly subtle?: boolean
  readonly disabled?: boolean
  /** Before the acts. */
  readonly first?: ReactNode
}

/** Acts on ONUs: what cannot be done is grey and says why. */
export const ActMenu = (props: ActMenuProps) => {
  const { label, acts, reasonAgainst, onAct, busy, subtle = false, disabled = false } = props
  const { t } = useTranslation('provisioning')
  const { t: tError } = useTranslation('error')
  const why = (reason: Exclude<ActReason, null>): string =>
    typeof reason === 'string'
      ? t(`act.why.${reason}`)
      : tError(`${reason.code}.what`, reason.params)
  const groups = actGroups
    .map((group) => group.filter((act) => acts.has(act)))
    .filter((group) => group.length > 0)
  return (
    <Menu position={subtle ? 'top-start' : 'bottom-end'} width={270}>
      <Menu.Target>
        <Button
          variant={subtle ? 'subtle' : 'default'}
          loading={busy}
          disabled={disabled}
          leftSection={<IconWand size={15} stroke={1.7} aria-hidden="true" />}
          rightSection={<IconChevronDown size={14} stroke={1.7} aria-hidden="true" />}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        {props.first}
        {groups.map((group, at) => (
          <Fragment key={group[0]}>
            {at > 0 && <Menu.Divider />}
            {group.map((act) => {
              const ActIcon = actIcons[act]
              const reason = reasonAgainst(act)
              return (
                <Menu.Item
                  key={act}
                  disabled={reason !== null}
                  leftSection={<ActIcon size={15} stroke={1.7} aria-hidden="true" />}
                  {...(act === 'delete' || act === 'factory-reset'
                    ? { color: 'var(--nc-critical)' }
                    : {})}
                  onClick={() => onAct(act)}
                >
                  {t(`act.${act}`)}
                  {reason !== null && <span className="npo-why">{why(reason)}</span>}
                </Menu.Item>
              )
            })}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
