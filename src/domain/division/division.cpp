#include "domain/division/division.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "base/tsv.h"

namespace anlan::division {
namespace {

// By the length of the code and the zeros at its end.
std::optional<Level> level_of(std::string_view code) {
  if (!std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  if (code.size() == 12) return Level::kVillage;
  if (code.size() == 9) return Level::kTown;
  if (code.size() != 6) return std::nullopt;
  if (code.ends_with("0000")) return Level::kProvince;
  return code.ends_with("00") ? Level::kCity : Level::kCounty;
}

// The code of the parent that follows from a code; empty for a province.
std::string parent_code(std::string_view code, Level level) {
  switch (level) {
    case Level::kProvince:
      return {};
    case Level::kCity:
      return std::string(code.substr(0, 2)) + "0000";
    case Level::kCounty:
      return std::string(code.substr(0, 4)) + "00";
    case Level::kTown:
      return std::string(code.substr(0, 6));
    case Level::kVillage:
      return std::string(code.substr(0, 9));
  }
  return {};
}

// An empty cell is a regular division.
std::optional<Kind> kind_of(std::string_view cell) {
  if (cell.empty()) return Kind::kRegular;
  if (cell == "pseudo") return Kind::kPseudo;
  if (cell == "zone") return Kind::kZone;
  return std::nullopt;
}

std::optional<double> number(std::string_view cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

}  // namespace

Result<Divisions> Divisions::parse(std::vector<std::string> tables, std::string_view points) {
  Divisions out;
  std::size_t bytes = 0;
  for (auto& table : tables) {
    bytes += table.size();
    out.texts_.push_back(std::make_unique<std::string>(std::move(table)));
  }
  out.keys_ = std::make_unique<std::string>();
  out.keys_->reserve(2 * bytes);
  WrittenParents written;
  for (const auto& text : out.texts_)
    if (auto failure = out.read_table(*text, written)) return *failure;
  if (auto failure = out.link(written)) return *failure;
  if (auto failure = out.locate(points)) return *failure;
  return out;
}

std::optional<Failure> Divisions::read_table(std::string_view text, WrittenParents& written) {
  return read_tsv(text, [&](const TsvRow& row) -> std::optional<Failure> {
    const auto level = level_of(row[0]);
    const auto kind = kind_of(row[3]);
    const auto valid = parse_validity(row[5], row[6]);
    if (!level) return row.fault("no code of a division");
    if (row[1].empty()) return row.fault("no name");
    if (!kind) return row.fault("no kind of division");
    if (!valid) return row.fault("no validity");
    Division d;
    static_cast<LookupName&>(d) = lookup_name(row[1], row[2], *keys_);
    d.code = row[0];
    d.level = *level;
    d.kind = *kind;
    d.valid = *valid;
    if (!row[4].empty()) written[d.code] = row[4];
    all_.push_back(d);
    return std::nullopt;
  });
}

// Children stand behind one another in the order of their codes.
std::optional<Failure> Divisions::link(const WrittenParents& written) {
  std::sort(all_.begin(), all_.end(), [](const Division& a, const Division& b) {
    return a.code != b.code ? a.code < b.code : a.valid.from < b.valid.from;
  });
  links_.resize(all_.size());
  for (std::size_t i = all_.size(); i-- > 0;) {
    const auto irregular = written.find(all_[i].code);
    const std::string code =
        irregular != written.end() ? std::string(irregular->second) : parent_code(all_[i].code, all_[i].level);
    if (code.empty()) continue;
    const auto parent = index(code);
    if (parent == kNone) return Failure{"division " + std::string(all_[i].code) + ": its parent is not there"};
    links_[i].parent = parent;
    links_[i].next_sibling = links_[parent].first_child;
    links_[parent].first_child = static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

std::optional<Failure> Divisions::locate(std::string_view points) {
  return read_tsv(points, [&](const TsvRow& row) -> std::optional<Failure> {
    const auto at = index(row[0]);
    const auto lng = number(row[1]), lat = number(row[2]);
    if (at == kNone) return row.fault("point of a division that is not there");
    if (!lng || !lat) return row.fault("no point");
    all_[at].point = LngLat{*lng, *lat};
    all_[at].schematic = row[3] == "schematic";
    return std::nullopt;
  });
}

// By halving; kNone where there is no such code.
std::uint32_t Divisions::index(std::string_view code) const {
  const auto behind =
      std::ranges::upper_bound(all_, code, {}, [](const Division& d) -> std::string_view { return d.code; });
  const bool found = behind != all_.begin() && std::prev(behind)->code == code;
  return found ? static_cast<std::uint32_t>(behind - all_.begin() - 1) : kNone;
}

const Division* Divisions::find(std::string_view code) const {
  const auto at = index(code);
  return at == kNone || all_[at].valid.to != Day::max() ? nullptr : &all_[at];
}

const Division* Divisions::find(std::string_view code, Instant at) const {
  for (auto i = index(code); i != kNone && all_[i].code == code; i = i == 0 ? kNone : i - 1)
    if (all_[i].valid.covers(at)) return &all_[i];
  return nullptr;
}

// Past levels that only stand in (市辖区, 省直辖县级行政区划).
std::uint32_t Divisions::real_parent(std::uint32_t i) const {
  do i = links_[i].parent;
  while (i != kNone && all_[i].kind == Kind::kPseudo);
  return i;
}

const Division* Divisions::parent(const Division& d) const {
  const auto at = real_parent(index(d));
  return at == kNone ? nullptr : &all_[at];
}

void Divisions::add_children(std::uint32_t of, std::vector<const Division*>& to) const {
  for (auto i = links_[of].first_child; i != kNone; i = links_[i].next_sibling) {
    if (all_[i].kind == Kind::kPseudo)
      add_children(i, to);
    else if (all_[i].valid.to == Day::max())
      to.push_back(&all_[i]);
  }
}

std::vector<const Division*> Divisions::children(std::string_view code) const {
  std::vector<const Division*> out;
  if (const auto at = index(code); at != kNone) add_children(at, out);
  return out;
}

std::string Divisions::path(const Division& d) const {
  std::string out(d.name);
  bool has_city = d.level == Level::kCity;
  for (auto i = real_parent(index(d)); i != kNone && !has_city; i = real_parent(i)) {
    out.insert(0, all_[i].name);
    has_city = all_[i].level == Level::kCity;
  }
  return out;
}

bool Divisions::inside(std::uint32_t i, std::uint32_t ancestor) const {
  while (i != kNone && i != ancestor) i = links_[i].parent;
  return i != kNone;
}

bool Divisions::inside(std::string_view code, std::string_view ancestor) const {
  const auto i = index(code), a = index(ancestor);
  return i != kNone && a != kNone && inside(i, a);
}

std::optional<Nearby> Divisions::nearest(LngLat from, Level level) const {
  std::optional<Nearby> best;
  for (const Division& d : all_) {
    if (d.level != level || !d.point) continue;
    const double distance = distance_m(from, *d.point);
    if (!best || distance < best->distance_m) best = Nearby{&d, distance};
  }
  return best;
}

}  // namespace anlan::division
