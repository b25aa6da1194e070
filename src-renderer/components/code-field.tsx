import { TextInput, type TextInputProps } from '@mantine/core'
import { readFactorCode } from './factor-code.ts'

export interface CodeFieldProps extends Omit<
  TextInputProps,
  'value' | 'onChange' | 'onPaste' | 'type'
> {
  readonly value: string
  readonly onCode: (code: string) => void
  /** A whole code of an app was pasted: nothing is left to type. */
  readonly onPasted?: (code: string) => void
}

/** Takes the six digits of an app, or a longer code, with blanks and dashes as they come. */
export const CodeField = ({ value, onCode, onPasted, ...rest }: CodeFieldProps) => (
  <TextInput
    {...rest}
    value={value}
    maxLength={40}
    autoComplete="one-time-code"
    autoCapitalize="off"
    spellCheck={false}
    className="nc-code-field"
    onChange={(event) => onCode(event.currentTarget.value)}
    onPaste={(event) => {
      const pasted = readFactorCode(event.clipboardData.getData('text'))
      if (pasted?.kind !== 'digits') return
      event.preventDefault()
      onCode(pasted.code)
      onPasted?.(pasted.code)
    }}
  />
)
