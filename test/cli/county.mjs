// What the desk of a county does in the stories of several nodes.

/** An incident of the county whose desk and leader these are, reported to the city. */
export async function reported({ desk, leader }, summary) {
  const learnt_at = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const { id } = await desk.command('/incidents', { type: '12D02', division: '370783', summary, occurred_at: learnt_at, learnt_at })
  const report = (await desk.command(`/incidents/${id}/reports`, { kind: 'first', to: 'wf-emergency', content: { situation: summary, figures: {} } })).id
  await leader.command(`/reports/${report}/sign`, {})
  await desk.command(`/reports/${report}/send`, {})
  return { id, report }
}
