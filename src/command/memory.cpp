#include "command/memory.h"

#include <algorithm>
#include <charconv>

#include "codec/fact.h"

namespace anlan::command {
namespace {

std::string_view prefix_of(std::string_view stream) { return stream.substr(0, stream.find('/')); }
std::string rest_of(std::string_view stream) { return std::string(stream.substr(stream.find('/') + 1)); }

std::string number_of(const journal::Fact& opened) {
  return std::get<incident::Opened>(codec::decode<incident::Fact>(opened.type, opened.body)).number;
}

}  // namespace

Memory::Memory(journal::sql_connection& sql) : sql_(sql), directory_(Directory::read(sql)) {}

template <class State>
void Memory::absorb_into(const std::string& id, const journal::Fact& fact) {
  auto& shelf = std::get<Shelf<State>>(shelves_);
  const auto streams = state::Stored<State>::streams(id);
  const bool begins = fact.version == 1 && fact.stream == streams.front();
  const auto found = begins ? shelf.try_emplace(id).first : shelf.find(id);
  if (found == shelf.end()) return;
  if (found->second.world.empty()) found->second.world = fact.world;
  state::Stored<State>::absorb(found->second.state, id, fact);
}

void Memory::absorb(const journal::Fact& fact) {
  if (Directory::concerns(fact)) {
    directory_.absorb(fact);
    directory_changed_ = true;
    return;
  }
  const std::string_view prefix = prefix_of(fact.stream);
  const std::string id = rest_of(fact.stream);
  if (prefix == "incident") {
    absorb_into<incident::Incident>(id, fact);
    if (const auto last = last_numbers_.find(fact.world);
        last != last_numbers_.end() && fact.type == incident::Opened::kType)
      last->second = number_of(fact);
  } else if (prefix == "parties") {
    absorb_into<incident::Parties>(id, fact);
  } else if (prefix == "report" || prefix == "receipt") {
    absorb_into<report::Report>(id, fact);
  } else if (prefix == "instruction") {
    absorb_into<instruction::Instruction>(id, fact);
  } else if (prefix == "candidate") {
    absorb_into<candidate::Candidate>(id, fact);
  } else if (prefix == "clocks") {
    absorb_into<clock::Clocks>(id, fact);
  } else if (prefix == "duty") {
    absorb_into<duty::Shift>(id, fact);
  }
}

// Ids rise with time, so the incident begun last has the last number.
std::string Memory::next_number(int year, const std::string& world) {
  const auto [entry, is_new] = last_numbers_.try_emplace(world);
  if (is_new)
    if (const auto stream = journal::last_stream_under(sql_, "incident/", world))
      entry->second = number_of(journal::read_stream(sql_, *stream).front());
  const std::string& number = entry->second;
  const std::string this_year = (world == kReal ? "" : "D") + std::to_string(year) + "-";
  int last = 0;
  if (number.starts_with(this_year))
    std::from_chars(number.data() + this_year.size(), number.data() + number.size(), last);
  std::string digits = std::to_string(last + 1);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return this_year + digits;
}

}  // namespace anlan::command
