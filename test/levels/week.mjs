// What a county and its city do in seven days of a storm while the line between them is cut, as a list of acts with their
// minute. The clock of both nodes is moved to each act's minute before it is done.
import { kCity, kCityChief, kCounty } from './sides.mjs'

export const kDays = 7, kIncidents = 40, kOwnOfCity = 10
const kDay = 24 * 60
const kContent = {
  situation: '（虚构）暴雨、大风致河道漫溢，部分道路积水，村庄进水，电力、通信局部中断，基层组织逐户排查、组织转移。',
  handling: '（虚构）应急队伍到场，封闭道路，转移低洼处住户，装填沙袋，抽排积水，抢修电力。',
}

/** A report of `kind` in its three steps, at `minute`. */
function reported(at, minute, desk, leader, incident, kind, figures, note) {
  let report
  at(minute, async () => (report = (await desk.command(`/incidents/${incident()}/reports`, { kind, to: kCity, content: { ...kContent, figures } })).id))
  at(minute + 1, () => leader.command(`/reports/${report}/sign`, {}))
  at(minute + 2, async () => {
    await desk.command(`/reports/${report}/send`, {})
    note(report)
  })
}

function ofCounty(at, begin, number, { desk, leader, chance, moment, told }) {
  let incident
  const late = chance() < 0.05, id = () => incident
  const figures = { dead: chance() < 0.05 ? 1 : 0, missing: Math.floor(chance() * 3), injured: Math.floor(chance() * 6), evacuated: Math.floor(chance() * 300) }
  const report = (minute, kind) => reported(at, minute, desk, leader, id, kind, figures, (one) => told.reports.push(one))
  at(begin, async () => {
    const body = { type: chance() < 0.5 ? '11B03' : '11A06', division: '370783115', summary: `风暴第${number}起（虚构）：${kContent.situation}`, occurred_at: moment(begin - 4), learnt_at: moment(begin) }
    incident = (await desk.command('/incidents', body)).id
    told.incidents.push(incident)
  })
  at(begin + (late ? 30 : 3 + Math.floor(chance() * 14)), () => desk.command(`/incidents/${incident}/phone-reports`, { to: kCity, answered_by: '市值班员', said: '数据线路中断，先电话报告' }))
  at(begin + 10, () => desk.command(`/incidents/${incident}/notes`, { text: '（虚构）回拨核实：人员已在转移途中，道路一侧可通行。' }))
  report(begin + (late ? 50 : 15 + Math.floor(chance() * 20)), 'first')
  at(begin + 60, () => desk.command(`/incidents/${incident}/figures`, { figures, source: '现场指挥部（虚构）', adopt: true }))
  report(begin + 120, 'follow_up')
  if (chance() < 0.4) report(begin + 210, 'follow_up')
  report(begin + 300, 'final')
  at(begin + 310, () => desk.command(`/incidents/${incident}/close`, { reason: '险情解除，转入善后' }))
}

function ofCity(at, begin, number, { city, chance, told }) {
  let incident
  at(begin, async () => (incident = (await city.command('/incidents', { type: '11B01', division: '370784', summary: `市里第${number}起（虚构）` })).id))
  at(begin + 8, () => city.command(`/incidents/${incident}/phone-reports`, { to: 'sd-emergency', answered_by: '省厅值班员' }))
  if (chance() < 0.3)
    at(begin + 12, async () => told.instructions.push((await city.command(`/incidents/${incident}/instructions`, { text: '做好支援准备', given_by: kCityChief, to: [kCounty] })).id))
}

/** All acts in the order of their minutes; `told` gathers what was made. */
export function week(desks) {
  const acts = []
  const at = (minute, act) => acts.push({ minute, act })
  for (let day = 0; day < kDays; ++day) {
    for (let i = 0; i < kIncidents; ++i) ofCounty(at, day * kDay + Math.floor(desks.chance() * kDay), day * kIncidents + i + 1, desks)
    for (let i = 0; i < kOwnOfCity; ++i) ofCity(at, day * kDay + Math.floor(desks.chance() * kDay), day * kOwnOfCity + i + 1, desks)
  }
  return acts.map((one, i) => ({ ...one, i })).sort((a, b) => a.minute - b.minute || a.i - b.i)
}
