/** What can stand in the journal, by the names that the interface gives it. */
export const kFactTypes = [
  'account.created', 'account.disabled', 'account.enabled', 'account.key_issued', 'account.key_revoked',
  'account.locked', 'account.password_set', 'account.roles_changed', 'account.sign_in_failed', 'account.signed_in',
  'account.signed_out', 'account.unlocked',
  'alert.also_seen', 'alert.cancelled', 'alert.dismissed', 'alert.received', 'alert.refused', 'alert.updated',
  'alert.used', 'candidate.adopted', 'candidate.dismissed', 'candidate.offered',
  'callout.answered', 'callout.called', 'callout.closed', 'callout.decided', 'callout.link_revoked', 'callout.opened',
  'callout.unanswered', 'callout.undecided', 'channel.resent', 'channel.tested',
  'clock.explained', 'clock.met', 'clock.overdue', 'clock.released', 'clock.reminded', 'clock.started',
  'contact.list_replaced', 'duty.taken_over', 'incident.absorbed', 'incident.claimed', 'incident.closed', 'incident.corrected',
  'incident.figures_stated', 'incident.graded', 'incident.joined', 'incident.merged', 'incident.noted',
  'incident.offer_accepted', 'incident.offer_rejected', 'incident.offer_withdrawn', 'incident.offered',
  'incident.opened', 'incident.phoned', 'incident.referred', 'incident.released', 'incident.reopened',
  'incident.taken_over', 'instruction.closed', 'instruction.given', 'instruction.progressed', 'node.registered',
  'node.resumed', 'node.revoked',
  'organisation.changed', 'organisation.placed', 'organisation.registered', 'organisation.retired', 'person.changed', 'person.registered', 'person.retired',
  'personal_data.erased', 'personal_data.revealed', 'reach.counted', 'receipt.accepted', 'receipt.received', 'receipt.returned',
  'report.drafted', 'report.sent', 'report.signed',
  'warning.assessed', 'warning.cancelled', 'warning.declined', 'warning.drafted', 'warning.expired', 'warning.issued', 'warning.revised',
  'warning.signed', 'warning.withdrawn',
]

/** Key of a fact's name in the locale files. */
export const factKey = (type: string) => `base.fact.${type.replace('.', '_')}`
