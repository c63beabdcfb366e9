#include "scenario/stage.h"

#include "policy/timers.h"

namespace anlan::scenario {

namespace {

void change_rule(Cursor& c, std::vector<clock::Rule>& rules) {
  const std::string id = c.next();
  const auto rule = std::ranges::find(rules, id, &clock::Rule::id);
  if (rule == rules.end()) throw Wrong("there is no rule " + id);
  const bool stricter = c.take("has a stricter one of");
  if (!stricter) c.need("becomes");
  const std::int64_t minutes = c.number();
  c.need("minutes");
  if (!stricter) {
    rule->minutes = minutes;
    return;
  }
  c.need("for");
  clock::Rule graded = *rule;
  graded.id += "-stricter";
  graded.minutes = minutes;
  graded.grade_at_least = named<grade::Grade>(c.next()).value();
  rules.push_back(std::move(graded));
}

}  // namespace

Stage::Stage(std::vector<clock::Rule> clock_rules, const Topology& topology)
    : platform_(topology, std::move(clock_rules)) {
  platform_.set(from_china_time(2026, 11, 23, 8));
}

void Stage::play(const Line& line) {
  Cursor cursor(line);
  if (cursor.take("expect refusal")) return expect_refusal(cursor);
  end();
  if (cursor.take("expect")) return expect(cursor);
  if (const auto at = time_of_day(cursor.peek(), platform_.now())) {
    cursor.next();
    advance(*at < platform_.now() ? *at + std::chrono::hours{24} : *at);
  }
  if (cursor.done() || set_up(cursor)) return;
  act(cursor);
  begin_callouts();
}

// As the timers of the nodes do, which need no moment of their own for it.
void Stage::begin_callouts() {
  for (auto* node : platform_.all()) {
    const auto& reference = node->reference();
    for (auto& due : policy::callouts_to_begin(node->sql(), node->directory(), reference.warning_rules, reference.node,
                                               platform_.now()))
      if (const auto outcome = node->submit(std::move(due)); !outcome.ok())
        throw Wrong("nobody can be called: " + outcome.error().code);
  }
  platform_.settle();
}

void Stage::end() const {
  if (refused_) throw Wrong("the step before was refused: " + refused_->code + " " + refused_->field);
}

// Time stops at every moment at which a clock speaks, as the timers of the nodes do.
void Stage::advance(Instant to) {
  for (;;) {
    std::optional<Instant> next;
    for (auto* node : platform_.all())
      if (const auto due = policy::next_due(node->sql()); due && *due <= to) next = std::min(next.value_or(*due), *due);
    if (!next) break;
    platform_.set(std::max(platform_.now(), *next));
    bool spoken = false;
    for (auto* node : platform_.all())
      for (auto& due : policy::due_commands(node->sql(), platform_.now())) {
        const auto outcome = node->submit(std::move(due));
        if (!outcome.ok()) throw Wrong("a clock cannot speak: " + outcome.error().code);
        spoken = spoken || !node->facts.empty();
      }
    if (!spoken) throw Wrong("a clock was to speak at " + show(*next) + " and said nothing");
    platform_.settle();
    begin_callouts();
  }
  platform_.set(to);
}

// What is no command: the node ends and starts again, a rule changes.
bool Stage::set_up(Cursor& c) {
  if (c.take("the node restarts")) {
    for (auto* node : platform_.all()) node->restart();
    return true;
  }
  if (c.take("the line of")) {
    const std::string below = organisation(c);
    if (c.take("is cut"))
      platform_.cut(below);
    else if (c.take("leads directly to"))
      platform_.detour(below, organisation(c));
    else
      c.need("is mended"), platform_.heal(below);
    return true;
  }
  if (c.take("contact")) {
    command::FewContacts::One one;
    one.organisation = organisation(c);
    one.person.role = c.next();
    c.need("in");
    one.person.division = division(c);
    const bool nobody = one.person.role == "nobody";  // the place stands alone
    if (nobody) one.person.role.clear();
    for (auto* node : platform_.all()) {
      one.person.contact = nobody ? 0 : std::ssize(node->contacts.all) + 1;
      node->contacts.all.push_back(one);
    }
    return true;
  }
  if (!c.take("the rule")) return false;
  auto rules = platform_.top().reference().clock_rules;
  change_rule(c, rules);
  for (auto* node : platform_.all()) node->reference().clock_rules = rules;
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
  for (const auto& [id, organisation] : platform_.top().directory().organisations.organisations)
    if (organisation.short_name == name && name_of(organisation.level) == level) return id;
  throw Wrong("there is no " + level + " " + name);
}

// One or more names from above to below: 寿光市 羊口镇.
// Up to a quotation or the key of an option.
std::string Stage::division(Cursor& c) {
  std::string code = platform_.top().reference().division;
  while (!c.done() && !c.next_is_quoted() && c.peek() != "until" && c.peek() != "as") {
    const std::string name = c.next();
    std::string found;
    for (const auto* child : platform_.top().reference().divisions.children(code))
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
  const auto at = time_of_day(word, platform_.now());
  if (!at) throw Wrong(std::string(word) + " is no time of day");
  return *at;
}

Instant Stage::coming(std::string_view word) const {
  const Instant at = past(word);
  return at < platform_.now() - std::chrono::hours{12} ? at + std::chrono::hours{24} : at;
}

grade::Figures Stage::figures(Options& options) const {
  grade::Figures found;
  each_field<grade::Figures>([&](const auto& f) {
    if (const auto value = options.number(f.name)) found.*f.member = *value;
  });
  return found;
}

void Stage::submit(const Actor& who, command::Command command, const std::string& target, const std::string& name) {
  auto& node = platform_.at(who.organisation);
  submit(node, node.asked(who.account, std::move(command), target), name);
}

// In the order in which they were recorded, as far as clocks tell.
std::vector<journal::Fact> Stage::facts() {
  std::vector<journal::Fact> all;
  for (auto* node : platform_.all())
    journal::each_after(node->sql(), 0, [&](const journal::Fact& fact) {
      if (fact.node == node->reference().node) all.push_back(fact);
    });
  std::ranges::stable_sort(all, {}, &journal::Fact::recorded_at);
  return all;
}

void Stage::submit(command::TestNode& node, command::Envelope envelope, const std::string& name) {
  const auto outcome = node.submit(std::move(envelope));
  platform_.settle();
  if (!outcome.ok()) {
    refused_ = outcome.error();
    return;
  }
  if (name.empty()) return;
  const auto body = json::parse(outcome->body).value();
  names_[name] = std::string(body.at("id").as_string());
}

}  // namespace anlan::scenario
