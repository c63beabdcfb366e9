// Warnings: drafted, signed by the desk and its leader, changed, cancelled, called on.

#include "desk.h"
#include "domain/callout/callout.h"
#include "state/stored.h"

namespace anlan::sim {

// The latest of its own.
std::vector<std::string> Desk::warnings(std::string_view states) {
  return texts("SELECT id FROM warning WHERE organisation = ? AND state IN " + std::string(states) +
               " ORDER BY id DESC LIMIT 4");
}

// Goes on with one that waits, changes one that is in force, or drafts another; signed as far as chance lets it in one
// sitting.
void Desk::warn() {
  warning::Content content;
  content.type = "11A01";
  content.colour = names_of(warning::Colour{})[chance_.below(4)].first;
  content.headline = "warning " + std::to_string(step_.chance % 1000);
  content.description = content.instruction = "as seen at " + organisation_;
  content.area.description = "all of it";
  content.area.divisions = {node_.directory().organisations.organisation(organisation_)->division};
  content.expires = node_.clock.now() + Minutes(static_cast<std::int64_t>(30 + chance_.below(3000)));
  auto id = any_of(warnings("('draft', 'issued')"));
  if (id && chance_.one_in(3)) {
    if (!ask(organisation_, warning::Revise{content}, *id)) return;
  } else if (!id || chance_.one_in(2)) {
    if (!ask(organisation_, warning::Draft{content}) || !node_.up()) return;
    id = warnings("('draft')").front();
  }
  for (const std::string& who : {organisation_, organisation_ + "-leader"}) {
    if (!node_.up() || chance_.one_in(8)) return;
    const auto w = state::replay<warning::Warning>(node_.sql(), *id);
    if (!w.pending()) return;
    if (chance_.one_in(12)) return void(ask(who, warning::Decline{w.pending()->number, "not yet"}, *id));
    ask(who, warning::Sign{w.pending()->number, 0}, *id);
  }
}

void Desk::end_warning() {
  const auto id = any_of(warnings("('draft', 'issued')"));
  if (!id) return;
  if (chance_.one_in(3))
    ask(organisation_, warning::Withdraw{"not needed"}, *id);
  else
    ask(organisation_, warning::Cancel{warning::Ending::kPassed, "over"}, *id);
}

// Somebody who was called answers by the link, or the desk notes what it heard, or says whether it carries it out.
void Desk::go_on_calling() {
  const auto id = any_of(
      texts("SELECT id FROM callout WHERE id LIKE '%/' || ? AND closed = 0 ORDER BY opened_at DESC, id DESC LIMIT 3"));
  if (!id) return;
  const auto c = state::replay<callout::Callout>(node_.sql(), *id);
  if (chance_.one_in(4)) return void(ask(organisation_, callout::Decide{chance_.one_in(2), "as it is here"}, *id));
  if (c.standings.empty()) return;
  const auto place = static_cast<std::int64_t>(chance_.below(c.standings.size()));
  const auto& calls = c.standings[static_cast<std::size_t>(place)].calls;
  const bool nobody = c.opened.places[static_cast<std::size_t>(place)].callees.empty();
  const bool linked = !calls.empty() && calls.back().way == callout::Way::kMessage;
  if (linked && chance_.one_in(2))
    ask("system", command::AnswerLink{calls.back().sequence, "all are told"}, *id);
  else if (chance_.one_in(3))
    ask(organisation_,
        callout::NoteAnswer{place, nobody ? std::nullopt : std::optional<std::int64_t>(0), callout::Way::kVoice,
                            "on their way"},
        *id);
  else if (chance_.one_in(4))
    ask(organisation_, callout::RevokeLink{place, 0}, *id);
  else
    ask(organisation_, callout::NoteCall{place, 0, callout::Way::kVisit}, *id);
}

}  // namespace anlan::sim
