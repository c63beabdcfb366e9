#pragma once
// The states of the nouns as their facts have made them: in which streams they lie, and how to read them back.

#include <algorithm>
#include <string>
#include <vector>

#include "domain/candidate/candidate.h"
#include "domain/clock/clock.h"
#include "domain/duty/duty.h"
#include "domain/incident/incident.h"
#include "domain/instruction/instruction.h"
#include "domain/report/report.h"
#include "journal/streams.h"

namespace anlan::state {

// How a state lies in the journal: its streams, and how a fact changes it.
// `streams`: one or more; a report's state is made of its sender's stream and its receiver's. `absorb`: facts in order
// of position; the id is given, because a state without facts does not know its own.
template <class State>
struct Stored;

#define ANLAN_STORED(State)                                                  \
  template <>                                                                \
  struct Stored<State> {                                                     \
    static std::vector<std::string> streams(const std::string& id);          \
    static void absorb(State&, const std::string& id, const journal::Fact&); \
  }
ANLAN_STORED(incident::Incident);
ANLAN_STORED(incident::Parties);
ANLAN_STORED(report::Report);
ANLAN_STORED(instruction::Instruction);
ANLAN_STORED(candidate::Candidate);
ANLAN_STORED(clock::Clocks);  // id: "INCIDENT/ORGANISATION"
ANLAN_STORED(duty::Shift);    // id: organisation
#undef ANLAN_STORED

// The state of one id read from its streams. `world` receives the world of its facts, unchanged where there are none.
// `upto`: as it was at that moment.
template <class State>
State replay(journal::sql_connection& sql, const std::string& id, std::string* world = nullptr,
             Instant upto = Instant::max()) {
  std::vector<journal::Fact> facts;
  for (const std::string& stream : Stored<State>::streams(id))
    for (auto& fact : journal::read_stream(sql, stream)) facts.push_back(std::move(fact));
  std::ranges::sort(facts, {}, &journal::Fact::position);
  State state{};
  for (const auto& fact : facts)
    if (fact.recorded_at <= upto) Stored<State>::absorb(state, id, fact);
  if (world && !facts.empty()) *world = facts.front().world;
  return state;
}

// Who is on duty: the last taking over says all, and a desk is taken over for years.
duty::Shift shift_of(journal::sql_connection&, const std::string& organisation);

}  // namespace anlan::state
