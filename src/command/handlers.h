#pragma once
// One function a command: loads what it decides on, lets the domain decide, gathers the facts. They differ by noun and
// lie in one file each.

#include "command/unit.h"

namespace anlan::command {

Handled handle(Unit&, const incident::TakeDown&);
Handled handle(Unit&, const incident::StateFigures&);
Handled handle(Unit&, const incident::Correct&);
Handled handle(Unit&, const incident::SetGrade&);
Handled handle(Unit&, const incident::Note&);
Handled handle(Unit&, const incident::ReportByPhone&);
Handled handle(Unit&, const incident::Close&);
Handled handle(Unit&, const incident::Reopen&);
Handled handle(Unit&, const incident::Merge&);
Handled handle(Unit&, const incident::RevealInformant&);

Handled handle(Unit&, const report::Draft&);
Handled handle(Unit&, const report::Revise&);
Handled handle(Unit&, const report::Sign&);
Handled handle(Unit&, const report::Send&);
Handled handle(Unit&, const report::Decide&);

Handled handle(Unit&, const instruction::Give&);
Handled handle(Unit&, const instruction::ReportProgress&);
Handled handle(Unit&, const instruction::Close&);

Handled handle(Unit&, const clock::Explain&);
Handled handle(Unit&, const Tick&);

Handled handle(Unit&, const candidate::Offer&);
Handled handle(Unit&, const candidate::Intake&);
Handled handle(Unit&, const candidate::Dismiss&);

Handled handle(Unit&, const duty::TakeOver&);

Handled handle(Unit&, const organisation::RegisterOrganisation&);
Handled handle(Unit&, const organisation::ChangeOrganisation&);
Handled handle(Unit&, const organisation::RetireOrganisation&);
Handled handle(Unit&, const organisation::RegisterPerson&);
Handled handle(Unit&, const organisation::ChangePerson&);
Handled handle(Unit&, const organisation::RetirePerson&);

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
