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

/** Texts wider than the box that hides what does not fit, of the elements that hold text of their own. */
export function cutTexts(page, selector) {
  return page.locator(selector).evaluateAll((elements) => {
    const says = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
    const hides = (element) => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX) || ['hidden', 'clip'].includes(getComputedStyle(element).overflowY)
    const cut = (element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      const text = range.getBoundingClientRect()
      for (let box = element; box && box !== document.body; box = box.parentElement) {
        const frame = box.getBoundingClientRect()
        if (hides(box) && (text.right > frame.right + 1 || text.left < frame.left - 1 || text.bottom > frame.bottom + 1)) return true
      }
      return text.right > window.innerWidth + 1
    }
    const shown = (element) => element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, .map-sources, .map-where, svg')
    return elements.filter((element) => shown(element) && says(element) && cut(element)).map((element) => `${element.className}: ${element.textContent.trim()}`)
  })
}
