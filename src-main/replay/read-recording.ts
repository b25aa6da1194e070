import { readFile } from 'node:fs/promises'
import type { Recording } from './recording.ts'
import { readSnmprec } from './snmprec.ts'
import { readSnmpwalk } from './snmpwalk.ts'

/** By the first line that says something: `OID|type|value` is a .snmprec, all else a walk's text. */
export const parseRecording = (text: string): Recording => {
  const first = text.split(/\r?\n/u).find((line) => line.trim() !== '' && !line.startsWith('#'))
  return /^\.?[\d.]+\|/u.test(first ?? '') ? readSnmprec(text) : readSnmpwalk(text)
}

/** Errors: those of reading a file; a recording without any object is a TypeError. */
export const readRecording = async (file: string): Promise<Recording> => {
  const recording = parseRecording(await readFile(file, 'utf8'))
  if (recording.objects.length === 0) throw new TypeError(`${file} holds no SNMP objects`)
  return recording
}
