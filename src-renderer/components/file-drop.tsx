import { Button } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useRef, useState, type DragEvent } from 'react'
import './file-drop.css'

export interface FileDropProps {
  /** Of the file that was chosen; null: none is. */
  readonly name: string | null
  readonly hint: string
  readonly button: string
  /** As `accept` of an input has it. */
  readonly accept: string
  readonly onFile: (file: File) => void
}

/** A file is chosen, or dropped here. */
export const FileDrop = ({ name, hint, button, accept, onFile }: FileDropProps) => {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files.item(0)
    if (file !== null) onFile(file)
  }
  return (
    <div
      className="nc-file-drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileSpreadsheet size={22} stroke={1.5} aria-hidden="true" className="nc-icon nc-soft" />
      <span>{name ?? hint}</span>
      <Button variant="default" onClick={() => input.current?.click()} data-autofocus>
        {button}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        className="nc-hidden"
        aria-label={button}
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.item(0)
          // The same file may be chosen again after it was put right.
          event.currentTarget.value = ''
          if (file !== null && file !== undefined) onFile(file)
        }}
      />
    </div>
  )
}
