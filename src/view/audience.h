#pragma once
// Who may see which fact. An organisation sees the facts of the streams that it is in the scope of, from the moment it
// comes into scope. Who was told of an incident (by a report, a call, an instruction, an offer) sees all that its owner
// and its parties say of it, also what they said before, and the clocks that ran for it.
//
//   scope    (stream, organisation)            who gets the facts of this stream from now on
//   told     (incident, organisation)          who may know of the incident
//   merged   (ended, going_on)                 of incidents: who is told of the one is told of the other
//   party    (organisation, incident)          those who have learnt of it: who was told on a node far away has not yet
//   audience (organisation, position, since)   who sees the fact at this position, and since which position
//   story    (incident, position)              all facts that tell of an incident

#include <map>
#include <string>
#include <vector>

#include "journal/start.h"

namespace anlan::view {

// Must come first among the views of a fact: others ask it who takes part.
class Audience final : public journal::Projection {
 public:
  std::string_view name() const override { return "audience"; }
  int revision() const override { return 7; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// The incident of which the facts of a stream tell: "I" of "incident/I@2", of "parties/I/ORGANISATION" and of
// "report/I.ORGANISATION.r1". Of streams that tell of none, whatever stands there.
std::string incident_of(std::string_view stream);

// The organisations that see the facts from one position to another, both included. Facts of register, accounts and
// personal data have none: they are for the audit alone.
std::multimap<journal::Position, std::string> audience_between(sql::Connection&, journal::Position from,
                                                               journal::Position to);

// Facts of a world that `organisation` may see, after one position and up to another, at most `limit`, in order.
std::vector<journal::Fact> visible_after(sql::Connection&, const std::string& organisation, const std::string& world,
                                         journal::Position after, journal::Position upto, std::int64_t limit);

// What `organisation` may see of an incident, in order.
// Empty for an organisation that takes no part. All worlds: an incident is of one.
std::vector<journal::Fact> story(sql::Connection&, const std::string& incident, const std::string& organisation);

// Whether a stream was told to the organisation.
bool sees_stream(sql::Connection&, const std::string& organisation, const std::string& stream);
// Whether the organisation may know that the incident exists. The answer of every page begins here.
bool is_party(sql::Connection&, const std::string& incident, const std::string& organisation);
// Ids, sorted; not in the order of joining.
std::vector<std::string> parties(sql::Connection&, const std::string& incident);

// The position up to which the views have followed the journal.
using journal::seen;

}  // namespace anlan::view
