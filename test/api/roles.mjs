// Who may do what, written down a second time on purpose: a permission that the server loosens or tightens is found here.

/** One account of the demo city for each role; none of them takes part in what Linqu does. */
export const kAccounts = {
  duty_officer: 'duty2',
  leader: 'leader2',
  liaison: 'liaison1',
  county_officer: 'binhai',
  town_officer: 'yangzi',
  system_admin: 'sysadmin',
  security_admin: 'secadmin',
  audit_admin: 'audadmin',
}
export const kRoles = Object.keys(kAccounts)

const kDesk = ['duty_officer', 'county_officer', 'town_officer']
const kLed = [...kDesk, 'leader']
const kAnswering = [...kLed, 'liaison']
const kSystem = ['system_admin']
const kSending = [...kLed, 'system_admin']
const kSecurity = ['security_admin']

const kContent = { situation: '情况', figures: {} }
const kWarning = {
  type: '11A01', colour: 'red', headline: '预警', description: '洪水', instruction: '撤离', area: { description: '', divisions: [], rings: [], circles: [] },
  audience: { roles: [], hazards: [], vulnerabilities: [] }, channels: [], expires: '2020-01-01T00:00:00+08:00',
}
const kPlace = { type: '12D02', division: '370783115', summary: '情况' }

/** Command → [who may, a body that is well formed]. */
export const kCommands = {
  'incident.take_down': [kDesk, { ...kPlace, candidate: 'nobody', source: 'candidate' }],
  'incident.state_figures': [kDesk, { figures: { dead: 1 }, source: '现场', adopt: true }],
  'incident.correct': [kDesk, { reason: '更正', title: '更正' }],
  'incident.set_grade': [kLed, { grade: 'ordinary', reason: '核定' }],
  'incident.note': [kAnswering, { text: '记' }],
  'incident.report_by_phone': [kDesk, { to: 'sd-emergency', answered_by: '值班员' }],
  'incident.close': [kLed, { reason: '结束' }],
  'incident.reopen': [kLed, { reason: '再起' }],
  'incident.merge': [kDesk, { into: 'nobody', reason: '同一起' }],
  'incident.offer_handover': [kLed, { to: 'county-370783', reason: '移交' }],
  'incident.withdraw_offer': [kLed, {}],
  'incident.answer_offer': [kLed, { answer: 'accepted' }],
  'incident.claim': [kLed, { reason: '接管' }],
  'incident.reveal_informant': [kDesk, {}],
  'report.draft': [kDesk, { kind: 'first', to: 'sd-emergency', content: kContent }],
  'report.revise': [kDesk, { content: kContent }],
  'report.sign': [['leader'], {}],
  'report.send': [kDesk, {}],
  'report.decide': [kDesk, { decision: 'accepted' }],
  'instruction.give': [kLed, { text: '批示', given_by: 'p-leader1', to: ['county-370783'] }],
  'instruction.report_progress': [kAnswering, { text: '进展' }],
  'instruction.close': [kLed, { result: '办结' }],
  'clock.explain': [kLed, { reason: '道路中断' }],
  'candidate.offer': [kDesk, 'not an alert'],
  'candidate.dismiss': [kDesk, { reason: '无关' }],
  'alert.receive': [kDesk, 'not an alert'],
  'alert.dismiss': [kLed, { reason: '无关' }],
  'warning.draft': [kLed, { content: kWarning }],
  'warning.revise': [kLed, { content: kWarning }],
  'warning.sign': [kLed, { version: 1, people: 0, password: 'Anlan-Demo-2026' }],
  'warning.decline': [kLed, { version: 1, reason: '退回' }],
  'warning.cancel': [kLed, { ending: 'passed', reason: '解除' }],
  'warning.withdraw': [kLed, { reason: '撤回' }],
  'warning.assess': [kLed, { occurrence: 'did_not', note: '' }],
  'callout.note_call': [kAnswering, { place: 0, callee: 0, way: 'voice' }],
  'callout.note_answer': [kAnswering, { place: 0, callee: 0, way: 'voice', action: '已转移' }],
  'callout.revoke_link': [kLed, { place: 0, callee: 0 }],
  'callout.decide': [['leader'], { accepted: false, reason: '未涉及', password: 'Anlan-Demo-2026' }],
  'channel.test': [kSending, { address: '100-00000000' }],
  'channel.resend': [kSending, { messages: [] }],
  'duty.take_over': [kDesk, { chief: 'nobody', leader: 'nobody' }],
  'organisation.register': [kSystem, { name: '', short: '', level: 'county', division: '0' }],
  'organisation.change': [kSystem, { name: '名', short: '名', level: 'county', division: '370783' }],
  'organisation.retire': [kSystem, { reason: '撤并' }],
  'person.register': [kSystem, { name: '', organisation: 'nobody', post: '' }],
  'person.change': [kSystem, { name: '名', organisation: 'nobody', post: '职' }],
  'person.retire': [kSystem, { reason: '离岗' }],
  'account.create': [kSystem, { name: 'x y', person: 'nobody', roles: ['liaison'] }],
  'account.change_roles': [kSecurity, { roles: ['liaison'] }],
  'account.disable': [kSecurity, { reason: '离岗' }],
  'account.enable': [kSecurity, {}],
  'account.unlock': [kSecurity, {}],
  'account.reset_password': [kSecurity, {}],
  'account.set_password': [kRoles, { old: 'wrong', new: 'wrong' }],
  'account.issue_key': [kSecurity, { name: '名', organisation: 'nobody' }],
  'account.revoke_key': [kSecurity, {}],
  'sealed.erase': [kSecurity, { reason: '本人要求' }],
  'candidate.intake': [[], { headline: '情况', description: '情况' }],
}

/** What is asked by a POST without being a command → the command whose body it takes. */
export const kQuestions = { 'post /api/v1/warnings/preview': 'warning.draft' }

/** Pages that not everybody who is signed in may see. */
export const kPages = {
  'get /api/v1/accounts': ['system_admin', 'security_admin', 'audit_admin'],
  'get /api/v1/api-keys': ['security_admin', 'audit_admin'],
  'get /api/v1/audit': ['audit_admin'],
  'get /api/v1/sealed': ['security_admin'],
  'post /api/v1/warnings/preview': kLed,
  'get /api/v1/channels': kSending,
  'get /api/v1/dead-letters': kSending,
  'get /api/v1/warnings/{id}/messages': kSending,
  'get /api/v1/callouts/{warning}/{organisation}/people': kAnswering,
  'get /api/v1/nodes': [...kLed, 'system_admin', 'security_admin', 'audit_admin'],
}

/** What needs no session at all. */
export const kPublic = [
  'get /a/{ticket}',
  'post /a/{ticket}',
  'get /api/v1/basemap/{file}',
  'get /api/v1/node',
  'get /api/v1/public/warnings',
  'get /api/v1/openapi.json',
  'get /healthz',
  'get /metrics',
  'get /public',
  'get /public/12379/{identifier}',
  'get /public/cap/{identifier}',
  'get /public/warnings.atom',
  'get /readyz',
  'post /api/v1/session',
]
