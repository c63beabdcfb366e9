/**
 * RapiDoc speaks English only. Its fixed words are replaced as they come up, in every shadow root that it opens; what a
 * template fills in from the description is left as it is, because it matches no word.
 */

/** Null: no such word, or already so: a change brings the observer back. A number in it stands as # in `words`. */
export function translated(text: string, words: Record<string, string>): string | null {
  const plain = text.trim()
  const numbers = plain.match(/\d+/g) ?? []
  const word = words[plain.replace(/\s+/g, ' ').replace(/\d+/g, '#')]
  const made = word && word.replace(/#/g, () => numbers.shift() ?? '')
  return made && made !== plain ? text.replace(plain, made) : null
}

/**
 * RapiDoc leaves its inputs without a name for those who do not see what stands beside them, and takes them over from
 * one operation to the next, where they are something else.
 */
function nameInput(input: HTMLInputElement | HTMLTextAreaElement, words: Record<string, string>): void {
  const word = translated(input.placeholder, words)
  if (word) input.placeholder = word
  if (input.dataset.pname) input.ariaLabel = input.dataset.pname
  else if (!input.ariaLabel) input.ariaLabel = input.placeholder || (words['REQUEST BODY'] ?? '')
}

function replaceIn(node: Node, words: Record<string, string>): void {
  if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) {
    nameInput(node, words)
  } else if (node.nodeType === Node.TEXT_NODE) {
    const word = translated(node.nodeValue ?? '', words)
    if (word) node.nodeValue = word
  } else {
    for (const child of node.childNodes) replaceIn(child, words)
  }
}

/** Call before the first element of RapiDoc is made. */
export function speak(words: Record<string, string>): void {
  const open = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (options) {
    const root = open.call(this, options)
    new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type !== 'childList') replaceIn(change.target, words)
        for (const added of change.addedNodes) replaceIn(added, words)
      }
    }).observe(root, { childList: true, characterData: true, subtree: true, attributeFilter: ['data-pname'] })
    return root
  }
}
