// The steps between organisations: reports and instructions; and what comes in by itself.

#include "scenario/stage.h"

namespace anlan::scenario {

void Stage::draft(Cursor& c, const Actor& who) {
  report::Draft command;
  const std::string kind = c.next();
  const auto value = named<report::Kind>(kind);
  if (!value) throw Wrong(kind + " is no kind of report");
  command.kind = *value;
  c.need("report to");
  command.to = organisation(c);
  command.content.situation = c.quoted();
  Options options(c, {});
  command.content.handling = options.get("handling");
  command.content.casualties = options.get("casualties");
  command.content.next_steps = options.get("next");
  command.content.figures = figures(options);
  const std::string name = options.get("as").value_or(kind);
  const std::string target = incident(options);
  options.end();
  submit(who, command, target, name);
}

void Stage::revise(Cursor& c, const Actor& who) {
  const std::string target = id(c.next());
  report::Revise command;
  command.content.situation = c.quoted();
  submit(who, command, target);
}

void Stage::sign(Cursor& c, const Actor& who) { submit(who, report::Sign{}, id(c.next())); }
void Stage::send(Cursor& c, const Actor& who) { submit(who, report::Send{}, id(c.next())); }

void Stage::accept(Cursor& c, const Actor& who) {
  submit(who, report::Decide{report::Decision::kAccepted, {}}, id(c.next()));
}

void Stage::give_back(Cursor& c, const Actor& who) {
  const std::string target = id(c.next());
  submit(who, report::Decide{report::Decision::kReturned, c.quoted()}, target);
}

void Stage::instruct(Cursor& c, const Actor& who) {
  instruction::Give command;
  command.given_by = "p-" + who.organisation + "-leader";
  do command.to.push_back(organisation(c));
  while (c.take("and"));
  command.text = c.quoted();
  Options options(c, {"verify"});
  if (options.has("verify")) command.verify = true;
  if (const auto due = options.get("due")) command.due_at = coming(*due);
  const std::string name = options.get("as").value_or("instruction");
  const std::string target = incident(options);
  options.end();
  submit(who, command, target, name);
}

void Stage::progress(Cursor& c, const Actor& who) {
  const std::string target = id(c.next());
  submit(who, instruction::ReportProgress{c.quoted()}, target);
}

void Stage::close_instruction(Cursor& c, const Actor& who) {
  const std::string target = id(c.next());
  submit(who, instruction::Close{c.quoted()}, target);
}

void Stage::receive_alert(Cursor& c, const Actor& who) {
  candidate::Offer command;
  auto& d = command.description;
  d.origin = candidate::Origin::kCap;
  d.headline = c.quoted();
  d.sent = platform_.now();
  d.area = {{{118.8, 37.1}, {119.0, 37.1}, {119.0, 37.3}, {118.8, 37.1}}};
  Options options(c, {"exercise"});
  d.exercise = options.has("exercise");
  d.type = options.get("type");
  const std::string name = options.get("as").value_or("alert");
  options.end();
  submit(who, command, {}, name);
}

// A department's system has a key of the organisation that it reports to, and no account.
void Stage::receive_intake(Cursor& c, const Actor& who) {
  candidate::Intake command;
  command.headline = c.quoted();
  command.description = command.headline;
  Options options(c, {});
  command.reporter_name = options.get("reporter");
  command.type = options.get("type");
  const std::string name = options.get("as").value_or("intake");
  options.end();
  auto& node = platform_.at(who.organisation);
  command::Envelope envelope = node.asked(who.account, command);
  envelope.actor = {"key:1", {}, "interface", who.organisation, {}};
  submit(node, std::move(envelope), name);
}

void Stage::dismiss(Cursor& c, const Actor& who) {
  const std::string target = id(c.next());
  submit(who, candidate::Dismiss{c.quoted()}, target);
}

}  // namespace anlan::scenario
