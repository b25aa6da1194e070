import { Button, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  fillPlaces,
  placeProblem,
  ticketPlaceholders,
} from '../../../src-shared/domain/ticket-placeholders.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { saveSetup } from './setup-acts.ts'
import type { Template } from './setup-model.ts'

const sample = {
  number: 'T-000123',
  subject: 'No light since this morning',
  customer: 'Dewi Lestari',
  code: 'C-00042',
  agent: 'Nadia',
}

/** An answer in both languages, and how the customer reads it. */
export const TemplateDialog = ({
  template,
  onClose,
}: {
  /** Null: a new one. */
  readonly template: Template | null
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('tickets-desk')
  const { t: common } = useTranslation()
  const [name, setName] = useState(template?.name ?? '')
  const [bodies, setBodies] = useState({
    bodyEn: template?.bodyEn ?? '',
    bodyId: template?.bodyId ?? '',
  })
  const fields = useRef<Record<keyof typeof bodies, HTMLTextAreaElement | null>>({
    bodyEn: null,
    bodyId: null,
  })
  const last = useRef<keyof typeof bodies>('bodyEn')
  const problem = placeProblem(bodies.bodyEn, bodies.bodyId)
  const isWhole = bodies.bodyEn.trim() !== '' && bodies.bodyId.trim() !== ''
  const insert = (place: string): void => {
    const field = fields.current[last.current]
    if (field === null) return
    const { selectionStart: from, selectionEnd: to, value } = field
    const text = `${value.slice(0, from)}{{${place}}}${value.slice(to)}`
    setBodies((before) => ({ ...before, [last.current]: text }))
    field.focus()
  }
  const languages = [
    ['bodyEn', 'english'],
    ['bodyId', 'indonesian'],
  ] as const
  return (
    <FormDialog
      title={
        template === null ? t('setup.templates.add') : t('setup.edit', { name: template.name })
      }
      button={common('button.save')}
      ready={name.trim() !== '' && isWhole && problem === null}
      size="xl"
      onClose={onClose}
      onSubmit={() =>
        saveSetup(
          'tickets.saveTemplate',
          {
            id: template?.id ?? null,
            baseVersion: template?.version ?? 0,
            name: name.trim(),
            ...bodies,
          },
          t('setup.saved', { name: name.trim() }),
        )
      }
    >
      <TextInput
        label={t('setup.name')}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <div className="ntd-places">
        <span className="nc-soft">{t('setup.templates.places')}</span>
        {ticketPlaceholders.map((place) => (
          <Button
            key={place}
            size="compact-xs"
            variant="default"
            title={t('setup.templates.insert', { place })}
            onClick={() => insert(place)}
          >
            {`{{${place}}}`}
          </Button>
        ))}
      </div>
      <div className="ntd-two">
        {languages.map(([key, word]) => (
          <Textarea
            key={key}
            ref={(field) => {
              fields.current[key] = field
            }}
            label={t(`setup.templates.${word}`)}
            autosize
            minRows={7}
            maxRows={14}
            maxLength={20_000}
            value={bodies[key]}
            onFocus={() => {
              last.current = key
            }}
            onChange={(event) => {
              const { value } = event.currentTarget
              setBodies((before) => ({ ...before, [key]: value }))
            }}
          />
        ))}
      </div>
      {problem !== null && isWhole && (
        <p role="alert" className="ntd-late">
          {t(`setup.templates.problem.${problem.why}`, { name: problem.name })}
        </p>
      )}
      <div>
        <strong>{t('setup.templates.preview')}</strong>
        <div className="ntd-two">
          {languages.map(([key, word]) => (
            <pre key={key} className="ntd-preview" aria-label={t(`setup.templates.${word}`)}>
              {fillPlaces(bodies[key], sample)}
            </pre>
          ))}
        </div>
      </div>
    </FormDialog>
  )
}
