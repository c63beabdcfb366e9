// Expectations on what is: the incident, reports, instructions, candidates, documents.

#include "scenario/stage.h"

namespace anlan::scenario {
namespace {

void same(const std::string& what, const std::string& found, const std::string& wanted) {
  if (found != wanted) throw Wrong(what + " is " + (found.empty() ? "none" : found));
}

}  // namespace

const std::vector<Stage::Expectation>& Stage::expectations() {
  static const std::vector<Expectation> rows = {{"incident", &Stage::expect_incident},
                                                {"figures", &Stage::expect_figures},
                                                {"statements", &Stage::expect_statements},
                                                {"grade", &Stage::expect_grade},
                                                {"report", &Stage::expect_report},
                                                {"instruction", &Stage::expect_instruction},
                                                {"candidate", &Stage::expect_candidate},
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
  const auto i = node_.state<incident::Incident>(incident(options));
  options.end();
  same("the incident", std::string(name_of(i.state)), wanted);
  if (number) same("its number", i.now.number, *number);
  if (title) same("its title", i.now.title, *title);
  if (area) same("its area", i.now.area ? "known" : "unknown", *area);
}

void Stage::expect_figures(Cursor& c) {
  Options options(c, {});
  const grade::Figures wanted = figures(options);
  const auto i = node_.state<incident::Incident>(incident(options));
  options.end();
  if (i.now.figures != wanted) throw Wrong("the figures are " + json::to_text(i.now.figures));
}

void Stage::expect_statements(Cursor& c) {
  const std::int64_t wanted = c.number();
  const auto i = node_.state<incident::Incident>(last_incident());
  same("the number of statements", std::to_string(i.statements.size()), std::to_string(wanted));
}

void Stage::expect_grade(Cursor& c) {
  const std::string wanted = c.next();
  const auto i = node_.state<incident::Incident>(last_incident());
  same("the grade", std::string(name_of(i.now.grade)), wanted);
  if (!c.done()) same("the grade", i.now.grade_confirmed ? "confirmed" : "proposed", c.next());
}

void Stage::expect_report(Cursor& c) {
  const auto r = node_.state<report::Report>(id(c.next()));
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
  const auto i = node_.state<instruction::Instruction>(id(c.next()));
  c.need("is");
  same("the instruction", i.result ? "closed" : "open", c.next());
  Options options(c, {});
  if (const auto progress = options.number("progress"))
    same("its progress", std::to_string(i.progress.size()), std::to_string(*progress));
  options.end();
}

void Stage::expect_candidate(Cursor& c) {
  const auto found = node_.state<candidate::Candidate>(id(c.next()));
  c.need("is");
  same("the candidate", std::string(name_of(found.state)), c.next());
}

void Stage::expect_document(Cursor& c) {
  const std::string text = document_text(node_, id(c.next()));
  const bool lacks = c.take("lacks");
  if (!lacks) c.need("contains");
  const std::string wanted = c.quoted();
  if ((text.find(wanted) != std::string::npos) == lacks) throw Wrong("the document says\n" + text);
}

// "expect facts 2 of clock.met": how many of a type the whole journal holds.
void Stage::expect_facts(Cursor& c) {
  const std::int64_t wanted = c.number();
  c.need("of");
  const std::string type = c.next();
  std::int64_t found = 0;
  journal::each_after(node_.sql(), 0, [&](const journal::Fact& fact) { found += fact.type == type; });
  same("the number of facts", std::to_string(found), std::to_string(wanted));
}

}  // namespace anlan::scenario
