#pragma once
// All contacts in memory, by place, division and words. Immutable: any number of threads may ask.
//
// About 60 bytes a contact. Somebody in several lists, or on several lines of one, counts once: two lines are one
// person where they have the same telephone, or the same mail address and no telephone.

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/warning/types.h"
#include "geo/point_index.h"

namespace anlan::contacts {

// A line of the store as the index wants it. `id`: of the store; `division`: of 6, 9 or 12 digits, of which one that is
// no number belongs to nobody's division; words as the site spells them, at most 63 of a kind told apart.
struct Entry {
  std::int64_t id = 0;
  std::string division;
  std::optional<LngLat> point;
  std::vector<std::string> roles, hazards, vulnerabilities;
  std::string person;                     // the same for the same person
  std::vector<std::string> follows = {};  // divisions as above, or wider ones
};

class Index {
 public:
  // Gathers entries one by one, so that the store need not be in memory twice.
  class Building {
   public:
    void add(const Entry&);
    Index finish() &&;

   private:
    friend class Index;
    std::uint64_t mask(std::unordered_map<std::string, int>& bits, const std::vector<std::string>& words);
    struct Line {
      std::int64_t id;
      std::uint64_t division, roles, hazards, vulnerabilities;
      std::uint32_t person;
    };
    std::vector<Line> lines_;
    std::vector<geo::Point> points_;
    std::map<std::string, std::vector<std::uint32_t>> follows_;
    std::unordered_map<std::string, std::uint32_t> people_;
    std::unordered_map<std::string, int> roles_, hazards_, vulnerabilities_;
  };

  Index() = default;

  // Of all lists.
  std::size_t lines() const { return lines_.size(); }
  // The same, each person once.
  std::size_t people() const { return people_; }

  // A millisecond or so for ten thousand of a million, most of it for telling people apart; the polygons alone a tenth
  // (bench/geo_bench).
  // How many people lie in the area, belong to the division `within` ("370700", "370783", "370783115") and to the
  // audience, each once. Who has no known place is found by division alone. Who follows a division is found where it
  // and the area have something in common, of a drawn area where somebody who lives in the one is found in the other.
  std::int64_t count(const warning::Area&, const warning::Audience&, std::string_view within) const;
  // Those who bear one of the roles, with the first of them that they bear: by division, then in the order of the
  // roles; whoever bears one in several divisions, in each. A division for which nobody bears one is there too, with
  // the id 0, if it is a town or smaller and contacts live in it or the area names it: neither anybody in it bears one
  // nor anybody of the whole town that it lies in.
  struct Bearer {
    std::int64_t id = 0;
    std::string division;  // of 6, 9 or 12 digits
    std::size_t role = 0;  // which of them; of nobody none
  };
  std::vector<Bearer> bearers(const warning::Area&, const std::vector<std::string>& roles,
                              std::string_view within) const;
  // Their ids in the store, of each person one, in an order that is the same each time.
  std::vector<std::int64_t> collect(const warning::Area&, const warning::Audience&, std::string_view within) const;

 private:
  using Line = Building::Line;
  struct Wanted;
  // Calls take(line number) for each person found; with those who live elsewhere where they follow.
  template <class Take>
  void each(const warning::Area&, const warning::Audience&, std::string_view within, bool following, Take&& take) const;
  // The same for every line of somebody who lives there, some more than once.
  template <class Look>
  geo::Selection each_line(const warning::Area&, Look&& look) const;
  static void add_unborne(std::vector<Bearer>&, const std::set<std::uint64_t>& homes, std::size_t no_role);
  std::uint64_t mask(const std::unordered_map<std::string, int>& bits, const std::vector<std::string>& words) const;

  std::vector<Line> lines_;
  std::vector<std::uint32_t> by_division_;  // numbers of lines
  geo::PointIndex places_;
  std::map<std::string, std::vector<std::uint32_t>> follows_;  // numbers of lines by division
  std::size_t people_ = 0;
  std::unordered_map<std::string, int> roles_, hazards_, vulnerabilities_;
};

}  // namespace anlan::contacts
