// Where things lie on a page, as a person sees them.

/** What can be moved sideways: the page itself and every box in it whose content is wider than it. */
export function wideBoxes(page) {
  return page.evaluate(() => {
    const named = (box) => `${box.tagName.toLowerCase()}.${box.className} ${box.scrollWidth} > ${box.clientWidth}`
    const wide = (box) => box.scrollWidth > box.clientWidth + 1
    const moves = (box) => ['auto', 'scroll'].includes(getComputedStyle(box).overflowX) && box.getClientRects().length > 0
    const root = document.scrollingElement
    const boxes = [...document.body.querySelectorAll('*')].filter((box) => moves(box) && wide(box))
    return [...(root.scrollWidth > window.innerWidth ? [root] : []), ...boxes].map(named)
  })
}

/** Texts of the elements that are not wholly on the screen, or lie outside the part of a box that shows. */
export function outOfSight(page, selector) {
  return page.locator(selector).evaluateAll((elements) => {
    const hides = (box) => getComputedStyle(box).overflowY !== 'visible' || getComputedStyle(box).overflowX !== 'visible'
    const inside = (own, frame) => own.top >= frame.top - 1 && own.left >= frame.left - 1 && own.bottom <= frame.bottom + 1 && own.right <= frame.right + 1
    const seen = (element) => {
      const own = element.getBoundingClientRect()
      if (!inside(own, { top: 0, left: 0, bottom: window.innerHeight, right: window.innerWidth })) return false
      for (let box = element.parentElement; box; box = box.parentElement)
        if (hides(box) && !inside(own, box.getBoundingClientRect())) return false
      return true
    }
    return elements.filter((element) => !seen(element)).map((element) => element.textContent.trim())
  })
}

/** Whether a click on its middle, without scrolling, would meet it. */
export function clickable(page, selector) {
  return page.locator(selector).evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const hit = document.elementFromPoint(left + width / 2, top + height / 2)
    return hit !== null && element.contains(hit)
  })
}
