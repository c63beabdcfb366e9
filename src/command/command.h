#pragma once
// Everything that may be asked of a node, and who asks.

#include <optional>
#include <string>
#include <variant>

#include "domain/account/account.h"
#include "domain/alert/alert.h"
#include "domain/callout/callout.h"
#include "domain/candidate/candidate.h"
#include "domain/channel/facts.h"
#include "domain/clock/clock.h"
#include "domain/contact/facts.h"
#include "domain/duty/duty.h"
#include "domain/incident/incident.h"
#include "domain/instruction/instruction.h"
#include "domain/node/node.h"
#include "domain/organisation/organisation.h"
#include "domain/personal_data/facts.h"
#include "domain/reach/reach.h"
#include "domain/report/report.h"
#include "domain/warning/warning.h"
#include "journal/journal.h"
#include "journal/lease.h"

namespace anlan::command {

// Commands of the node itself and of sign-in carry secrets that were made outside of the writer.
struct SignIn {
  // Target: the account that was named. `matched`: whether the password did, compared outside of the writer because
  // argon2id takes long. A failed attempt is a success of the command with status 401, since its facts must be kept.
  static constexpr std::string_view kName = "account.sign_in";
  bool matched = false;
  std::string session, token_hash, address;
};
// Target: the account. `ended` is one of the words of account::SignedOut.
struct SignOut {
  static constexpr std::string_view kName = "account.sign_out";
  std::string session, ended;  // session empty: all of the account
};
// Of the actor's own account. Policy and old password were checked by the edge, which alone sees them. `session`: the
// one in which it was set, which stays open.
struct SetPassword {
  static constexpr std::string_view kName = "account.set_password";
  std::string hash;
  bool by_owner = true;
  std::string session = {};
};
// By the security administrator: a one-time password; ends all sessions and a lock.
struct ResetPassword {
  static constexpr std::string_view kName = "account.reset_password";
  std::string hash;
};
// account::Create with the hash of its one-time password.
struct CreateAccount {
  static constexpr std::string_view kName = "account.create";
  account::Create create;
  std::string hash;
};
// Target: the id of the key, made with its secret. `hash`: SM3 of the secret.
struct IssueKey {
  static constexpr std::string_view kName = "account.issue_key";
  std::string name, organisation, hash;
};
// Target: the key. Doing it twice is no fault and makes no second fact.
struct RevokeKey {
  static constexpr std::string_view kName = "account.revoke_key";
  static constexpr auto fields = std::tuple{};
};
// Destroys the key of a sealed entry (个人信息保护法 art. 47): the target is the entry.
struct Erase {
  static constexpr std::string_view kName = "sealed.erase";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Erase::reason)};
};
// The clocks of one organisation on one incident are looked at again; the target is their stream.
struct Tick {
  static constexpr std::string_view kName = "clock.tick";
};
// That a list of contacts was replaced; the target is its name.
struct NoteList {
  static constexpr std::string_view kName = "contact.note_list";
  contact::ListReplaced list;
};
// One message is to go out over a channel, which is the target.
struct TestChannel {
  static constexpr std::string_view kName = "channel.test";
  channel::Tested tested;
};
// What failed is to be tried again: messages that the actor may have sent, as the edge has seen.
struct Resend {
  static constexpr std::string_view kName = "channel.resend";
  channel::Resent resent;
};
// The time of a warning is over; the target is the warning. Says nothing where it is not.
struct Expire {
  static constexpr std::string_view kName = "warning.expire";
};

// People of the organisation are called on a warning; the target is the warning. Does nothing where its present version
// is called on already; where no rule asks for it, calling on an earlier version ends.
struct BeginCallout {
  static constexpr std::string_view kName = "callout.begin";
  std::string organisation;
};
// A callout is looked at again, which is the target.
struct Escalate {
  static constexpr std::string_view kName = "callout.escalate";
};
// What somebody has answered on the page of a link; the target is the callout.
struct AnswerLink {
  static constexpr std::string_view kName = "callout.answer_link";
  std::int64_t sequence = 0;
  std::string action;
  std::optional<callout::Act> act = {};
};

// What became of the messages of a warning, as the node's outbox has it; the target is the warning.
struct NoteReach {
  static constexpr std::string_view kName = "reach.note";
  std::int64_t warning_version = 0;
  std::vector<reach::Count> channels;
  bool complete = false;
};

// All of them. A new one needs a handler (handlers.h), a row of permissions, and, to be asked for over HTTP, a route.
using Command =
    std::variant<incident::TakeDown, incident::StateFigures, incident::Correct, incident::SetGrade, incident::Note,
                 incident::ReportByPhone, incident::Close, incident::Reopen, incident::Merge, incident::OfferHandover,
                 incident::WithdrawOffer, incident::AnswerOffer, incident::Claim, incident::RevealInformant,
                 report::Draft, report::Revise, report::Sign, report::Send, report::Decide, instruction::Give,
                 instruction::ReportProgress, instruction::Close, clock::Explain, candidate::Offer, candidate::Intake,
                 candidate::Dismiss, alert::Receive, alert::Dismiss, warning::Draft, warning::Revise, warning::Sign,
                 warning::Decline, warning::Cancel, warning::Withdraw, Expire, callout::NoteCall, callout::NoteAnswer,
                 callout::RevokeLink, callout::Decide, BeginCallout, Escalate, AnswerLink, warning::Assess, NoteReach,
                 NoteList, TestChannel, Resend, duty::TakeOver, organisation::RegisterOrganisation,
                 organisation::ChangeOrganisation, organisation::PlaceOrganisation, organisation::RetireOrganisation,
                 organisation::RegisterPerson, node::Register, node::Revoke, organisation::ChangePerson,
                 organisation::RetirePerson, CreateAccount, account::ChangeRoles, account::Disable, account::Enable,
                 account::Unlock, SignIn, SignOut, SetPassword, ResetPassword, IssueKey, RevokeKey, Erase, Tick>;

// "incident.take_down": as permissions, routes and the console know it.
std::string_view name_of(const Command&);

inline constexpr std::string_view kReal = "real";

// `target`: the id that the command is about, empty for one that makes something new.
// A command with everything that is not of its body. Copied into the queue; nothing in it points elsewhere.
struct Envelope {
  account::Actor actor;
  std::string key;  // idempotency key; empty for commands of the node itself, which are safe to repeat
  // SM3 of method, target and body: tells a repeated request from another one under the same key.
  journal::Hash digest{};
  // Of the stream that the command changes; absent: whatever it is.
  std::optional<std::int64_t> expected_version;
  std::string world{kReal};
  std::string target;
  Command command;
  // Of work that one process does at a time: refused as lease.lost where another one does it by now.
  std::optional<journal::Fence> fence;
};

// The journal's answer with what the caller needs at once. `body` is JSON; a refused command changed nothing.
struct Answer {
  int status = 200;
  // {"position", "id"?, "version"?, …}
  std::string body;
  // Of the last fact of the command; of the journal's head where it made none.
  journal::Position position = 0;
  // The key was known: nothing was done now.
  bool replayed = false;
};
using Outcome = Result<Answer, Refusal>;

}  // namespace anlan::command
