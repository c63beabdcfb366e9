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

// Bounds what one question may cost; who has more open has other worries.
constexpr std::int64_t kMostLines = 200;

// Those that pend, and what has become of the clocks of the latest incidents; by the moment at which they are due.
std::vector<view::ClockRow> known_clocks(const Page& page) {
  std::vector<view::ClockRow> rows;
  for (const auto whose : {view::Whose::kOwed, view::Whose::kOwedTo})
    std::ranges::move(view::pending_clocks(page.sql, page.organisation(), page.world, whose, kMostLines),
                      std::back_inserter(rows));
  std::ranges::move(view::settled_clocks(page.sql, page.organisation(), page.world, kMostLines),
                    std::back_inserter(rows));
  std::ranges::stable_sort(rows, {}, &view::ClockRow::due_at);
  return rows;
}

}  // namespace

Body instructions(Page& page) {
  Asked asked(page);
  const auto state = asked.word<instruction::State>("state");
  if (asked.fault()) return *asked.fault();
  const auto ids = view::instructions_for(page.sql, page.organisation(), page.world, state, kMostLines);
  return render::items(page, [&](std::string& out) { render::instructions(out, page, ids); });
}

// Owed by the viewer's organisation or to it; those of others do not exist.
Body clocks(Page& page) {
  Asked asked(page);
  const auto state = asked.word<clock::State>("state");
  const std::string organisation = asked.organisation("organisation");
  if (asked.fault()) return *asked.fault();
  auto rows = known_clocks(page);
  std::erase_if(rows, [&](const view::ClockRow& row) {
    return (state && row.state != *state) || (!organisation.empty() && row.organisation != organisation);
  });
  const render::Titles titles(page, rows);
  return render::items(page, rows, [&](std::string& out, const view::ClockRow& row) {
    render::clock(out, page, row, titles.of(row.incident));
  });
}

// Of the viewer's own desk.
Body candidates(Page& page) {
  Asked asked(page);
  const auto state = asked.word<candidate::State>("state");
  if (asked.fault()) return *asked.fault();
  const auto ids = view::candidates_for(page.sql, page.organisation(), page.world, state, kMostLines);
  return render::items(page, [&](std::string& out) { render::candidates(out, page, ids); });
}

Body candidate(Page& page) {
  const auto found = read_candidate(page, page.arguments.at(0));
  if (!found.ok()) return found.error();
  std::string body;
  render::candidate(body, *found);
  return body;
}

}  // namespace anlan::edge::pages
