#include "state/stored.h"

#include <limits>

#include "codec/fact.h"

namespace anlan::state {
namespace {

// What follows the first word of a stream's name: all of it, or up to the organisation whose stream it is.
std::string rest_of(std::string_view stream) { return std::string(stream.substr(stream.find('/') + 1)); }
std::string shared_id(std::string_view stream) {
  const std::string rest = rest_of(stream);
  return rest.substr(0, rest.find('/'));
}

// By epoch.
using Segments = std::map<std::int64_t, std::vector<journal::Fact>>;

// The version of the incident behind which the segment begins.
std::int64_t beginning(const std::vector<journal::Fact>& segment) {
  if (segment.front().type != incident::TakenOver::kType) return 0;
  return std::get<incident::TakenOver>(codec::decode<incident::Fact>(incident::TakenOver::kType, segment.front().body))
      .from;
}

// From the last one on: what a segment has beyond the beginning of a later one is left behind.
void leave_behind(Segments& segments) {
  std::int64_t upto = std::numeric_limits<std::int64_t>::max();
  for (auto segment = segments.rbegin(); segment != segments.rend(); ++segment) {
    auto& facts = segment->second;
    const std::int64_t from = beginning(facts);
    std::erase_if(facts, [&](const journal::Fact& fact) { return from + fact.version > upto; });
    upto = std::min(upto, from);
  }
}

}  // namespace

void order_segments(std::vector<journal::Fact>& facts) {
  std::map<std::string, Segments> incidents;
  for (auto& fact : facts)
    if (const auto segment = incident::segment_of(fact.stream))
      incidents[segment->incident][segment->epoch].push_back(std::move(fact));
  facts.clear();
  for (auto& [id, segments] : incidents) {
    for (auto& [epoch, of_segment] : segments) std::ranges::sort(of_segment, {}, &journal::Fact::version);
    leave_behind(segments);
    for (auto& [epoch, of_segment] : segments) std::ranges::move(of_segment, std::back_inserter(facts));
  }
}

journal::Streams Stored<incident::Incident>::streams(const std::string& id) {
  return {{"incident/" + id}, {"incident/" + id + "@"}};
}
std::string Stored<incident::Incident>::id_of(std::string_view stream) {
  const std::string rest = rest_of(stream);
  return rest.substr(0, rest.find('@'));
}
void Stored<incident::Incident>::absorb(incident::Incident& s, const std::string& id, const journal::Fact& f) {
  s.id = id;
  if (const auto fact = codec::known<incident::Fact>(f.type, f.body)) apply(s, *fact, f.recorded_at);
}

// Each party's own.
journal::Streams Stored<incident::Parties>::streams(const std::string& id) { return {{}, {"parties/" + id + "/"}}; }
std::string Stored<incident::Parties>::id_of(std::string_view stream) { return shared_id(stream); }
void Stored<incident::Parties>::absorb(incident::Parties& s, const std::string&, const journal::Fact& f) {
  const auto fact = codec::known<incident::PartyFact>(f.type, f.body);
  if (fact) apply(s, *fact, f.recorded_at, f.stream.substr(f.stream.rfind('/') + 1));
}

// The sender's own and the receiver's answers.
journal::Streams Stored<report::Report>::streams(const std::string& id) {
  return {{"report/" + id, "receipt/" + id}, {}};
}
std::string Stored<report::Report>::id_of(std::string_view stream) { return rest_of(stream); }
void Stored<report::Report>::absorb(report::Report& s, const std::string& id, const journal::Fact& f) {
  s.id = id;
  const report::Stamp stamp{f.recorded_at, f.by()};
  if (const auto fact = codec::known<report::Fact>(f.type, f.body)) apply(s, *fact, stamp);
  if (const auto fact = codec::known<report::ReceiptFact>(f.type, f.body)) apply(s, *fact, stamp);
}

// The giver's own and the answers of each who was told.
journal::Streams Stored<instruction::Instruction>::streams(const std::string& id) {
  return {{"instruction/" + id}, {"instruction/" + id + "/"}};
}
std::string Stored<instruction::Instruction>::id_of(std::string_view stream) { return shared_id(stream); }
void Stored<instruction::Instruction>::absorb(instruction::Instruction& s, const std::string& id,
                                              const journal::Fact& f) {
  s.id = id;
  if (const auto fact = codec::known<instruction::Fact>(f.type, f.body)) apply(s, *fact, f.recorded_at, f.by());
}

journal::Streams Stored<candidate::Candidate>::streams(const std::string& id) { return {{"candidate/" + id}, {}}; }
std::string Stored<candidate::Candidate>::id_of(std::string_view stream) { return rest_of(stream); }
void Stored<candidate::Candidate>::absorb(candidate::Candidate& s, const std::string& id, const journal::Fact& f) {
  s.id = id;
  if (const auto fact = codec::known<candidate::Fact>(f.type, f.body)) apply(s, *fact, f.recorded_at);
}

journal::Streams Stored<warning::Warning>::streams(const std::string& id) { return {{"warning/" + id}, {}}; }
std::string Stored<warning::Warning>::id_of(std::string_view stream) { return rest_of(stream); }
void Stored<warning::Warning>::absorb(warning::Warning& s, const std::string& id, const journal::Fact& f) {
  s.id = id;
  if (const auto fact = codec::known<warning::Fact>(f.type, f.body)) apply(s, *fact, f.recorded_at, f.by());
}

// Whose it is stands in its name: something may be known of it before it has come.
journal::Streams Stored<alert::Alert>::streams(const std::string& id) { return {{"alert/" + id}, {}}; }
std::string Stored<alert::Alert>::id_of(std::string_view stream) { return rest_of(stream); }
void Stored<alert::Alert>::absorb(alert::Alert& s, const std::string& id, const journal::Fact& f) {
  s.id = id;
  s.organisation = id.substr(id.find('.') + 1);
  if (const auto fact = codec::known<alert::Fact>(f.type, f.body)) apply(s, *fact, f.recorded_at);
}

// Links are known by the numbers of calls on their node.
journal::Streams Stored<callout::Callout>::streams(const std::string& id) { return {{"callout/" + id}, {}}; }
std::string Stored<callout::Callout>::id_of(std::string_view stream) { return rest_of(stream); }
void Stored<callout::Callout>::absorb(callout::Callout& s, const std::string&, const journal::Fact& f) {
  if (const auto fact = codec::known<callout::Fact>(f.type, f.body))
    apply(s, *fact, {f.recorded_at, f.by(), f.node_sequence});
}

journal::Streams Stored<reach::Reach>::streams(const std::string& id) { return {{"reach/" + id}, {}}; }
std::string Stored<reach::Reach>::id_of(std::string_view stream) { return rest_of(stream); }
void Stored<reach::Reach>::absorb(reach::Reach& s, const std::string&, const journal::Fact& f) {
  if (const auto fact = codec::known<reach::Fact>(f.type, f.body)) apply(s, *fact, f.recorded_at);
}

journal::Streams Stored<clock::Clocks>::streams(const std::string& id) { return {{"clocks/" + id}, {}}; }
std::string Stored<clock::Clocks>::id_of(std::string_view stream) { return rest_of(stream); }
void Stored<clock::Clocks>::absorb(clock::Clocks& s, const std::string&, const journal::Fact& f) {
  if (const auto fact = codec::known<clock::Fact>(f.type, f.body)) apply(s, *fact, f.recorded_at);
}

journal::Streams Stored<duty::Shift>::streams(const std::string& id) { return {{"duty/" + id}, {}}; }
std::string Stored<duty::Shift>::id_of(std::string_view stream) { return rest_of(stream); }
void Stored<duty::Shift>::absorb(duty::Shift& s, const std::string&, const journal::Fact& f) {
  if (const auto fact = codec::known<duty::Fact>(f.type, f.body)) apply(s, *fact, f.recorded_at);
}

duty::Shift shift_of(journal::sql_connection& sql, const std::string& organisation) {
  const std::string stream = Stored<duty::Shift>::streams(organisation).names.front();
  duty::Shift shift;
  for (const auto& fact : journal::read_stream(sql, stream, journal::version_of(sql, stream) - 1))
    Stored<duty::Shift>::absorb(shift, organisation, fact);
  return shift;
}

}  // namespace anlan::state
