// The steps of who is called on a warning, and what is expected of the calling. Places count from 1.

#include "scenario/stage.h"
#include "view/callouts.h"

namespace anlan::scenario {
namespace {

constexpr std::int64_t kFirst = 1;

std::int64_t place(Cursor& c) { return c.take("at") ? c.number() - kFirst : 0; }

}  // namespace

callout::Callout Stage::callout(Cursor& c, const std::string& organisation, std::string* id) {
  c.need("on");
  const std::string name = this->id(c.next()) + "/" + organisation;
  if (id) *id = name;
  return states<callout::Callout>(name).front();
}

// "calls in vain on W [at PLACE]": by voice, the one whom the node called last.
void Stage::note_call(Cursor& c, const Actor& who) {
  std::string target;
  const auto known = callout(c, who.organisation, &target);
  const std::int64_t at = place(c);
  submit(who, callout::NoteCall{at, known.standings.at(static_cast<std::size_t>(at)).calls.back().callee}, target);
}

// "notes the answer "WORDS" on W [at PLACE]": of the first of the place, or of whoever is there.
void Stage::note_answer(Cursor& c, const Actor& who) {
  const std::string action = c.quoted();
  std::string target;
  const auto known = callout(c, who.organisation, &target);
  const std::int64_t at = place(c);
  const auto number = static_cast<std::size_t>(at);
  const bool nobody = number < known.opened.places.size() && known.opened.places[number].callees.empty();
  submit(who,
         callout::NoteAnswer{at, nobody ? std::nullopt : std::optional<std::int64_t>(0), callout::Way::kVoice, action},
         target);
}

// "is answered by link "WORDS" on W [at PLACE]": by whoever was called last there.
void Stage::answer_link(Cursor& c, const Actor& who) {
  const std::string action = c.quoted();
  std::string target;
  const auto known = callout(c, who.organisation, &target);
  const auto& calls = known.standings.at(static_cast<std::size_t>(place(c))).calls;
  submit({who.organisation, "system"}, command::AnswerLink{calls.empty() ? 0 : calls.back().sequence, action}, target);
}

void Stage::accept_warning(Cursor& c, const Actor& who) {
  submit(who, callout::Decide{true, ""}, id(c.next()) + "/" + who.organisation);
}
void Stage::decline_to_act(Cursor& c, const Actor& who) {
  const std::string target = id(c.next()) + "/" + who.organisation;
  submit(who, callout::Decide{false, c.quoted()}, target);
}

// "expect ORGANISATION calls on W [places N] [calls N] [answered N] [unanswered N] [decided yes|no|late] [closed]": on
// every node that knows of it.
void Stage::expect_calls(Cursor& c, const std::string& organisation) {
  const std::string target = id(c.next()) + "/" + organisation;
  Options options(c, {"closed"});
  const auto places = options.number("places"), calls = options.number("calls"), answered = options.number("answered"),
             unanswered = options.number("unanswered");
  const auto decided = options.get("decided");
  const bool closed = options.has("closed");
  options.end();
  for (const auto& known : states<callout::Callout>(target)) {
    std::int64_t called = 0, heard = 0, silent = 0;
    for (const auto& s : known.standings) {
      called += std::ssize(s.calls);
      heard += s.answered ? 1 : 0;
      silent += s.unanswered && !s.answered ? 1 : 0;
    }
    const auto same = [](const char* what, std::int64_t found, const std::optional<std::int64_t>& wanted) {
      if (wanted && found != *wanted) throw Wrong(std::string(what) + ": " + std::to_string(found));
    };
    same("places", std::ssize(known.standings), places);
    same("calls", called, calls);
    same("answered", heard, answered);
    same("unanswered", silent, unanswered);
    const std::string said = known.decided ? (known.decided->accepted ? "yes" : "no") : known.undecided ? "late" : "";
    if (decided && said != *decided) throw Wrong("decided: " + said);
    if (closed != known.closed) throw Wrong(known.closed ? "it is closed" : "it is open");
  }
}

}  // namespace anlan::scenario
