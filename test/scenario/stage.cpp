#include "scenario/stage.h"

#include "policy/timers.h"

namespace anlan::scenario {
namespace {

command::Reference reference(std::vector<clock::Rule> clock_rules) {
  command::Reference r = command::demo_reference();
  r.clock_rules = std::move(clock_rules);
  return r;
}

}  // namespace

Stage::Stage(std::vector<clock::Rule> clock_rules)
    : views_(view::all_views()), node_(view::pointers(views_), reference(std::move(clock_rules))) {
  node_.clock.at = from_china_time(2026, 11, 23, 8);
}

void Stage::play(const Line& line) {
  Cursor cursor(line);
  if (cursor.take("expect refusal")) return expect_refusal(cursor);
  end();
  if (cursor.take("expect")) return expect(cursor);
  if (const auto at = time_of_day(cursor.peek(), node_.clock.at)) {
    cursor.next();
    advance(*at < node_.clock.at ? *at + std::chrono::hours{24} : *at);
  }
  if (cursor.done() || set_up(cursor)) return;
  act(cursor);
}

void Stage::end() const {
  if (refused_) throw Wrong("the step before was refused: " + refused_->code + " " + refused_->field);
}

// Time stops at every moment at which a clock speaks, as the timer of a node does.
void Stage::advance(Instant to) {
  for (auto next = policy::next_due(node_.sql()); next && *next <= to; next = policy::next_due(node_.sql())) {
    node_.clock.at = std::max(node_.clock.at, *next);
    for (auto& due : policy::due_commands(node_.sql(), node_.clock.at)) submit(std::move(due));
    if (node_.facts.empty()) throw Wrong("a clock was to speak at " + show(*next) + " and said nothing");
  }
  node_.clock.at = to;
}

// What is no command: the node ends and starts again, a rule changes.
bool Stage::set_up(Cursor& c) {
  if (c.take("the node restarts")) {
    node_.restart();
    return true;
  }
  if (!c.take("the rule")) return false;
  auto& rules = node_.reference().clock_rules;
  const std::string id = c.next();
  const auto rule = std::ranges::find(rules, id, &clock::Rule::id);
  if (rule == rules.end()) throw Wrong("there is no rule " + id);
  const bool stricter = c.take("has a stricter one of");
  if (!stricter) c.need("becomes");
  const std::int64_t minutes = c.number();
  c.need("minutes");
  if (!stricter) {
    rule->minutes = minutes;
    return true;
  }
  c.need("for");
  clock::Rule graded = *rule;
  graded.id += "-stricter";
  graded.minutes = minutes;
  graded.grade_at_least = named<grade::Grade>(c.next()).value();
  rules.push_back(std::move(graded));
  return true;
}

void Stage::act(Cursor& c) {
  const Actor who = actor(c);
  for (const Step& step : steps())
    if (c.take(step.phrase)) return (this->*step.verb)(c, who);
  throw Wrong("nobody can do \"" + std::string(c.peek()) + "\"");
}

Stage::Actor Stage::actor(Cursor& c) {
  if (c.take("the security administrator")) return {"city", "security"};
  const std::string post = c.take("leader of") ? "-leader" : c.take("deputy leader of") ? "-deputy" : "";
  const std::string id = organisation(c);
  return {id, id + post};
}

bool Stage::is_organisation(const Cursor& c) const {
  for (const char* word : {"city", "province", "county", "town"})
    if (c.peek() == word) return true;
  return false;
}

std::string Stage::organisation(Cursor& c) {
  const std::string level = c.next();
  if (level == "city" || level == "province") return level;
  if (level != "county" && level != "town") throw Wrong(level + " is no organisation");
  const std::string name = c.next();
  for (const auto& [id, organisation] : node_.directory().organisations.organisations)
    if (organisation.short_name == name && name_of(organisation.level) == level) return id;
  throw Wrong("there is no " + level + " " + name);
}

// One or more names from above to below: 寿光市 羊口镇.
std::string Stage::division(Cursor& c) {
  std::string code = node_.reference().division;
  while (!c.done() && !c.next_is_quoted()) {
    const std::string name = c.next();
    std::string found;
    for (const auto* child : node_.reference().divisions.children(code))
      if (child->name == name) found = child->code;
    if (found.empty()) throw Wrong("there is no division " + name + " in " + code);
    code = found;
  }
  return code;
}

std::string Stage::id(const std::string& name) const {
  const auto found = names_.find(name);
  if (found == names_.end()) throw Wrong("nothing is called " + name);
  return found->second;
}

std::string Stage::last_incident() const {
  if (incident_.empty()) throw Wrong("no incident was taken down yet");
  return incident_;
}

std::string Stage::incident(Options& options) {
  if (const auto name = options.get("on")) incident_ = id(*name);
  return last_incident();
}

Instant Stage::past(std::string_view word) const {
  const auto at = time_of_day(word, node_.clock.at);
  if (!at) throw Wrong(std::string(word) + " is no time of day");
  return *at;
}

Instant Stage::coming(std::string_view word) const {
  const Instant at = past(word);
  return at < node_.clock.at - std::chrono::hours{12} ? at + std::chrono::hours{24} : at;
}

grade::Figures Stage::figures(Options& options) const {
  grade::Figures found;
  each_field<grade::Figures>([&](const auto& f) {
    if (const auto value = options.number(f.name)) found.*f.member = *value;
  });
  return found;
}

void Stage::submit(const Actor& who, command::Command command, const std::string& target, const std::string& name) {
  submit(node_.asked(who.account, std::move(command), target), name);
}

void Stage::submit(command::Envelope envelope, const std::string& name) {
  const auto outcome = node_.submit(std::move(envelope));
  if (!outcome.ok()) {
    refused_ = outcome.error();
    return;
  }
  if (name.empty()) return;
  const auto body = json::parse(outcome->body).value();
  names_[name] = std::string(body.at("id").as_string());
}

}  // namespace anlan::scenario
