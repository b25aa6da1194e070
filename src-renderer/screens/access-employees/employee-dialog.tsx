import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Employee } from '../../../src-shared/contract/access-accounts.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { act } from '../access-accounts/access-acts.ts'
import { isEmail } from './employee-model.ts'
import { PhotoField } from './photo-field.tsx'
import '../access-accounts/people.css'

export interface EmployeeDialogProps {
  /** Null: a new one. */
  readonly employee: Employee | null
  readonly onClose: () => void
}

const blank = { name: '', position: '', group: '', phone: '', email: '', note: '' }

export const EmployeeDialog = ({ employee, onClose }: EmployeeDialogProps) => {
  const { t } = useTranslation('access-people')
  const [fields, setFields] = useState(() => {
    const { name, position, group, phone, email, note } = employee ?? blank
    return { name, position, group, phone, email, note }
  })
  const [photo, setPhoto] = useState(employee?.photo ?? null)
  const name = fields.name.trim()
  const goodEmail = isEmail(fields.email.trim())
  const field = (key: keyof typeof fields, max: number) => ({
    label: t(`employee.${key}`),
    maxLength: max,
    value: fields[key],
    autoComplete: 'off',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget
      setFields((before) => ({ ...before, [key]: value }))
    },
  })

  const save = async (): Promise<boolean> => {
    const trimmed = {
      name,
      position: fields.position.trim(),
      group: fields.group.trim(),
      phone: fields.phone.trim(),
      email: fields.email.trim(),
      note: fields.note.trim(),
    }
    const saved = await act(
      'access.saveEmployee',
      {
        employeeId: employee?.id ?? null,
        baseVersion: employee?.version ?? 0,
        employee: trimmed,
        // Left out where it stays: what is large is sent only when it is new.
        ...(photo === (employee?.photo ?? null) ? {} : { photo }),
      },
      () => ({ title: t('employee.saved', { name }) }),
    )
    return saved !== null
  }

  return (
    <FormDialog
      title={employee === null ? t('employee.new') : t('employees.edit', { name: employee.name })}
      button={t('employee.save')}
      ready={name !== '' && goodEmail}
      onClose={onClose}
      onSubmit={save}
    >
      <PhotoField name={name} photo={photo} onPhoto={setPhoto} />
      <TextInput {...field('name', 80)} withAsterisk data-autofocus />
      <div className="ncp-two">
        <TextInput {...field('position', 80)} />
        <TextInput {...field('group', 80)} />
        <TextInput {...field('phone', 40)} inputMode="tel" />
        <TextInput
          {...field('email', 120)}
          inputMode="email"
          error={goodEmail ? undefined : t('employee.badEmail')}
        />
      </div>
      <Textarea {...field('note', 2000)} autosize minRows={2} maxRows={6} />
    </FormDialog>
  )
}
