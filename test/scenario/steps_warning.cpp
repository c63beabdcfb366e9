// The steps on a warning, and what is expected of it. It is valid for an hour unless the script says until when.

#include "scenario/stage.h"

namespace anlan::scenario {
namespace {

warning::Content content(const std::string& type, const std::string& colour, const std::string& headline) {
  const auto value = named<warning::Colour>(colour);
  if (!value) throw Wrong(colour + " is no colour");
  warning::Content c;
  c.type = type;
  c.colour = *value;
  c.headline = headline;
  c.description = "虚构";
  c.instruction = "虚构";
  return c;
}

}  // namespace

// "in DIVISION" and "until TIME" may follow.
void Stage::complete(Cursor& c, warning::Content& content, std::string* name) {
  if (c.take("in")) {
    content.area.divisions = {division(c)};
    content.area.description = content.area.divisions.front();
  }
  Options options(c, {});
  const auto until = options.get("until");
  content.expires = until ? coming(*until) : platform_.now() + std::chrono::hours{1};
  if (name) *name = options.get("as").value_or("it");
  options.end();
}

void Stage::draft_warning(Cursor& c, const Actor& who) {
  const std::string type = c.next(), colour = c.next();
  warning::Draft command{content(type, colour, c.quoted())};
  std::string name;
  complete(c, command.content, &name);
  submit(who, command, {}, name);
}

// What is not said again stays.
void Stage::revise_warning(Cursor& c, const Actor& who) {
  const std::string target = id(c.next());
  warning::Content before = states<warning::Warning>(target).front().versions.back().content;
  if (c.take("to")) before.colour = content("", c.next(), "").colour;
  complete(c, before, nullptr);
  submit(who, warning::Revise{before}, target);
}

void Stage::sign_warning(Cursor& c, const Actor& who) {
  const std::string target = id(c.next());
  const auto w = states<warning::Warning>(target).front();
  submit(who, warning::Sign{w.pending() ? w.pending()->number : 1, 0}, target);
}

void Stage::decline_warning(Cursor& c, const Actor& who) {
  const std::string target = id(c.next());
  submit(who, warning::Decline{std::ssize(states<warning::Warning>(target).front().versions), c.quoted()}, target);
}

void Stage::cancel_warning(Cursor& c, const Actor& who) {
  const std::string target = id(c.next());
  const bool mistaken = c.take("as mistaken");
  submit(who, warning::Cancel{mistaken ? warning::Ending::kMistaken : warning::Ending::kPassed, c.quoted()}, target);
}

void Stage::withdraw_warning(Cursor& c, const Actor& who) {
  const std::string target = id(c.next());
  submit(who, warning::Withdraw{c.quoted()}, target);
}

// "expect warning W is issued [in COLOUR]": on every node that knows it.
void Stage::expect_warning(Cursor& c) {
  const std::string target = id(c.next());
  c.need("is");
  const std::string wanted = c.next();
  const std::string colour = c.take("in") ? c.next() : "";
  for (const auto& w : states<warning::Warning>(target)) {
    if (name_of(w.state) != wanted) throw Wrong("the warning is " + std::string(name_of(w.state)));
    if (!colour.empty() && (!w.in_force() || name_of(w.in_force()->content.colour) != colour))
      throw Wrong("its colour is " + std::string(w.in_force() ? name_of(w.in_force()->content.colour) : "none"));
  }
}

}  // namespace anlan::scenario
