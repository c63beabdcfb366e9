#pragma once
// The part of verifying that looks at facts one after the other.

#include <bitset>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "journal/history.h"
#include "journal/verify.h"

namespace anlan::journal {

// Numbers from 1 on that have come, in any order: a bit each where they lie together.
class NumbersSeen {
 public:
  // False where it had come before, or is none.
  bool add(std::int64_t number);

 private:
  static constexpr std::int64_t kPage = 4096;
  std::map<std::int64_t, std::bitset<kPage>> pages_;
};

// Is shown every fact in the order of the file and adds to the report.
class ChainCheck {
 public:
  ChainCheck(sql::Connection&, Report&);

  void see(const Fact&);
  // The next fact cannot be read; what follows is judged without it.
  void skip(std::string_view why);
  // The position that is due.
  Position next() const { return next_; }

 private:
  void add(ProblemKind, const Fact&, std::string detail);
  void check_position(const Fact&);
  void check_link(const Fact&);
  void check_hash(const Fact&);
  void check_version(const Fact&);
  void check_sequence(const Fact&);
  void check_references(const Fact&);
  bool is_given_back(const Fact&) const;
  void check_reference(const Fact&, std::string_view id, std::string_view sm3);

  sql::Connection& sql_;
  Report& report_;
  Position next_ = 1;
  // Of the fact before. A changed one is told once, as itself: its follower may link to either of its hashes.
  bool linked_ = true;                             // the fact before was read
  bool next_to_it_ = true;                         // … and stands at the position before, unchanged
  Hash stored_{};                                  // its column
  Hash computed_{};                                // from its content
  std::size_t last_hash_problem_ = kMostProblems;  // index, where the fact before has one
  // Last numbers seen; grows with the number of streams, some tens of bytes each.
  std::unordered_map<std::string, std::int64_t> versions_;
  std::map<std::string, std::int64_t> own_;                 // of the nodes whose store this is
  std::vector<Lost> lost_;                                  // of them
  std::unordered_map<std::string, NumbersSeen> sequences_;  // of others; gaps are what was not meant for this node
};

}  // namespace anlan::journal
