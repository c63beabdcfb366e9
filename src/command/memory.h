#pragma once
// What the writer knows: the states that decisions are made on, rebuilt from the journal when they are not at hand.
// Belongs to the writer's thread.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "command/command.h"
#include "state/directory.h"
#include "state/stored.h"

namespace anlan::command {

using state::Directory;

// A cache of states over the journal: what is not at hand is replayed from its streams. After a rolled back command
// nothing of it may have been absorbed; absorbing comes after appending has succeeded.
class Memory {
 public:
  // Reads the directory.
  explicit Memory(journal::sql_connection&);

  // The state of `id` in `world`; an empty one where the journal has none there. Valid until the next absorb.
  template <class State>
  const State& get(const std::string& id, const std::string& world) {
    static const State kNone{};
    const auto& found = entry<State>(id);
    return found.world == world ? found.state : kNone;
  }
  // In which world there is something of that id; empty where there is nothing.
  template <class State>
  const std::string& world_of(const std::string& id) {
    return entry<State>(id).world;
  }
  // There is nothing of this id yet.
  template <class State>
  void begins(const std::string& id) {
    std::get<Shelf<State>>(shelves_).try_emplace(id);
  }
  // Person id of the leader on duty of an organisation, empty where no shift names one.
  std::string leader_on_duty(const std::string& organisation) {
    return get<duty::Shift>(organisation, std::string(kReal)).leader;
  }
  // Always whole and present; valid until the next absorb.
  const Directory& directory() const { return directory_; }
  // Since the last time that this was asked.
  bool directory_changed() { return std::exchange(directory_changed_, false); }

  // Lets every state at hand see the fact; states that are not at hand stay so.
  void absorb(const journal::Fact&);

  // "2026-0001": the number after the last one that the organisation gave in this year in this world. In a drill it
  // begins with D, and takes none away from what really happens.
  std::string next_number(int year, const std::string& world, const std::string& organisation);

 private:
  template <class State>
  struct Entry {
    State state{};
    std::string world;
  };
  template <class State>
  using Shelf = std::unordered_map<std::string, Entry<State>>;
  // Per noun. Open incidents of a city are some dozens; what falls off is read again.
  static constexpr std::size_t kShelfSize = 4096;  // a full shelf is emptied

  template <class State>
  Entry<State>& entry(const std::string& id) {
    auto& shelf = std::get<Shelf<State>>(shelves_);
    auto found = shelf.find(id);
    if (found == shelf.end()) {
      if (shelf.size() >= kShelfSize) shelf.clear();
      Entry<State> read;
      read.state = state::replay<State>(sql_, id, &read.world);
      found = shelf.emplace(id, std::move(read)).first;
    }
    return found->second;
  }
  template <class State>
  void absorb_into(const journal::Fact&);
  // One that was taken over is read anew, since what its owner before had recorded may count no longer.
  void absorb_into_incident(const journal::Fact&);
  void count(const journal::Fact& opened);

  journal::sql_connection& sql_;
  Directory directory_;
  bool directory_changed_ = true;
  int numbers_year_ = 0;
  std::map<std::pair<std::string, std::string>, int> numbers_;  // the last of that year, by world and organisation
  std::tuple<Shelf<incident::Incident>, Shelf<incident::Parties>, Shelf<report::Report>,
             Shelf<instruction::Instruction>, Shelf<candidate::Candidate>, Shelf<warning::Warning>, Shelf<alert::Alert>,
             Shelf<callout::Callout>, Shelf<reach::Reach>, Shelf<clock::Clocks>, Shelf<duty::Shift>>
      shelves_;
};

}  // namespace anlan::command
