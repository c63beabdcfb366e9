#pragma once
// The tree of divisions, looked up by code, name, pinyin and place.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/division/types.h"

namespace anlan::division {

struct Query {
  std::string_view text;  // characters, pinyin or initials; "寿光 羊口", "寿光羊口" and "sgyk" also name ancestors
  std::string_view under = {};  // only inside this division
  std::string_view home = {};   // the node's own city: its divisions come first
  std::size_t limit = 10;
};

// The distance is along the ground (haversine), to the division's point and not to its border.
struct Nearby {
  const Division* division;
  double distance_m;
};

// Immutable after parse(); any number of threads may read it. Pointers it answers with live as long as it does; none
// is null unless that is said.
class Divisions {
 public:
  // `tables`: texts of data/divisions/*.tsv (format: README.md there), villages after or before the country;
  // `points`: text of points-CODE.tsv or empty. Fails with the line at fault: a bad code, date or number, a parent or
  // a located division that is not in the tables. About 30 ms for the country.
  static Result<Divisions> parse(std::vector<std::string> tables, std::string_view points);

  // As it is now (the version without an end); null where there is none.
  const Division* find(std::string_view code) const;
  // As it was on that day; null where it was not.
  const Division* find(std::string_view code, Instant at) const;
  // Also of one that was abolished: incidents of its time bear its code.
  bool ever(std::string_view code) const { return index(code) != kNone; }

  // Null for a province. Pseudo levels are passed over, upward and downward.
  const Division* parent(const Division&) const;
  std::vector<const Division*> children(std::string_view code) const;
  // 潍坊市寿光市羊口镇: from the city down, a province by its own name. Cities under a province that is a city itself
  // (直辖市) begin with it.
  std::string path(const Division&) const;
  // Whether `code` is `ancestor` or lies in it. Unknown codes lie nowhere.
  bool inside(std::string_view code, std::string_view ancestor) const;

  // Best first: the home city, then exact, prefix, inside of the name, then shorter names, then higher levels. A place
  // elsewhere comes before the home city's only where its characters fit far better.
  std::vector<const Division*> search(const Query&) const;
  // Among those with a point; nothing where none has one.
  std::optional<Nearby> nearest(LngLat, Level) const;

  std::size_t size() const { return all_.size(); }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Links {
    std::uint32_t parent = kNone, first_child = kNone, next_sibling = kNone;
  };

  // Code → the parent written in its row, where that does not follow from the code.
  using WrittenParents = std::map<std::string_view, std::string_view>;

  std::optional<Failure> read_table(std::string_view text, WrittenParents&);
  std::optional<Failure> link(const WrittenParents&);
  std::optional<Failure> locate(std::string_view points);

  std::uint32_t index(std::string_view code) const;
  std::uint32_t index(const Division& d) const { return static_cast<std::uint32_t>(&d - all_.data()); }
  std::uint32_t real_parent(std::uint32_t) const;
  bool inside(std::uint32_t, std::uint32_t ancestor) const;
  void add_children(std::uint32_t, std::vector<const Division*>&) const;
  NameMatch match_path(std::string_view text, std::uint32_t) const;

  std::vector<std::unique_ptr<std::string>> texts_;
  std::unique_ptr<std::string> keys_;  // pinyin and initials, reserved once so that views into it stay
  std::vector<Division> all_;          // by code, then by validity
  std::vector<Links> links_;           // beside all_
};

}  // namespace anlan::division
