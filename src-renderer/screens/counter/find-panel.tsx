import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'

/** Who stands before the counter. Arrows choose, Enter takes. */
export const FindPanel = ({ onChoose }: { readonly onChoose: (subscriberId: string) => void }) => {
  const { t } = useTranslation('billing-counter')
  const [typed, setTyped] = useState('')
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => {
      setText(typed.trim())
      setAt(0)
    }, 150)
    return () => clearTimeout(timer)
  }, [typed])
  const { value, failure, loading, refresh } = useQuery(
    'billing.counterFind',
    { text: text === '' ? '-' : text },
    { skip: text === '' },
  )
  const found = text === '' || value === undefined ? [] : value.found
  // What is shown belongs to what was typed, or Enter would take another.
  const isSettled = typed.trim() === text && !loading
  const chosen = Math.min(at, Math.max(0, found.length - 1))
  return (
    <section className="nc-panel nct-serve" aria-label={t('find.label')}>
      <TextInput
        label={t('find.label')}
        description={t('find.hint')}
        inputWrapperOrder={['label', 'input', 'description']}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={typed}
        maxLength={100}
        autoFocus
        data-autofocus
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="nct-found"
        aria-activedescendant={found[chosen] === undefined ? undefined : `nct-${chosen}`}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          if (step !== undefined) {
            event.preventDefault()
            setAt(Math.min(Math.max(0, chosen + step), Math.max(0, found.length - 1)))
          }
          const one = found[chosen]
          if (event.key === 'Enter' && !event.repeat && isSettled && one !== undefined) {
            event.preventDefault()
            onChoose(one.id)
          }
        }}
      />
      {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
      {isSettled && text !== '' && value !== undefined && found.length === 0 && (
        <p className="nc-soft" role="status">
          {t('find.none')}
        </p>
      )}
      {/* Arrows move in the field above it; the mouse may choose as well. */}
      <ul id="nct-found" className="nct-found" role="listbox" aria-label={t('find.list')}>
        {found.map((one, index) => (
          <li
            key={one.id}
            id={`nct-${index}`}
            role="option"
            aria-selected={index === chosen}
            onPointerDown={(event) => {
              event.preventDefault()
              onChoose(one.id)
            }}
          >
            <span className="nct-found__name">{one.name}</span>
            <span className="nc-mono">{one.code}</span>
            <span>{one.phone}</span>
            <span className="nc-soft">{one.address}</span>
            <span className="nc-mono nc-soft">{one.serial}</span>
          </li>
        ))}
      </ul>
      {value !== undefined && value.total > found.length && found.length > 0 && (
        <p className="nc-soft nc-small">
          {t('find.more', { shown: found.length, total: value.total })}
        </p>
      )}
    </section>
  )
}
