import { isMap, isScalar, isSeq, parseDocument } from 'yaml'

/**
 * What the author of a profile remarks above a column, by `onus.fields.state` or, where a field has
 * several columns, `onus.fields.state.1`. The YAML is known to be a profile in order.
 */
export const readNotes = (yaml: string): ReadonlyMap<string, string> => {
  const notes = new Map<string, string>()
  const document = parseDocument(yaml, { logLevel: 'silent' })
  for (const table of ['boards', 'ponPorts', 'onus', 'unconfigured']) {
    const fields = document.getIn([table, 'fields'], true)
    if (!isMap(fields)) continue
    for (const [position, pair] of fields.items.entries()) {
      if (!isScalar(pair.key)) continue
      const path = `${table}.fields.${String(pair.key.value)}`
      // The remark above the first of all stands at the whole.
      const above = pair.key.commentBefore ?? (position === 0 ? fields.commentBefore : null)
      const columns = isSeq(pair.value) ? pair.value.items : []
      note(notes, columns.length > 0 ? `${path}.0` : path, above)
      if (isSeq(pair.value)) note(notes, `${path}.0`, pair.value.commentBefore)
      for (const [index, column] of columns.entries()) {
        if (isMap(column)) note(notes, `${path}.${index}`, column.commentBefore)
      }
    }
  }
  return notes
}

const maxNoteLength = 500

const note = (
  notes: Map<string, string>,
  path: string,
  comment: string | null | undefined,
): void => {
  const text = [notes.get(path) ?? '', comment ?? ''].join(' ').replace(/\s+/gu, ' ').trim()
  if (text !== '') notes.set(path, text.slice(0, maxNoteLength))
}
