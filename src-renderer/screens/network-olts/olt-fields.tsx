import {
  Collapse,
  NativeSelect,
  SimpleGrid,
  TextInput,
  Textarea,
  UnstyledButton,
} from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useWatch, type Resolver, type UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { checkOltForm, type OltForm, type OltFormError, type OltFormField } from './olt-form.ts'
import { opticsChoices } from './optics-switch.tsx'
import { SnmpAccessFields } from './snmp-access-fields.tsx'

/** What is wrong with each field; nothing of it is sent anywhere before all are well. */
export const oltFormResolver =
  (olt?: OltRow): Resolver<OltForm> =>
  (values) => {
    const errors = Object.fromEntries(
      Object.entries(checkOltForm(values, olt)).map(([field, error]) => [
        field,
        { type: error, message: error },
      ]),
    )
    return Object.keys(errors).length === 0 ? { values, errors: {} } : { values: {}, errors }
  }

export interface OltFieldsProps {
  readonly form: UseFormReturn<OltForm>
  /** A known OLT: its secrets may stay empty. */
  readonly olt?: OltRow | undefined
}

const useErrorOf = (form: UseFormReturn<OltForm>) => {
  const { t } = useTranslation('network')
  return (field: OltFormField): string | undefined => {
    const message = form.formState.errors[field]?.message as OltFormError | undefined
    return message === undefined ? undefined : t(`olts.form.errors.${message}`)
  }
}

/** Host, port and the way in: what a test needs. */
export const ConnectionFields = ({ form, olt }: OltFieldsProps) => {
  const { t } = useTranslation('network')
  const errorOf = useErrorOf(form)
  return (
    <>
      <div className="no-fields__address">
        <TextInput
          label={t('olts.form.host')}
          description={t('olts.form.hostHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={errorOf('host')}
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: 'nc-mono' }}
          {...form.register('host')}
        />
        <TextInput
          label={t('olts.form.port')}
          error={errorOf('port')}
          inputMode="numeric"
          autoComplete="off"
          classNames={{ input: 'nc-mono' }}
          {...form.register('port')}
        />
      </div>
      <SnmpAccessFields form={form} errorOf={errorOf} olt={olt} />
    </>
  )
}

/** Name, optic class, intervals and note: how the console treats it. */
export const DetailFields = ({ form, olt }: OltFieldsProps) => {
  const { t } = useTranslation('network')
  const errorOf = useErrorOf(form)
  return (
    <>
      <TextInput
        label={t('olts.form.name')}
        {...(olt !== undefined ? {} : { description: t('olts.form.nameHint') })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={errorOf('name')}
        autoComplete="off"
        {...form.register('name')}
      />
      <NativeSelect
        size="xs"
        label={t('olts.form.opticClass')}
        description={t('olts.form.opticClassHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={[
          { value: 'B+', label: t('olts.form.opticB') },
          { value: 'C+', label: t('olts.form.opticC') },
        ]}
        {...form.register('opticClass')}
      />
      <Intervals form={form} errorOf={errorOf} />
      <OpticsPollingField form={form} />
      <Textarea
        label={t('olts.form.note')}
        placeholder={t('olts.form.noteHint')}
        error={errorOf('note')}
        autosize
        minRows={2}
        maxRows={6}
        {...form.register('note')}
      />
    </>
  )
}

/** Whether every ONU is asked for its light in turn; below it what the choice means. */
const OpticsPollingField = ({ form }: { readonly form: UseFormReturn<OltForm> }) => {
  const { t } = useTranslation('care')
  const chosen = useWatch({ control: form.control, name: 'opticsPolling' })
  return (
    <NativeSelect
      size="xs"
      label={t('optics.label')}
      description={`${t(`optics.choiceHint.${chosen}`)} ${chosen === 'family' ? t('optics.explained') : ''}`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={opticsChoices.map((value) => ({ value, label: t(`optics.choice.${value}`) }))}
      {...form.register('opticsPolling')}
      value={chosen}
    />
  )
}

const intervalFields = [
  ['statusMinutes', 'status'],
  ['countersMinutes', 'counters'],
  ['opticsMinutes', 'optics'],
] as const

const Intervals = ({
  form,
  errorOf,
}: {
  readonly form: UseFormReturn<OltForm>
  readonly errorOf: (field: OltFormField) => string | undefined
}) => {
  const { t } = useTranslation('network')
  const [wanted, setWanted] = useState(false)
  const [status, counters, optics] = useWatch({
    control: form.control,
    name: ['statusMinutes', 'countersMinutes', 'opticsMinutes'],
  })
  // A fault must not hide in a closed part.
  const open = wanted || intervalFields.some(([field]) => errorOf(field) !== undefined)
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <div>
      <UnstyledButton
        className="no-fields__more"
        aria-expanded={open}
        onClick={() => setWanted(!open)}
      >
        <Chevron size={14} aria-hidden="true" className="nc-icon" />
        {t('olts.form.intervals')}
        <span className="nc-faint nc-small">
          {t('olts.form.intervalsSummary', { status, counters, optics })}
        </span>
      </UnstyledButton>
      <Collapse expanded={open} transitionDuration={0}>
        <SimpleGrid cols={3} spacing="sm" mt={6}>
          {intervalFields.map(([field, name]) => (
            <TextInput
              key={field}
              label={t(`olts.form.${name}`)}
              error={errorOf(field)}
              inputMode="decimal"
              {...form.register(field)}
            />
          ))}
        </SimpleGrid>
        <p className="nc-faint nc-small no-fields__hint">{t('olts.form.intervalsHint')}</p>
      </Collapse>
    </div>
  )
}
