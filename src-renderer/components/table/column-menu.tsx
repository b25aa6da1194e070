import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3, IconGripVertical } from '@tabler/icons-react'
import { useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react'
import {
  moveColumn,
  resolveLayout,
  toggleColumn,
  type ColumnLayout,
  type ColumnSpec,
} from './column-layout.ts'
import styles from './column-menu.module.css'

export interface ColumnMenuTexts {
  readonly choose: string
  readonly shown: string
  readonly hidden: string
  readonly reset: string
  readonly fixed: string
  readonly drag: string
  readonly up: (column: string) => string
  readonly down: (column: string) => string
}

export interface ColumnMenuProps {
  readonly columns: readonly (ColumnSpec & { readonly label: string })[]
  readonly layout: ColumnLayout
  readonly onLayout: (layout: ColumnLayout) => void
  readonly opened: boolean
  readonly onOpened: (opened: boolean) => void
  readonly texts: ColumnMenuTexts
}

/** Which columns are shown and in which order; by drag, by the arrows, or by Alt and an arrow key. */
export const ColumnMenu = (props: ColumnMenuProps): ReactNode => {
  const { columns, layout, onLayout, opened, onOpened, texts } = props
  const [dragged, setDragged] = useState<string | null>(null)
  const byId = new Map(columns.map((column) => [column.id, column]))
  const hidden = columns.filter((column) => !layout.columns.includes(column.id))

  const move = (id: string, to: number): void => onLayout(moveColumn(layout, id, to))

  const onKeyDown = (event: KeyboardEvent, id: string, position: number): void => {
    if (!event.altKey) return
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (step === 0) return
    event.preventDefault()
    move(id, position + step)
  }

  const onDragOver = (event: DragEvent, position: number): void => {
    if (dragged === null) return
    event.preventDefault()
    if (layout.columns[position] !== dragged) move(dragged, position)
  }

  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-end" width={290} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconColumns3 size={15} stroke={1.7} aria-hidden="true" />}
          onClick={() => onOpened(!opened)}
          aria-haspopup="dialog"
          aria-expanded={opened}
        >
          {texts.choose}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={texts.choose}>
        <div className={styles['list']}>
          <div className={styles['title']}>{texts.shown}</div>
          <ul className={styles['items']}>
            {layout.columns.map((id, position) => {
              const column = byId.get(id)
              if (column === undefined) return null
              return (
                <li
                  key={id}
                  className={styles['item']}
                  draggable
                  data-dragged={dragged === id || undefined}
                  onDragStart={() => setDragged(id)}
                  onDragEnd={() => setDragged(null)}
                  onDragOver={(event) => onDragOver(event, position)}
                  onKeyDown={(event) => onKeyDown(event, id, position)}
                >
                  <IconGripVertical
                    size={14}
                    stroke={1.5}
                    aria-hidden="true"
                    className={styles['grip']}
                  />
                  <Checkbox
                    className={styles['box']}
                    label={column.label}
                    checked
                    disabled={column.fixed === true}
                    title={column.fixed === true ? texts.fixed : texts.drag}
                    onChange={() => onLayout(toggleColumn(columns, layout, id))}
                  />
                  <ActionIcon
                    size={22}
                    aria-label={texts.up(column.label)}
                    disabled={position === 0}
                    onClick={() => move(id, position - 1)}
                  >
                    <IconArrowUp size={14} stroke={1.6} aria-hidden="true" />
                  </ActionIcon>
                  <ActionIcon
                    size={22}
                    aria-label={texts.down(column.label)}
                    disabled={position === layout.columns.length - 1}
                    onClick={() => move(id, position + 1)}
                  >
                    <IconArrowDown size={14} stroke={1.6} aria-hidden="true" />
                  </ActionIcon>
                </li>
              )
            })}
          </ul>
          {hidden.length > 0 && <div className={styles['title']}>{texts.hidden}</div>}
          <ul className={styles['items']}>
            {hidden.map((column) => (
              <li key={column.id} className={styles['item']} data-hidden="">
                <Checkbox
                  className={styles['box']}
                  label={column.label}
                  checked={false}
                  onChange={() => onLayout(toggleColumn(columns, layout, column.id))}
                />
              </li>
            ))}
          </ul>
        </div>
        <div className={styles['foot']}>
          <Button variant="subtle" onClick={() => onLayout(resolveLayout(columns, null))}>
            {texts.reset}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
