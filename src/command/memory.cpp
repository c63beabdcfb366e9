#include "command/memory.h"

#include <algorithm>
#include <charconv>

#include "base/mutation.h"
#include "codec/fact.h"
#include "command/id.h"

namespace anlan::command {
namespace {

std::string_view prefix_of(std::string_view stream) { return stream.substr(0, stream.find('/')); }

std::string beginning_of_number(int year, const std::string& world) {
  return (world == kReal ? "" : "D") + std::to_string(year) + "-";
}

// The count in "2026-0001" where "2026-" is its beginning, else 0.
int count_in(std::string_view number, std::string_view beginning) {
  int count = 0;
  if (number.starts_with(beginning))
    std::from_chars(number.data() + beginning.size(), number.data() + number.size(), count);
  return count;
}

}  // namespace

Memory::Memory(journal::sql_connection& sql) : sql_(sql), directory_(Directory::read(sql)) {}

template <class State>
void Memory::absorb_into(const journal::Fact& fact) {
  const std::string id = state::Stored<State>::id_of(fact.stream);
  auto& shelf = std::get<Shelf<State>>(shelves_);
  const auto streams = state::Stored<State>::streams(id);
  const bool begins = fact.version == 1 && !streams.names.empty() && fact.stream == streams.names.front();
  const auto found = begins ? shelf.try_emplace(id).first : shelf.find(id);
  if (found == shelf.end()) return;
  if (found->second.world.empty()) found->second.world = fact.world;
  state::Stored<State>::absorb(found->second.state, id, fact);
}

void Memory::absorb_into_incident(const journal::Fact& fact) {
  auto& shelf = std::get<Shelf<incident::Incident>>(shelves_);
  const auto segment = incident::segment_of(fact.stream);
  const auto found = segment ? shelf.find(segment->incident) : shelf.end();
  const bool anew =
      found != shelf.end() && (fact.type == incident::TakenOver::kType || segment->epoch < found->second.state.epoch);
  if (anew)
    shelf.erase(found);
  else
    absorb_into<incident::Incident>(fact);
}

void Memory::absorb(const journal::Fact& fact) {
  if (Directory::concerns(fact)) {
    directory_.absorb(fact);
    directory_changed_ = true;
    return;
  }
  const std::string_view prefix = prefix_of(fact.stream);
  if (prefix == "incident") {
    absorb_into_incident(fact);
    if (fact.type == incident::Opened::kType && !ANLAN_PLANTED("numbers not counted")) count(fact);
  } else if (prefix == "parties") {
    absorb_into<incident::Parties>(fact);
  } else if (prefix == "report" || prefix == "receipt") {
    absorb_into<report::Report>(fact);
  } else if (prefix == "instruction") {
    absorb_into<instruction::Instruction>(fact);
  } else if (prefix == "candidate") {
    absorb_into<candidate::Candidate>(fact);
  } else if (prefix == "warning") {
    absorb_into<warning::Warning>(fact);
  } else if (prefix == "callout") {
    absorb_into<callout::Callout>(fact);
  } else if (prefix == "reach") {
    absorb_into<reach::Reach>(fact);
  } else if (prefix == "alert") {
    absorb_into<alert::Alert>(fact);
  } else if (prefix == "clocks") {
    absorb_into<clock::Clocks>(fact);
  } else if (prefix == "duty") {
    absorb_into<duty::Shift>(fact);
  }
}

void Memory::count(const journal::Fact& opened) {
  const auto o = std::get<incident::Opened>(codec::decode<incident::Fact>(opened.type, opened.body));
  int& last = numbers_[{opened.world, o.organisation}];
  last = std::max(last, count_in(o.number, beginning_of_number(numbers_year_, opened.world)));
}

// Ids rise with time, so those of a year stand together.
std::string Memory::next_number(int year, const std::string& world, const std::string& organisation) {
  if (numbers_year_ != year) {
    numbers_year_ = year;
    numbers_.clear();
    for (const auto& opened :
         journal::first_facts(sql_, "incident/" + time_in_id(from_china_time(year, 1, 1)), "incident/"))
      if (opened.type == incident::Opened::kType) count(opened);
  }
  std::string digits = std::to_string(numbers_[{world, organisation}] + 1);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return beginning_of_number(year, world) + digits;
}

}  // namespace anlan::command
