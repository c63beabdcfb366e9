#pragma once
// The states of the nouns as their facts have made them: in which streams they lie, and how to read them back.

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "domain/alert/alert.h"
#include "domain/callout/callout.h"
#include "domain/candidate/candidate.h"
#include "domain/clock/clock.h"
#include "domain/duty/duty.h"
#include "domain/incident/incident.h"
#include "domain/instruction/instruction.h"
#include "domain/reach/reach.h"
#include "domain/report/report.h"
#include "domain/warning/warning.h"
#include "journal/streams.h"

namespace anlan::state {

// How a state lies in the journal: its streams, and how a fact changes it.
// `streams`: one or more, each written by one organisation; a report's state is made of its sender's stream and its
// receiver's. `id_of`: of one of them, the id of the state. `absorb`: facts in order of position; the id is given,
// because a state without facts does not know its own. A type that only a later release knows changes nothing.
template <class State>
struct Stored;

#define ANLAN_STORED(State)                                                  \
  template <>                                                                \
  struct Stored<State> {                                                     \
    static journal::Streams streams(const std::string& id);                  \
    static std::string id_of(std::string_view stream);                       \
    static void absorb(State&, const std::string& id, const journal::Fact&); \
  }
ANLAN_STORED(incident::Incident);
ANLAN_STORED(incident::Parties);
ANLAN_STORED(report::Report);
ANLAN_STORED(instruction::Instruction);
ANLAN_STORED(candidate::Candidate);
ANLAN_STORED(warning::Warning);
ANLAN_STORED(alert::Alert);
ANLAN_STORED(callout::Callout);  // id: "WARNING/ORGANISATION"
ANLAN_STORED(reach::Reach);      // the same
ANLAN_STORED(clock::Clocks);     // id: "INCIDENT/ORGANISATION"
ANLAN_STORED(duty::Shift);       // id: organisation
#undef ANLAN_STORED

// Puts facts of incidents into the order of their segments, without those that a later owner did not know when it took
// over (incident::TakenOver): so they make the same state in whichever order they came.
void order_segments(std::vector<journal::Fact>&);

// The state of one id read from its streams. `world` receives the world of its facts, unchanged where there are none.
// `upto`: as it was at that moment; of a stream nothing counts behind a fact that is later, since clocks are set back.
template <class State>
State replay(journal::sql_connection& sql, const std::string& id, std::string* world = nullptr,
             Instant upto = Instant::max()) {
  auto facts = journal::read_streams(sql, Stored<State>::streams(id));
  std::set<std::string> over;
  std::erase_if(facts, [&](const journal::Fact& fact) {
    if (fact.recorded_at > upto) over.insert(fact.stream);
    return over.contains(fact.stream);
  });
  if constexpr (std::is_same_v<State, incident::Incident>) order_segments(facts);
  State state{};
  for (const auto& fact : facts) Stored<State>::absorb(state, id, fact);
  if (world && !facts.empty()) *world = facts.front().world;
  return state;
}

// Of many ids, in their order; one without facts is as new.
template <class State>
std::vector<State> replay_all(journal::sql_connection& sql, const std::vector<std::string>& ids) {
  static_assert(!std::is_same_v<State, incident::Incident>, "segments have an order of their own");
  journal::Streams all;
  std::map<std::string, std::size_t> which;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    auto streams = Stored<State>::streams(ids[i]);
    std::ranges::move(streams.names, std::back_inserter(all.names));
    std::ranges::move(streams.under, std::back_inserter(all.under));
    which[ids[i]] = i;
  }
  std::vector<State> states(ids.size());
  for (const auto& fact : journal::read_streams(sql, all)) {
    const std::size_t i = which.at(Stored<State>::id_of(fact.stream));
    Stored<State>::absorb(states[i], ids[i], fact);
  }
  return states;
}

// Who is on duty: the last taking over says all, and a desk is taken over for years.
duty::Shift shift_of(journal::sql_connection&, const std::string& organisation);

}  // namespace anlan::state
