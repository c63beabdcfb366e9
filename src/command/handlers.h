#pragma once
// One function a command: loads what it decides on, lets the domain decide, gathers the facts. They differ by noun and
// lie in one file each.

#include "command/unit.h"

namespace anlan::command {

// Handlers check what needs a table, the directory or another noun (event_type.unknown, division.unknown,
// organisation.unknown, person.unknown, incident.unknown for those outside); the noun's `decide` judges the rest. A
// handler that refuses may have gathered facts: they are dropped with the unit.
Handled handle(Unit&, const incident::TakeDown&);
Handled handle(Unit&, const incident::StateFigures&);
Handled handle(Unit&, const incident::Correct&);
Handled handle(Unit&, const incident::SetGrade&);
Handled handle(Unit&, const incident::Note&);
Handled handle(Unit&, const incident::ReportByPhone&);
Handled handle(Unit&, const incident::Close&);
Handled handle(Unit&, const incident::Reopen&);
Handled handle(Unit&, const incident::Merge&);
Handled handle(Unit&, const incident::OfferHandover&);
Handled handle(Unit&, const incident::WithdrawOffer&);
Handled handle(Unit&, const incident::AnswerOffer&);
Handled handle(Unit&, const incident::Claim&);
Handled handle(Unit&, const incident::RevealInformant&);

// Reports: the target of Draft is the incident, of the others the report. Sending meets clocks, and is received at
// once where the receiver is on this node.
Handled handle(Unit&, const report::Draft&);
Handled handle(Unit&, const report::Revise&);
Handled handle(Unit&, const report::Sign&);
Handled handle(Unit&, const report::Send&);
Handled handle(Unit&, const report::Decide&);

// Instructions: the receivers join the incident.
Handled handle(Unit&, const instruction::Give&);
Handled handle(Unit&, const instruction::ReportProgress&);
Handled handle(Unit&, const instruction::Close&);

// Clocks: the target of Explain is "INCIDENT/ORGANISATION/CLOCK", of Tick "INCIDENT/ORGANISATION".
Handled handle(Unit&, const clock::Explain&);
Handled handle(Unit&, const Tick&);

// Candidates: go to the desk of the actor's organisation; for a key, of the organisation that it was issued to.
Handled handle(Unit&, const candidate::Offer&);
Handled handle(Unit&, const candidate::Intake&);
Handled handle(Unit&, const candidate::Dismiss&);

// Alerts: of others, to the desk of the actor's organisation; the target of Receive is empty. What is refused as an
// offence is noted, and answered with 409.
Handled handle(Unit&, const alert::Receive&);
Handled handle(Unit&, const alert::Dismiss&);

// Warnings: the target of Draft is empty. Who signs is shown how many contacts would be reached, which is counted
// again.
Handled handle(Unit&, const warning::Draft&);
Handled handle(Unit&, const warning::Revise&);
Handled handle(Unit&, const warning::Sign&);
Handled handle(Unit&, const warning::Decline&);
Handled handle(Unit&, const warning::Cancel&);
Handled handle(Unit&, const warning::Withdraw&);
Handled handle(Unit&, const warning::Assess&);
Handled handle(Unit&, const Expire&);
// For the issuer where it works here, else for the organisation of this node's own division.
Handled handle(Unit&, const NoteReach&);

// Calling on warnings: the target of BeginCallout is the warning, of the others "WARNING/ORGANISATION". Only the
// organisation itself calls.
Handled handle(Unit&, const BeginCallout&);
Handled handle(Unit&, const Escalate&);
Handled handle(Unit&, const AnswerLink&);
Handled handle(Unit&, const callout::NoteCall&);
Handled handle(Unit&, const callout::NoteAnswer&);
Handled handle(Unit&, const callout::RevokeLink&);
Handled handle(Unit&, const callout::Decide&);

Handled handle(Unit&, const NoteList&);

// Only noted: who asked for it gives it to the outbox once the fact stands.
Handled handle(Unit&, const TestChannel&);
Handled handle(Unit&, const Resend&);

Handled handle(Unit&, const duty::TakeOver&);

// Register: a new entry takes the target as its id, else a fresh one.
Handled handle(Unit&, const organisation::RegisterOrganisation&);
Handled handle(Unit&, const organisation::ChangeOrganisation&);
Handled handle(Unit&, const organisation::PlaceOrganisation&);
Handled handle(Unit&, const organisation::RetireOrganisation&);
Handled handle(Unit&, const organisation::RegisterPerson&);
Handled handle(Unit&, const organisation::ChangePerson&);
Handled handle(Unit&, const organisation::RetirePerson&);

// The register of nodes: the target is the id.
Handled handle(Unit&, const node::Register&);
Handled handle(Unit&, const node::Revoke&);

// Accounts and keys: credentials are kept and dropped in the same transaction as the facts.
Handled handle(Unit&, const CreateAccount&);
Handled handle(Unit&, const account::ChangeRoles&);
Handled handle(Unit&, const account::Disable&);
Handled handle(Unit&, const account::Enable&);
Handled handle(Unit&, const account::Unlock&);
Handled handle(Unit&, const SignIn&);
Handled handle(Unit&, const SignOut&);
Handled handle(Unit&, const SetPassword&);
Handled handle(Unit&, const ResetPassword&);
Handled handle(Unit&, const IssueKey&);
Handled handle(Unit&, const RevokeKey&);
Handled handle(Unit&, const Erase&);

}  // namespace anlan::command
