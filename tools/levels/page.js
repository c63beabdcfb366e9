// Draws what the demo tells over its event stream. Every text has both languages, Chinese first.
const element = (tag, { text, english, ...more } = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), more)
  if (text !== undefined) made.append(text)
  if (english) made.append(' ', element('small', { text: english, lang: 'en' }))
  made.append(...inside)
  return made
}
const byId = (id) => document.getElementById(id)
const texts = await (await fetch('/text.json')).json()
/** What `element` writes for a text: Chinese, then English. */
const worded = (key) => ({ text: texts[key].zh, english: texts[key].en })
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} kB`

function stateOf(line) {
  if (!line.carries) return 'down'
  return line.connections > 0 ? 'open' : 'joining'
}

function cardOf(node, acts) {
  const name = node.url ? element('a', { text: node.zh, english: node.en, href: node.url, target: '_blank', rel: 'noopener' }) : element('b', { text: node.zh, english: node.en })
  const accounts = element('ul', {}, ...node.accounts.map((one) => element('li', {}, element('code', { text: one }))))
  return element('div', { className: `card${node.url ? '' : ' waits'}${acts ? ' acts' : ''}` }, name, accounts)
}

function lineOf(node, siblings, playing) {
  const place = siblings.length === 1 ? 'only' : siblings[0] === node ? 'first' : siblings.at(-1) === node ? 'last' : ''
  const cell = element('div', { className: `line ${place}` })
  if (!node.line) return cell
  const state = stateOf(node.line)
  cell.classList.add(state)
  const act = node.line.carries ? 'cut' : 'heal'
  const button = element('button', { ...worded(`page.${act}`), disabled: playing })
  button.ariaLabel = `${texts[`page.${act}`].zh} ${node.zh}`
  button.dataset.line = node.id
  button.onclick = () => fetch(`/lines/${node.id}/${act}`, { method: 'POST' })
  const bytes = `↑ ${kilobytes(node.line.up)}　↓ ${kilobytes(node.line.down)}`
  cell.append(element('div', { className: 'tag' }, element('span', { className: 'state', ...worded(`page.${state}`) }), element('span', { className: 'bytes', text: bytes, title: `${texts['page.bytes'].zh} ${texts['page.bytes'].en}` }), button))
  return cell
}

/** Places a node and, to its right, those under it; answers how many rows they take. */
function place(tree, told, node, row, column, acting) {
  const under = told.nodes.filter(({ parent }) => parent === node.id)
  let rows = 0
  for (const child of under) {
    const line = lineOf(child, under, told.playing), from = row + rows
    const taken = place(tree, told, child, from, column + 2, acting)
    line.style.gridArea = `${from} / ${column + 1} / span ${taken}`
    tree.append(line)
    rows += taken
  }
  const cell = element('div', { className: `node${under.length > 0 ? ' has-children' : ''}` }, cardOf(node, acting.includes(node.id)))
  cell.style.gridArea = `${row} / ${column} / span ${Math.max(rows, 1)}`
  tree.append(cell)
  return Math.max(rows, 1)
}

function stepOf(step) {
  const text = element('div', {}, element('span', { className: 'who', text: step.who.zh }), `　${step.zh}`, element('small', { text: `${step.who.en}: ${step.en}`, lang: 'en' }))
  if (step.failed) text.append(element('code', { text: step.failed }))
  const lines = !step.failed && step.nodes.length === 0
  return element('li', { className: step.failed ? 'failed' : lines ? 'line-step' : '' }, element('span', { className: 'number', text: step.done ?? '×' }), text)
}

function stateNow(told) {
  if (!told.nodes.every(({ url }) => url)) return 'page.starting'
  return told.playing ? 'page.playing' : 'page.yours'
}

function showState(key) {
  const { text, english } = worded(key)
  byId('state').replaceChildren(text, ' ', element('small', { text: english, lang: 'en' }))
}

let shown = 0
function draw(told) {
  showState(stateNow(told))
  byId('title').replaceChildren(told.title.zh, element('small', { text: told.title.en, lang: 'en' }))
  byId('password').textContent = told.password
  const focused = document.activeElement?.dataset.line
  const tree = document.createDocumentFragment()
  place(tree, told, told.nodes[0], 1, 1, told.playing ? (told.steps.at(-1)?.nodes ?? []) : [])
  byId('tree').replaceChildren(tree)
  if (focused) document.querySelector(`button[data-line="${focused}"]`)?.focus()
  const steps = byId('steps')
  if (told.steps.length < shown) {
    shown = 0
    steps.replaceChildren()
  }
  for (; shown < told.steps.length; ++shown) steps.append(stepOf(told.steps[shown]))
  if (told.playing) steps.scrollTop = steps.scrollHeight
}

let before = ''
const events = new EventSource('/events')
events.onmessage = ({ data }) => {
  if (data !== before) draw(JSON.parse(data))
  before = data
}
events.onerror = () => showState('page.over')
