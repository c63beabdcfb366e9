#include "contacts/index.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <set>

namespace anlan::contacts {
namespace {

constexpr int kMostWords = 63;      // of one kind; all beyond share the last bit
constexpr std::uint64_t kNone = 0;  // a code that is none
constexpr std::size_t kTown = 9;    // digits of its code

// The least and the greatest of the codes of 12 digits that lie in a division; of "370700" the whole city.
struct Range {
  std::uint64_t first = 1, last = 0;
  bool has(std::uint64_t code) const { return first <= code && code <= last; }
  bool touches(const Range& other) const { return first <= other.last && other.first <= last; }
};

std::uint64_t number(std::string_view digits) {
  std::uint64_t value = kNone;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? value : kNone;
}

std::uint64_t padded(std::string_view code, char with) {
  std::string digits(code.substr(0, 12));
  digits.resize(12, with);
  return number(digits);
}

// Without the zeros of levels that it does not name: of a county 6 digits, of a town 9, of a village 12.
std::string digits_of(std::uint64_t code) {
  std::string digits = std::to_string(code);
  while (digits.size() > 6 && digits.ends_with("000")) digits.resize(digits.size() - 3);
  return digits;
}

// GB/T 2260: two digits a level down to the county, then three, then three.
Range range_of(std::string_view code) {
  if (code.size() == 6 && code.ends_with("0000")) code = code.substr(0, 2);
  if (code.size() == 6 && code.ends_with("00")) code = code.substr(0, 4);
  if (code.empty() || number(code) == kNone) return {};
  return {padded(code, '0'), padded(code, '9')};
}

// Bits of people that were met.
class Met {
 public:
  explicit Met(std::size_t people) : bits_((people + 63) / 64) {}
  // True at the first time.
  bool insert(std::uint32_t person) {
    std::uint64_t& word = bits_[person / 64];
    const std::uint64_t bit = std::uint64_t{1} << (person % 64);
    return (word & bit) == 0 && (word |= bit, true);
  }

 private:
  std::vector<std::uint64_t> bits_;
};

}  // namespace

std::uint64_t Index::Building::mask(std::unordered_map<std::string, int>& bits, const std::vector<std::string>& words) {
  std::uint64_t mask = 0;
  for (const std::string& word : words) {
    const int next = std::min(static_cast<int>(bits.size()), kMostWords);
    mask |= std::uint64_t{1} << bits.try_emplace(word, next).first->second;
  }
  return mask;
}

void Index::Building::add(const Entry& entry) {
  const auto line = static_cast<std::uint32_t>(lines_.size());
  const auto person = people_.try_emplace(entry.person, static_cast<std::uint32_t>(people_.size())).first->second;
  lines_.push_back({entry.id, padded(entry.division, '0'), mask(roles_, entry.roles), mask(hazards_, entry.hazards),
                    mask(vulnerabilities_, entry.vulnerabilities), person});
  if (entry.point) points_.push_back({*entry.point, line});
  for (const std::string& division : entry.follows) follows_[division].push_back(line);
}

Index Index::Building::finish() && {
  Index index;
  index.lines_ = std::move(lines_);
  index.lines_.shrink_to_fit();
  index.by_division_.resize(index.lines_.size());
  std::iota(index.by_division_.begin(), index.by_division_.end(), 0U);
  std::ranges::stable_sort(index.by_division_, {}, [&](std::uint32_t line) { return index.lines_[line].division; });
  index.places_ = geo::PointIndex(points_);
  index.follows_ = std::move(follows_);
  index.people_ = people_.size();
  index.roles_ = std::move(roles_);
  index.hazards_ = std::move(hazards_);
  index.vulnerabilities_ = std::move(vulnerabilities_);
  return index;
}

// Somebody of the whole town stands for its villages, somebody of one village for a home of which no more than the town
// is known. What lives in a county, and no more is said, are its offices.
void Index::add_unborne(std::vector<Bearer>& found, const std::set<std::uint64_t>& homes, std::size_t no_role) {
  std::set<std::string> borne;
  for (const Bearer& one : found) borne.insert(one.division);
  for (const std::uint64_t code : homes) {
    const std::string home = digits_of(code);
    if (home.size() < kTown) continue;
    const auto inside = borne.lower_bound(home);
    const bool of_town = home.size() > kTown && borne.contains(home.substr(0, kTown));
    if (of_town || (inside != borne.end() && inside->starts_with(home))) continue;
    found.push_back({0, home, no_role});
  }
}

// What a line must have. A word that no contact bears is borne by nobody, which is not the same as no word.
struct Index::Wanted {
  Range within;
  bool by_role, by_hazard, by_vulnerability;
  std::uint64_t roles, hazards, vulnerabilities;

