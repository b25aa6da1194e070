import { Button, MultiSelect, Select, Switch, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import {
  categories,
  outcomes,
  severities,
  writeAuditQuery,
  type AuditAsked,
} from './audit-query.ts'
import { useAuditWords } from './audit-words.ts'

export interface AuditFiltersProps {
  readonly asked: AuditAsked
  readonly overview: Output<'audit.overview'> | undefined
  readonly onAsked: (asked: AuditAsked) => void
}

const wordsOf = <Word extends string>(
  words: readonly Word[],
  label: (word: Word) => string,
): { value: Word; label: string }[] => words.map((value) => ({ value, label: label(value) }))

export const AuditFilters = ({ asked, overview, onAsked }: AuditFiltersProps) => {
  const { t } = useTranslation('audit')
  const words = useAuditWords()
  const change = (part: Partial<AuditAsked>): void => onAsked({ ...asked, ...part })
  const any = t('filter.any')
  const commands = useMemo(
    () =>
      (overview?.commands ?? [])
        .map((value) => ({ value, label: words.act(value) }))
        .toSorted((a, b) => a.label.localeCompare(b.label)),
    // The words change with the language alone, and that changes t.
    // oxlint-disable-next-line react/exhaustive-deps
    [overview, t],
  )
  const kinds = (overview?.objectKinds ?? []).map((value) => ({ value, label: words.kind(value) }))
  const people = (overview?.people ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const anything = writeAuditQuery(asked) === ''
  return (
    <section className="nau-filters" aria-label={t('filter.label')}>
      <Select
        label={t('filter.person')}
        placeholder={any}
        data={people}
        value={asked.personId}
        onChange={(personId) => change({ personId })}
        searchable
        clearable
        nothingFoundMessage={t('filter.nothingFound')}
      />
      <Select
        label={t('filter.command')}
        placeholder={any}
        data={commands}
        value={asked.command}
        onChange={(command) => change({ command })}
        searchable
        clearable
        limit={200}
        nothingFoundMessage={t('filter.nothingFound')}
      />
      <Select
        label={t('filter.objectKind')}
        placeholder={any}
        data={kinds}
        value={asked.objectKind}
        onChange={(objectKind) => change({ objectKind })}
        searchable
        clearable
        nothingFoundMessage={t('filter.nothingFound')}
      />
      <ObjectId value={asked.objectId} onChange={(objectId) => change({ objectId })} />
      <MultiSelect
        label={t('filter.categories')}
        placeholder={asked.categories.length === 0 ? any : ''}
        data={wordsOf(categories, (word) => t(`category.${word}`))}
        value={[...asked.categories]}
        onChange={(chosen) =>
          change({ categories: categories.filter((one) => chosen.includes(one)) })
        }
        clearable
      />
      <MultiSelect
        label={t('filter.severities')}
        placeholder={asked.severities.length === 0 ? any : ''}
        data={wordsOf(severities, (word) => t(`severity.${word}`))}
        value={[...asked.severities]}
        onChange={(chosen) =>
          change({ severities: severities.filter((one) => chosen.includes(one)) })
        }
        clearable
      />
      <MultiSelect
        label={t('filter.outcomes')}
        placeholder={asked.outcomes.length === 0 ? any : ''}
        data={wordsOf(outcomes, (word) => t(`outcome.${word}`))}
        value={[...asked.outcomes]}
        onChange={(chosen) => change({ outcomes: outcomes.filter((one) => chosen.includes(one)) })}
        clearable
      />
      <TextInput
        type="date"
        label={t('filter.from')}
        value={asked.fromDay ?? ''}
        onChange={({ currentTarget }) => change({ fromDay: currentTarget.value || null })}
      />
      <TextInput
        type="date"
        label={t('filter.to')}
        value={asked.toDay ?? ''}
        onChange={({ currentTarget }) => change({ toDay: currentTarget.value || null })}
      />
      <Switch
        className="nau-people"
        label={t('filter.people')}
        checked={asked.people}
        onChange={({ currentTarget }) => change({ people: currentTarget.checked })}
      />
      {!anything && (
        <Button
          variant="subtle"
          className="nau-clear"
          onClick={() =>
            onAsked({
              personId: null,
              objectKind: null,
              objectId: null,
              categories: [],
              severities: [],
              outcomes: [],
              command: null,
              fromDay: null,
              toDay: null,
              people: false,
            })
          }
        >
          {t('clear')}
        </Button>
      )}
    </section>
  )
}

/** Asked when it is typed to its end: with Enter, or when the field is left. */
const ObjectId = ({
  value,
  onChange,
}: {
  readonly value: string | null
  readonly onChange: (value: string | null) => void
}) => {
  const { t } = useTranslation('audit')
  const commit = (text: string): void => {
    const next = text.trim() === '' ? null : text.trim()
    if (next !== value) onChange(next)
  }
  return (
    <TextInput
      key={value ?? ''}
      label={t('filter.objectId')}
      placeholder={t('filter.any')}
      defaultValue={value ?? ''}
      maxLength={100}
      onBlur={({ currentTarget }) => commit(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(event.currentTarget.value)
      }}
    />
  )
}
