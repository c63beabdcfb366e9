// Roads that are brought in: told what they are, kept beside the journal, refused where they are none.
import { after, describe, test } from 'node:test'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import assert from 'node:assert/strict'
import { done, kRoot, run, scratch } from './program.mjs'

const at = scratch(after)
const kNode = at('node')
const kKept = at('node/roads/network.roads')

const line = (coordinates, properties) => ({ type: 'Feature', properties, geometry: { type: 'LineString', coordinates } })
const collection = (...features) => JSON.stringify({ type: 'FeatureCollection', features })

function put(name, text) {
  writeFileSync(at(name), text)
  return at(name)
}

const kMap = put('roads.geojson', collection(
  line([[119.1, 36.7], [119.11, 36.7], [119.12, 36.7]], { 道路等级: '国道', maxspeed: 60 }),
  line([[119.11, 36.7], [119.11, 36.71]], { 道路等级: '县道', oneway: 'yes' }),
  line([[119.12, 36.7], [119.12, 36.71]], { 道路等级: '断头路' }),
  line([[119.2, 36.7], [119.21, 36.7]], { highway: 'footway' }),
))

describe('anlan import roads', () => {
  test('tells what a map holds and keeps it beside the journal with its source', async () => {
    const told = await done('import', 'roads', kMap, '--data', kNode, '--source', '某市交通运输局 2026')
    assert.match(told.out, /^5 crossings and ends, 4 pieces of road, 4 km$/m)
    assert.match(told.out, /^ {2}trunk road: 2 km$/m)
    assert.match(told.out, /^Cut off from the rest: 1 crossings and ends, 1 km of road/m)
    assert.match(told.out, /^Left out: 1 lines \(no road for vehicles\)$/m)
    assert.match(told.out, /^Class “断头路” is not known, 1 lines, taken for “minor road”/m)
    assert.match(told.out, /^Source: 某市交通运输局 2026$/m)
    assert.ok(readFileSync(kKept).includes('某市交通运输局 2026'))
    assert.equal(existsSync(at('node/journal.db')), false)
  })

  test('says in Chinese and as JSON what it says in English', async () => {
    const chinese = await run(['import', 'roads', kMap, '--data', kNode], { env: { LANG: 'zh_CN.UTF-8' } })
    assert.match(chinese.out, /路口和端点 5 个，路段 4 条，共 4 公里/)
    assert.match(chinese.out, /来源：roads.geojson/)
    const told = JSON.parse((await done('import', 'roads', kMap, '--data', kNode, '--json')).out)
    assert.deepEqual([told.nodes, told.roads, told.cut_off, told.left_out], [5, 4, 1, { class: 1 }])
    assert.equal(told.source, 'roads.geojson')
  })

  test('takes another column and another datum', async () => {
    const map = put('survey.geojson', collection(line([[119.1, 36.7], [119.11, 36.7]], { 等次: '省道', 道路等级: '县道' })))
    const told = JSON.parse((await done('import', 'roads', map, '--class', '等次', '--datum', 'gcj02', '--data', at('other'), '--json')).out)
    assert.ok(told.km.primary > 0.8 && told.km.secondary === 0)
    assert.equal((await run(['import', 'roads', map, '--datum', 'mars', '--data', at('other')])).code, 2)
  })

  test('refuses what is broken, empty, projected or elsewhere, and leaves what was there', async () => {
    await done('import', 'roads', kMap, '--data', kNode)
    const before = readFileSync(kKept)
    const refused = async (file, words) => {
      const ran = await run(['import', 'roads', file, '--data', kNode])
      assert.equal(ran.code, 1, ran.out)
      assert.match(ran.err, words)
      assert.equal(ran.out, '')
      assert.deepEqual(readFileSync(kKept), before)
    }
    await refused(at('none.osm.pbf'), /not readable/i)
    await refused(put('plan.dwg', 'AC1032'), /ends in \.osm\.pbf/)
    await refused(put('cut.geojson', readFileSync(kMap).subarray(0, 200)), /no whole GeoJSON/)
    await refused(put('none.geojson', collection()), /There is no road in/)
    await refused(put('page.osm.pbf', '<html>'), /cut off or damaged/)
    await refused(put('metres.geojson', collection(line([[39503123, 4065432], [39503223, 4065432]], {}))), /EPSG:4490/)
    await refused(put('alps.geojson', collection(line([[9.5, 47.1], [9.51, 47.1]], {}))), /km from the nearest place/)
    await done('import', 'roads', at('alps.geojson'), '--force', '--data', kNode)
    assert.notDeepEqual(readFileSync(kKept), before)
  })

  test('names a mistake in rules of the site and does not take them', async () => {
    const rules = put('roads.toml', readFileSync(`${kRoot}/data/rules/roads.toml`, 'utf8').replace('trunk = 70.0', 'trunk = 700.0'))
    const ran = await run(['import', '--rules', rules, '--data', kNode])
    assert.equal(ran.code, 1)
    assert.match(ran.err, /roads\.toml:\d+: drive\.kmh\.trunk/)
    assert.equal(existsSync(at('node/rules/roads.toml')), false)
  })

  test('is named in the help of import', async () => {
    assert.match((await done('import', '--help')).out, /roads/)
    assert.match((await done('import', 'roads', '--help')).out, /--datum/)
  })
})
