/** How many of the rows of a list can be seen whole: what cannot is counted, and nothing scrolls. */

/**
 * `bottoms`: where each row ends, from the top of the list. `beyond`: there are more than the rows; `footer`: height of
 * the line that counts them, which takes room only where it has something to count.
 */
export function fitting(bottoms: number[], height: number, footer: number, beyond = false): number {
  const whole = (room: number) => {
    const over = bottoms.findIndex((bottom) => bottom > room + 0.5)
    return over < 0 ? bottoms.length : over
  }
  return !beyond && whole(height) === bottoms.length ? bottoms.length : whole(height - footer)
}
