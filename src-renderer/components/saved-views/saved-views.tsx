import { ActionIcon, Button, Popover, TextInput } from '@mantine/core'
import {
  IconBookmark,
  IconCheck,
  IconPencil,
  IconPin,
  IconPinnedFilled,
  IconTrash,
} from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { makeUuidV7 } from '../../client/uuid.ts'
import { showToast } from '../toast.tsx'
import { useSavedViews } from './use-saved-views.ts'
import {
  isDefaultView,
  removeView,
  renameView,
  saveView,
  toggleDefault,
  viewLimits,
  type SavedView,
} from './view-list.ts'
import './saved-views.css'

export interface SavedViewsProps {
  /** The list's name in the preferences. */
  readonly list: string
  /** What is shown now, as the address has it. */
  readonly query: string
  readonly onQuery: (query: string) => void
}

/** The views a person has saved of a list: open, save, rename, remove, and which one it opens with. */
export const SavedViews = ({ list, query, onQuery }: SavedViewsProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const { views, setViews } = useSavedViews(list)
  const [opened, setOpened] = useState(false)
  const [renamed, setRenamed] = useState<string | null>(null)
  const current = views.find((view) => view.query === query)

  const remove = (view: SavedView): void => {
    setViews(removeView(views, view.id))
    showToast({
      kind: 'done',
      title: t('views.removed', { name: view.name }),
      undo: () => setViews(views),
    })
  }

  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconBookmark size={15} stroke={1.7} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
          aria-haspopup="dialog"
          aria-expanded={opened}
        >
          <span className="nc-cut">{current?.name ?? t('views.title')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} className="nc-views" aria-label={t('views.title')}>
        {views.length === 0 ? (
          <p className="nc-views__nothing">{t('views.none')}</p>
        ) : (
          <ul className="nc-views__list">
            {views.map((view) => (
              <li key={view.id} className="nc-views__item">
                {renamed === view.id ? (
                  <Rename
                    view={view}
                    onName={(name) => {
                      const next = renameView(views, view.id, name)
                      if (next !== null) setViews(next)
                      return next !== null
                    }}
                    onClose={() => setRenamed(null)}
                  />
                ) : (
                  <>
                    <button
                      type="button"
                      className="nc-views__open"
                      aria-current={view === current ? 'true' : undefined}
                      onClick={() => {
                        onQuery(view.query)
                        setOpened(false)
                      }}
                    >
                      <span className="nc-views__mark">
                        {view === current && <IconCheck size={14} aria-hidden="true" />}
                      </span>
                      <span className="nc-cut">{view.name}</span>
                    </button>
                    <ActionIcon
                      size={24}
                      aria-pressed={isDefaultView(view)}
                      aria-label={t('views.default', { name: view.name })}
                      title={t('views.defaultHint')}
                      onClick={() => setViews(toggleDefault(views, view.id))}
                    >
                      {isDefaultView(view) ? (
                        <IconPinnedFilled size={14} aria-hidden="true" />
                      ) : (
                        <IconPin size={14} stroke={1.6} aria-hidden="true" />
                      )}
                    </ActionIcon>
                    <ActionIcon
                      size={24}
                      aria-label={t('views.rename', { name: view.name })}
                      onClick={() => setRenamed(view.id)}
                    >
                      <IconPencil size={14} stroke={1.6} aria-hidden="true" />
                    </ActionIcon>
                    <ActionIcon
                      size={24}
                      aria-label={t('views.remove', { name: view.name })}
                      onClick={() => remove(view)}
                    >
                      <IconTrash size={14} stroke={1.6} aria-hidden="true" />
                    </ActionIcon>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
        <Save
          onSave={(name) => {
            const next = saveView(views, { id: makeUuidV7(), name, query })
            if (next === null) {
              showToast({ kind: 'failure', title: t('views.full', { most: viewLimits.views }) })
              return
            }
            setViews(next)
            showToast({
              kind: 'done',
              title: t('views.saved', { name: name.trim() }),
              undo: () => setViews(views),
            })
            setOpened(false)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

const Save = ({ onSave }: { readonly onSave: (name: string) => void }): ReactNode => {
  const { t } = useTranslation('alarms')
  const [name, setName] = useState('')
  return (
    <form
      className="nc-views__save"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') return
        onSave(name)
        setName('')
      }}
    >
      <TextInput
        label={t('views.saveAs')}
        value={name}
        maxLength={viewLimits.name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Button type="submit" variant="default" disabled={name.trim() === ''}>
        {t('button.save', { ns: 'common' })}
      </Button>
    </form>
  )
}

interface RenameProps {
  readonly view: SavedView
  /** false: the name is taken. */
  readonly onName: (name: string) => boolean
  readonly onClose: () => void
}

const Rename = ({ view, onName, onClose }: RenameProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const [name, setName] = useState(view.name)
  const [taken, setTaken] = useState(false)
  const save = (): void => {
    if (name.trim() === view.name || onName(name)) onClose()
    else setTaken(true)
  }
  return (
    <TextInput
      className="nc-views__rename"
      aria-label={t('views.rename', { name: view.name })}
      value={name}
      maxLength={viewLimits.name}
      error={taken ? t('views.taken') : null}
      onChange={(event) => {
        setName(event.currentTarget.value)
        setTaken(false)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save()
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
      rightSection={
        <ActionIcon size={22} aria-label={t('button.save', { ns: 'common' })} onClick={save}>
          <IconCheck size={14} aria-hidden="true" />
        </ActionIcon>
      }
      autoFocus
    />
  )
}
