// The steps on an incident: taking down, telling, correcting, ending.

#include "scenario/stage.h"

namespace anlan::scenario {

const std::vector<Stage::Step>& Stage::steps() {
  static const std::vector<Step> rows = {{"takes over the desk", &Stage::take_over},
                                         {"takes down", &Stage::take_down},
                                         {"reports by phone to", &Stage::report_by_phone},
                                         {"states figures", &Stage::state_figures},
                                         {"corrects", &Stage::correct},
                                         {"grades it", &Stage::set_grade},
                                         {"closes it", &Stage::close},
                                         {"reopens it", &Stage::reopen},
                                         {"merges", &Stage::merge},
                                         {"offers it to", &Stage::offer},
                                         {"withdraws the offer", &Stage::withdraw_offer},
                                         {"accepts the offer", &Stage::accept_offer},
                                         {"rejects the offer", &Stage::reject_offer},
                                         {"claims it", &Stage::claim},
                                         {"reveals the informant", &Stage::reveal},
                                         {"erases the informant", &Stage::erase},
                                         {"drafts warning", &Stage::draft_warning},
                                         {"revises warning", &Stage::revise_warning},
                                         {"signs warning", &Stage::sign_warning},
                                         {"declines warning", &Stage::decline_warning},
                                         {"cancels warning", &Stage::cancel_warning},
                                         {"withdraws warning", &Stage::withdraw_warning},
                                         {"calls in vain", &Stage::note_call},
                                         {"notes the answer", &Stage::note_answer},
                                         {"notes", &Stage::note},
                                         {"is answered by link", &Stage::answer_link},
                                         {"takes on warning", &Stage::accept_warning},
                                         {"does not take on warning", &Stage::decline_to_act},
                                         {"drafts", &Stage::draft},
                                         {"revises", &Stage::revise},
                                         {"signs", &Stage::sign},
                                         {"sends", &Stage::send},
                                         {"accepts", &Stage::accept},
                                         {"returns", &Stage::give_back},
                                         {"instructs", &Stage::instruct},
                                         {"reports progress on", &Stage::progress},
                                         {"closes instruction", &Stage::close_instruction},
                                         {"explains", &Stage::explain},
                                         {"receives the alert", &Stage::receive_alert},
                                         {"receives by interface", &Stage::receive_intake},
                                         {"dismisses", &Stage::dismiss}};
  return rows;
}

void Stage::take_over(Cursor& c, const Actor& who) {
  Options options(c, {});
  const std::string leader = options.get("led-by").value_or("leader");
  options.end();
  submit(who, duty::TakeOver{"p-" + who.organisation, "p-" + who.organisation + "-" + leader, {}});
}

void Stage::take_down(Cursor& c, const Actor& who) {
  incident::TakeDown command;
  command.type = c.next();
  c.need("at");
  command.division = division(c);
  command.summary = c.quoted();
  Options options(c, {});
  if (const auto at = options.get("occurred")) command.occurred_at = past(*at);
  if (const auto at = options.get("learnt")) command.learnt_at = past(*at);
  command.title = options.get("title");
  command.unit = options.get("unit");
  command.address = options.get("address");
  command.caller_name = options.get("caller");
  command.caller_phone = options.get("phone");
  command.dead = options.number("dead");
  command.missing = options.number("missing");
  command.injured = options.number("injured");
  if (const auto candidate = options.get("from")) command.candidate = id(*candidate);
  const std::string name = options.get("as").value_or("it");
  options.end();
  submit(who, command, {}, name);
  if (!refused_) incident_ = names_[name];
}

void Stage::report_by_phone(Cursor& c, const Actor& who) {
  incident::ReportByPhone command;
  command.to = organisation(c);
  c.need("answered by");
  command.answered_by = c.next();
  Options options(c, {});
  command.said = options.get("said");
  if (const auto at = options.get("at")) command.at = past(*at);
  const std::string target = incident(options);
  options.end();
  submit(who, command, target);
}

void Stage::state_figures(Cursor& c, const Actor& who) {
  Options options(c, {"beside"});
  incident::StateFigures command;
  command.figures = figures(options);
  command.source = options.get("source").value_or("现场");
  command.adopt = !options.has("beside");
  if (const auto at = options.get("at")) command.at = past(*at);
  const std::string target = incident(options);
  options.end();
  submit(who, command, target);
}

void Stage::correct(Cursor& c, const Actor& who) {
  incident::Correct command;
  command.reason = c.quoted();
  if (c.take("to")) command.division = division(c);
  Options options(c, {});
  command.title = options.get("title");
  command.type = options.get("type");
  command.address = options.get("address");
  command.unit = options.get("unit");
  command.summary = options.get("summary");
  command.measures = options.get("measures");
  if (const auto at = options.get("occurred")) command.occurred_at = past(*at);
  if (const auto at = options.get("learnt")) command.learnt_at = past(*at);
  const std::string target = incident(options);
  options.end();
  submit(who, command, target);
}

void Stage::set_grade(Cursor& c, const Actor& who) {
  const std::string grade = c.next();
  const auto value = named<grade::Grade>(grade);
  if (!value) throw Wrong(grade + " is no grade");
  submit(who, incident::SetGrade{*value, c.quoted()}, last_incident());
}

void Stage::note(Cursor& c, const Actor& who) {
  const std::string text = c.quoted();
  Options options(c, {});
  const std::string target = incident(options);
  options.end();
  submit(who, incident::Note{text}, target);
}

void Stage::close(Cursor& c, const Actor& who) { submit(who, incident::Close{c.quoted()}, last_incident()); }
void Stage::reopen(Cursor& c, const Actor& who) { submit(who, incident::Reopen{c.quoted()}, last_incident()); }

void Stage::merge(Cursor& c, const Actor& who) {
  const std::string from = id(c.next());
  c.need("into");
  const std::string into = id(c.next());
  submit(who, incident::Merge{into, c.quoted()}, from);
}

void Stage::reveal(Cursor&, const Actor& who) { submit(who, incident::RevealInformant{}, last_incident()); }

void Stage::erase(Cursor& c, const Actor& who) {
  const auto informant = platform_.at(who.organisation).state<incident::Incident>(last_incident()).now.informant;
  if (!informant) throw Wrong("nobody called in by name");
  submit(who, command::Erase{c.quoted()}, informant->sealed);
}

void Stage::explain(Cursor& c, const Actor& who) {
  const std::string word = c.next();
  const auto leg = named<clock::Leg>(word);
  if (!leg) throw Wrong(word + " is no leg");
  const auto found = clocks(who.organisation, *leg, last_incident());
  if (found.empty()) throw Wrong("no such clock");
  submit(who, clock::Explain{c.quoted()}, last_incident() + "/" + who.organisation + "/" + found.back().started.clock);
}

}  // namespace anlan::scenario
