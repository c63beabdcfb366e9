#include <algorithm>
#include <tuple>

#include "domain/division/division.h"

namespace anlan::division {
namespace {

struct Found {
  int rank;
  bool away;
  std::size_t length;
  const Division* division;

  auto key() const { return std::tuple{rank, away, length, division->level, division->code}; }
};

constexpr std::size_t kLongestText = 200;  // bytes; no path is longer

constexpr int kBaseRank[] = {0, 1, 4, 6};  // by NameMatch

// Added where a place lies outside the home city. Characters may leave it, for a city sooner than for a smaller place;
// pinyin is too ambiguous.
int away_rank(Level level, bool latin) {
  if (latin) return 10;
  return level <= Level::kCity ? 2 : 5;
}

// Added where ancestors were needed: letters can be cut in many ways, so a plain exact name elsewhere comes first.
int path_rank(bool latin) { return latin ? 11 : 0; }

}  // namespace

// Whether all of `text` is used up by the names from here upward: "寿光羊口" by 羊口镇 in 寿光市.
NameMatch Divisions::match_path(std::string_view text, std::uint32_t at) const {
  NameMatch best = NameMatch::kNone;
  const auto longest = std::max(all_[at].name.size(), all_[at].pinyin.size());
  for (std::size_t cut = text.size() > longest ? text.size() - longest : 1; cut < text.size(); ++cut) {
    const auto own = text.substr(cut);
    if (text[cut] == ' ' || !begins_with(all_[at], own)) continue;
    const auto above = text.substr(0, text.find_last_not_of(' ', cut - 1) + 1);
    for (auto up = real_parent(at); up != kNone; up = real_parent(up))
      if (begins_with(all_[up], above) || match_path(above, up) != NameMatch::kNone)
        best = std::min(best, match_name(own, all_[at]));
  }
  return best;
}

std::vector<const Division*> Divisions::search(const Query& query) const {
  const std::string text = normalised(query.text);
  const bool latin = is_latin(text);
  const auto under = index(query.under), home = index(query.home);
  std::vector<Found> found;
  if (text.empty() || text.size() > kLongestText || (under == kNone && !query.under.empty())) return {};
  for (std::uint32_t i = 0; i < all_.size(); ++i) {
    const Division& d = all_[i];
    if (d.kind == Kind::kPseudo || d.valid.to != Day::max()) continue;
    const auto direct = match_name(text, d);
    const auto match = direct == NameMatch::kNone ? match_path(text, i) : direct;
    if (match == NameMatch::kNone || (under != kNone && !inside(i, under))) continue;
    const bool away = home != kNone && !inside(i, home);
    const int rank = kBaseRank[static_cast<int>(match)] + (away ? away_rank(d.level, latin) : 0) +
                     (direct == NameMatch::kNone ? path_rank(latin) : 0);
    found.push_back({rank, away, d.name.size(), &d});
  }
  const auto count = std::min(query.limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end(),
                    [](const Found& a, const Found& b) { return a.key() < b.key(); });
  std::vector<const Division*> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(found[i].division);
  return out;
}

}  // namespace anlan::division
