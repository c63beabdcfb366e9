/** How the clocks stand: roomy while all have room on the screen, else one close line for each incident. */

/** Pixels on a large screen, as they come out of DueNext's styles. */
const kIncident = 143
const kWatched = 126
const kQuiet = 32
const kHeading = 30
/** Bar, margins and heading of the pane. */
const kAround = 110

export interface Shown {
  running: number
  watched: number
  /** Open incidents on which nothing runs. */
  rest: number
}

/** Below the width at which the panes stand beside each other the page scrolls as a whole: then there is always room. */
export function isDense(shown: Shown, width: number, height: number): boolean {
  if (width <= 1180) return false
  const headings = Number(shown.watched > 0) + Number(shown.rest > 0)
  const needed = shown.running * kIncident + shown.watched * kWatched + shown.rest * kQuiet + headings * kHeading
  return needed > height - kAround
}