  bool fits(const Line& line) const {
    return (!by_role || (line.roles & roles) != 0) && (!by_hazard || (line.hazards & hazards) != 0) &&
           (!by_vulnerability || (line.vulnerabilities & vulnerabilities) != 0);
  }
};

std::uint64_t Index::mask(const std::unordered_map<std::string, int>& bits,
                          const std::vector<std::string>& words) const {
  std::uint64_t mask = 0;
  for (const std::string& word : words)
    if (const auto found = bits.find(word); found != bits.end()) mask |= std::uint64_t{1} << found->second;
  return mask;
}

// Hands back those found by the drawings.
template <class Look>
geo::Selection Index::each_line(const warning::Area& area, Look&& look) const {
  for (const std::string& division : area.divisions) {
    const Range range = range_of(division);
    const auto code = [&](std::uint32_t line) { return lines_[line].division; };
    const auto first = std::ranges::lower_bound(by_division_, range.first, {}, code);
    for (auto at = first; at != by_division_.end() && range.has(code(*at)); ++at) look(*at);
  }
  std::vector<geo::Polygon> polygons;
  for (const Ring& ring : area.rings) polygons.push_back({ring, {}});
  auto found = places_.within(std::span<const geo::Polygon>(polygons));
  for (const warning::Circle& circle : area.circles)
    found.unite(places_.within(geo::Circle{circle.center, circle.radius_m}));
  found.visit(look);
  return found;
}

template <class Take>
void Index::each(const warning::Area& area, const warning::Audience& audience, std::string_view within, bool following,
                 Take&& take) const {
  const Wanted wanted{range_of(within),
                      !audience.roles.empty(),
                      !audience.hazards.empty(),
                      !audience.vulnerabilities.empty(),
                      mask(roles_, audience.roles),
                      mask(hazards_, audience.hazards),
                      mask(vulnerabilities_, audience.vulnerabilities)};
  Met met(people_);
  const auto tell = [&](std::uint32_t line) {
    if (wanted.fits(lines_[line]) && met.insert(lines_[line].person)) take(line);
  };
  const auto look = [&](std::uint32_t line) {
    if (wanted.within.has(lines_[line].division)) tell(line);
  };
  const auto found = each_line(area, look);
  if (!following || follows_.empty()) return;
  std::vector<Range> ranges;
  for (const std::string& division : area.divisions) ranges.push_back(range_of(division));
  std::set<std::uint64_t> homes;
  found.visit([&](std::uint32_t line) { homes.insert(lines_[line].division); });
  for (const auto& [division, lines] : follows_) {
    const Range range = range_of(division);
    const auto home = homes.lower_bound(range.first);
    const bool concerned = (home != homes.end() && range.has(*home)) ||
                           std::ranges::any_of(ranges, [&](const Range& r) { return r.touches(range); });
    if (concerned && range.touches(wanted.within)) std::ranges::for_each(lines, tell);
  }
}

std::int64_t Index::count(const warning::Area& area, const warning::Audience& audience, std::string_view within) const {
  std::int64_t people = 0;
  each(area, audience, within, true, [&](std::uint32_t) { ++people; });
  return people;
}

std::vector<std::int64_t> Index::collect(const warning::Area& area, const warning::Audience& audience,
                                         std::string_view within) const {
  std::vector<std::int64_t> ids;
  each(area, audience, within, true, [&](std::uint32_t line) { ids.push_back(lines_[line].id); });
  return ids;
}

// Whoever lives elsewhere is nobody's to be called. Of the lines of one person in one division the one with the
// earliest role counts.
std::vector<Index::Bearer> Index::bearers(const warning::Area& area, const std::vector<std::string>& roles,
                                          std::string_view within) const {
  std::vector<std::uint64_t> bits;
  for (const std::string& role : roles) bits.push_back(mask(roles_, {role}));
  const Range own = range_of(within);
  std::set<std::uint64_t> homes;
  std::map<std::pair<std::uint64_t, std::uint32_t>, std::pair<std::size_t, std::int64_t>> borne;
  std::uint64_t last = kNone;  // lines of one division mostly come one behind the other
  each_line(area, [&](std::uint32_t number) {
    const Line& line = lines_[number];
    if (!own.has(line.division)) return;
    if (line.division != last) homes.insert(last = line.division);
    const auto role = std::ranges::find_if(bits, [&](std::uint64_t bit) { return (bit & line.roles) != 0; });
    if (role == bits.end()) return;
    const std::pair one(static_cast<std::size_t>(role - bits.begin()), line.id);
    const auto [found, first] = borne.try_emplace({line.division, line.person}, one);
    if (!first) found->second = std::min(found->second, one);
  });
  std::vector<Bearer> found;
  for (const auto& [where, one] : borne) found.push_back({one.second, digits_of(where.first), one.first});
  for (const std::string& division : area.divisions)
    if (const auto code = padded(division, '0'); own.has(code)) homes.insert(code);
  add_unborne(found, homes, roles.size());
  std::ranges::sort(found, {}, [](const Bearer& b) { return std::tie(b.division, b.role, b.id); });
  return found;
}

}  // namespace anlan::contacts
