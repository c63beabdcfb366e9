/** Moving through the desk without a mouse: F6 from pane to pane, arrows from row to row. */

export function nextPane(): boolean {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')]
  if (panes.length === 0) return false
  const here = panes.findIndex((pane) => pane.contains(document.activeElement))
  const pane = panes[(here + 1) % panes.length]!
  const first = pane.querySelector<HTMLElement>('[data-row], input.in')
  if (first) {
    first.focus()
  } else {
    pane.tabIndex = -1
    pane.focus()
  }
  return true
}

/** Answers false outside the rows of a pane, so that the arrows keep their usual meaning there. */
export function nextRow(step: 1 | -1): boolean {
  const here = document.activeElement
  const pane = here?.closest('[data-pane]')
  if (!pane || !here?.matches('[data-row]')) return false
  const rows = [...pane.querySelectorAll<HTMLElement>('[data-row]')]
  rows[rows.indexOf(here as HTMLElement) + step]?.focus()
  return true
}
