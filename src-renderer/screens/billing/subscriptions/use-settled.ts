import { useEffect, useState } from 'react'

/** What was typed last, once a moment has passed without typing. */
export const useSettled = <Value>(value: Value): Value => {
  const key = JSON.stringify(value)
  const [settled, setSettled] = useState(key)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), 250)
    return () => clearTimeout(timer)
  }, [key])
  return JSON.parse(settled) as Value
}
