// Lists of what waits at a desk: instructions, clocks, candidates.

#include <algorithm>
#include <set>

#include "edge/http/asked.h"
#include "edge/http/pages.h"
#include "edge/http/render_instruction.h"
#include "state/stored.h"
#include "view/candidates.h"
#include "view/clocks.h"
#include "view/instructions.h"

namespace anlan::edge::pages {
namespace {

bool pends(std::optional<clock::State> state) {
  return !state || *state == clock::State::kRunning || *state == clock::State::kOverdue;
}

// `more`: there are others that fit.
struct KnownClocks {
  std::vector<view::ClockRow> rows;  // the next due first
  bool more = false;
};

// Those that pend, and what has become of the clocks of the latest incidents. `owed_by`: empty where anybody's.
KnownClocks known_clocks(const Page& page, std::optional<clock::State> state, const std::string& owed_by) {
  KnownClocks known;
  const std::string& own = page.organisation();
  for (const auto whose : {view::Whose::kOwed, view::Whose::kOwedTo}) {
    if (!pends(state) || (whose == view::Whose::kOwed && !owed_by.empty() && owed_by != own)) continue;
    auto rows = view::pending_clocks(page.sql, {own, page.world, whose, state, owed_by}, kMostLines + 1);
    known.more |= cut(rows);
    std::ranges::move(rows, std::back_inserter(known.rows));
  }
  if (state && pends(state)) return known;
  known.more |= !view::find_incidents(page.sql, own_incidents(page), kMostLines, 1).rows.empty();
  auto settled = view::settled_clocks(page.sql, own, page.world, kMostLines);
  std::erase_if(settled, [&](const view::ClockRow& row) {
    return (state && row.state != *state) || (!owed_by.empty() && row.organisation != owed_by);
  });
  std::ranges::move(settled, std::back_inserter(known.rows));
  return known;
}

}  // namespace

Body instructions(Page& page) {
  Asked asked(page);
  const auto state = asked.word<instruction::State>("state");
  if (asked.fault()) return *asked.fault();
  auto ids = view::instructions_for(page.sql, page.organisation(), page.world, state, kMostLines + 1);
  const bool more = cut(ids);
  return render::items(
      page, [&](std::string& out) { render::instructions(out, page, ids); }, more);
}

// Owed by the viewer's organisation or to it; those of others do not exist.
Body clocks(Page& page) {
  Asked asked(page);
  const auto state = asked.word<clock::State>("state");
  const std::string organisation = asked.organisation("organisation");
  if (asked.fault()) return *asked.fault();
  auto known = known_clocks(page, state, organisation);
  std::ranges::stable_sort(known.rows, {}, &view::ClockRow::due_at);
  return render::items(
      page, [&](std::string& out) { render::clocks(out, page, known.rows); }, known.more);
}

// Of the viewer's own desk.
Body candidates(Page& page) {
  Asked asked(page);
  const auto state = asked.word<candidate::State>("state");
  if (asked.fault()) return *asked.fault();
  auto ids = view::candidates_for(page.sql, page.organisation(), page.world, state, kMostLines + 1);
  const bool more = cut(ids);
  return render::items(
      page, [&](std::string& out) { render::candidates(out, page, ids); }, more);
}

Body candidate(Page& page) {
  const auto found = read_candidate(page, page.arguments.at(0));
  if (!found.ok()) return found.error();
  std::string body;
  render::candidate(body, *found);
  return body;
}

}  // namespace anlan::edge::pages
