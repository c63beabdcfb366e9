#include "domain/instruction/instruction.h"

#include <algorithm>

#include "base/text.h"

namespace anlan::instruction {
namespace {

Refusal rule(std::string code, std::string field = {}) {
  return refuse(RefusalKind::kRule, std::move(code), std::move(field));
}

std::optional<Refusal> open(const Instruction& i, const account::Actor& actor) {
  if (!i.concerns(actor.organisation)) return refuse(RefusalKind::kNotFound, "instruction.unknown");
  if (i.result) return rule("instruction.closed");
  return std::nullopt;
}

// A receiver named twice is one: it gets one instruction and owes one answer.
std::vector<std::string> once(const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const std::string& name : names)
    if (std::ranges::find(out, name) == out.end()) out.push_back(name);
  return out;
}

}  // namespace

bool Instruction::addressed_to(const std::string& organisation) const {
  return std::ranges::find(given.to, organisation) != given.to.end();
}

bool Instruction::concerns(const std::string& organisation) const {
  return exists() && (given.from == organisation || addressed_to(organisation));
}

void apply(Instruction& i, const Fact& fact, Instant at, const std::string& by) {
  if (const auto* given = std::get_if<Given>(&fact)) i.given = *given;
  if (const auto* p = std::get_if<Progressed>(&fact)) i.progress.push_back({p->text, p->organisation, by, at});
  if (const auto* closed = std::get_if<Closed>(&fact)) {
    i.result = closed->result;
    i.closed_at = at;
  }
}

bool fits(const std::string& incident, const std::string& from, const Fact& fact, bool first) {
  const auto* given = std::get_if<Given>(&fact);
  if (first || given)
    return first && given && given->incident == incident && given->from == from && !given->to.empty() &&
           once(given->to).size() == given->to.size();
  const auto* progressed = std::get_if<Progressed>(&fact);
  return !progressed || progressed->organisation == from;
}

bool fits_answer(const Instruction& i, const std::string& answering, const Fact& fact) {
  const auto* progressed = std::get_if<Progressed>(&fact);
  return progressed && progressed->organisation == answering && (!i.exists() || i.addressed_to(answering));
}

Facts decide(const Give& c, const account::Actor& actor, const std::string& incident, Instant now) {
  if (blank(c.text)) return rule("text.empty", "text");
  if (c.to.empty()) return rule("instruction.nobody", "to");
  if (c.given_at && *c.given_at > now + Minutes{1})
    return refuse(RefusalKind::kRule, "time.future", "given_at",
                  {{"at", to_rfc3339(*c.given_at)}, {"now", to_rfc3339(now)}});
  if (c.due_at && *c.due_at <= now) return rule("instruction.due_past", "due_at");
  return std::vector<Fact>{Given{incident, c.text, c.given_by, actor.organisation, c.given_at.value_or(now), once(c.to),
                                 c.due_at, c.verify.value_or(false)}};
}

Facts decide(const Instruction& i, const ReportProgress& c, const account::Actor& actor) {
  if (auto no = open(i, actor)) return *no;
  if (blank(c.text)) return rule("text.empty", "text");
  return std::vector<Fact>{Progressed{actor.organisation, c.text}};
}

Facts decide(const Instruction& i, const Close& c, const account::Actor& actor) {
  if (auto no = open(i, actor)) return *no;
  if (i.given.from != actor.organisation) return refuse(RefusalKind::kForbidden, "instruction.not_giver");
  if (blank(c.result)) return rule("text.empty", "result");
  return std::vector<Fact>{Closed{c.result}};
}

}  // namespace anlan::instruction
