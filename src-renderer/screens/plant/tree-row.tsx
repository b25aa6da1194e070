import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import { nodeIcon } from './plant-words.ts'
import { StateBar } from './state-bar.tsx'
import type { TreeRow } from './tree-model.ts'
import { Usage } from './usage.tsx'

export interface TreeRowViewProps {
  readonly row: TreeRow
  /** px from the top of the tree. */
  readonly top: number
  readonly isActive: boolean
  readonly isSelected: boolean
  readonly withPath: boolean
  readonly onToggle: () => void
  readonly onOpen: () => void
}

export const TreeRowView = (props: TreeRowViewProps) => {
  const { row, top, isActive, isSelected, withPath } = props
  const { t } = useTranslation('plant')
  const format = useFormat()
  const { node } = row
  const Icon = nodeIcon(node.kind)
  const canOpen = node.children > 0 && !withPath
  const Chevron = row.expanded ? IconChevronDown : IconChevronRight
  return (
    <div
      id={`np-${node.id}`}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={isSelected}
      aria-expanded={canOpen ? row.expanded : undefined}
      className="np-row"
      data-active={isActive || undefined}
      data-selected={isSelected || undefined}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 6 + (row.level - 1) * 16 }}
      onClick={props.onOpen}
      onDoubleClick={canOpen ? props.onToggle : undefined}
    >
      <span
        className="np-row__chevron"
        aria-hidden="true"
        onClick={
          canOpen
            ? (event) => {
                event.stopPropagation()
                props.onToggle()
              }
            : undefined
        }
      >
        {canOpen && <Chevron size={14} stroke={1.8} />}
      </span>
      <Icon size={15} stroke={1.6} aria-hidden="true" className="nc-icon nc-soft" />
      <span className="nc-hidden">{t(`kind.${node.kind}`)}</span>
      <span className="np-row__name nc-cut" title={node.name}>
        {node.name}
        {withPath && node.path !== '' && <span className="nc-faint nc-small"> {node.path}</span>}
      </span>
      <Usage node={node} />
      <span className="np-row__onus nc-num">
        {node.onus === 0 ? <span className="nc-faint">–</span> : format.number(node.onus)}
      </span>
      <span className="np-row__down nc-num" data-some={node.down > 0 || undefined}>
        {node.down === 0
          ? ''
          : t('row.down', { count: node.down, number: format.number(node.down) })}
      </span>
      <StateBar node={node} />
    </div>
  )
}
