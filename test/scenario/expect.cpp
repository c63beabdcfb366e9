// Expectations on what is: the incident, reports, instructions, candidates, documents.

#include <algorithm>

#include "scenario/stage.h"

namespace anlan::scenario {
namespace {

void same(const std::string& what, const std::string& found, const std::string& wanted) {
  if (found != wanted) throw Wrong(what + " is " + (found.empty() ? "none" : found));
}

}  // namespace

const std::vector<Stage::Expectation>& Stage::expectations() {
  static const std::vector<Expectation> rows = {{"incident", &Stage::expect_incident},
                                                {"offer", &Stage::expect_offer},
                                                {"figures", &Stage::expect_figures},
                                                {"statements", &Stage::expect_statements},
                                                {"grade", &Stage::expect_grade},
                                                {"report", &Stage::expect_report},
                                                {"instruction", &Stage::expect_instruction},
                                                {"candidate", &Stage::expect_candidate},
                                                {"warning", &Stage::expect_warning},
                                                {"document of", &Stage::expect_document},
                                                {"facts", &Stage::expect_facts}};
  return rows;
}

void Stage::expect(Cursor& c) {
  if (!is_organisation(c)) {
    for (const Expectation& row : expectations())
      if (c.take(row.phrase)) return (this->*row.question)(c);
    throw Wrong("nobody understands the expectation \"" + std::string(c.peek()) + "\"");
  }
  const std::string who = organisation(c);
  for (const OwnExpectation& row : own_expectations())
    if (c.take(row.phrase)) return (this->*row.question)(c, who);
  throw Wrong("nobody understands the expectation \"" + std::string(c.peek()) + "\"");
}

void Stage::expect_refusal(Cursor& c) {
  const std::string code = c.next();
  if (!refused_) throw Wrong("the step was done");
  const std::string found = refused_->code;
  refused_.reset();
  same("the refusal", found, code);
}

void Stage::expect_incident(Cursor& c) {
  const std::string wanted = c.next();
  Options options(c, {});
  const auto number = options.get("number");
  const auto title = options.get("title");
  const auto area = options.get("area");
  const auto known = states<incident::Incident>(incident(options));
  options.end();
  for (const auto& i : known) {
    same("the incident", std::string(name_of(i.state)), wanted);
    if (number) same("its number", i.now.number, *number);
    if (title) same("its title", i.now.title, *title);
    if (area) same("its area", i.now.area ? "known" : "unknown", *area);
  }
}

void Stage::expect_figures(Cursor& c) {
  Options options(c, {});
  const grade::Figures wanted = figures(options);
  const auto known = states<incident::Incident>(incident(options));
  options.end();
  for (const auto& i : known)
    if (i.now.figures != wanted) throw Wrong("the figures are " + json::to_text(i.now.figures));
}

void Stage::expect_statements(Cursor& c) {
  const std::int64_t wanted = c.number();
  for (const auto& i : states<incident::Incident>(last_incident()))
    same("the number of statements", std::to_string(i.statements.size()), std::to_string(wanted));
}

void Stage::expect_grade(Cursor& c) {
  const std::string wanted = c.next();
  const std::string how = c.done() ? "" : c.next();
  for (const auto& i : states<incident::Incident>(last_incident())) {
    same("the grade", std::string(name_of(i.now.grade)), wanted);
    if (!how.empty()) same("the grade", i.now.grade_confirmed ? "confirmed" : "proposed", how);
  }
}

void Stage::expect_report(Cursor& c) {
  const std::string report = id(c.next());
  // Where it was drafted: the receiver has only what was sent.
  const auto r = platform_.at(states<report::Report>(report).front().from).state<report::Report>(report);
  c.need("is");
  same("the report", std::string(name_of(r.state())), c.next());
  Options options(c, {});
  if (const auto version = options.number("version"))
    same("its version", std::to_string(r.latest().number), std::to_string(*version));
  if (const auto ordinal = options.number("ordinal"))
    same("its ordinal", std::to_string(r.ordinal), std::to_string(*ordinal));
  options.end();
}

void Stage::expect_instruction(Cursor& c) {
  const auto known = states<instruction::Instruction>(id(c.next()));
  c.need("is");
  const std::string wanted = c.next();
  Options options(c, {});
  const auto progress = options.number("progress");
  options.end();
  for (const auto& i : known) {
    same("the instruction", i.result ? "closed" : "open", wanted);
    if (progress) same("its progress", std::to_string(i.progress.size()), std::to_string(*progress));
  }
}

void Stage::expect_candidate(Cursor& c) {
  const auto found = states<candidate::Candidate>(id(c.next()));
  c.need("is");
  same("the candidate", std::string(name_of(found.front().state)), c.next());
}

void Stage::expect_document(Cursor& c) {
  const std::string report = id(c.next());
  auto& sender = platform_.at(states<report::Report>(report).front().from);
  const std::string text = document_text(sender, report);
  const bool lacks = c.take("lacks");
  if (!lacks) c.need("contains");
  const std::string wanted = c.quoted();
  if ((text.find(wanted) != std::string::npos) == lacks) throw Wrong("the document says\n" + text);
}

// "expect facts 2 of clock.met": how many of a type all journals hold together.
void Stage::expect_facts(Cursor& c) {
  const std::int64_t wanted = c.number();
  c.need("of");
  const std::string type = c.next();
  same("the number of facts", std::to_string(std::ranges::count(facts(), type, &journal::Fact::type)),
       std::to_string(wanted));
}

}  // namespace anlan::scenario
