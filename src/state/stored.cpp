#include "state/stored.h"

#include "codec/fact.h"

namespace anlan::state {

std::vector<std::string> Stored<incident::Incident>::streams(const std::string& id) { return {"incident/" + id}; }
void Stored<incident::Incident>::absorb(incident::Incident& s, const std::string& id, const journal::Fact& f) {
  s.id = id;
  incident::apply(s, codec::decode<incident::Fact>(f.type, f.body), f.recorded_at);
}

std::vector<std::string> Stored<incident::Parties>::streams(const std::string& id) { return {"parties/" + id}; }
void Stored<incident::Parties>::absorb(incident::Parties& s, const std::string&, const journal::Fact& f) {
  incident::apply(s, codec::decode<incident::PartyFact>(f.type, f.body), f.recorded_at);
}

// The sender's own and the receiver's answers.
std::vector<std::string> Stored<report::Report>::streams(const std::string& id) {
  return {"report/" + id, "receipt/" + id};
}
void Stored<report::Report>::absorb(report::Report& s, const std::string& id, const journal::Fact& f) {
  s.id = id;
  const report::Stamp stamp{f.recorded_at, f.actor};
  if (codec::is<report::Fact>(f.type))
    apply(s, codec::decode<report::Fact>(f.type, f.body), stamp);
  else
    apply(s, codec::decode<report::ReceiptFact>(f.type, f.body), stamp);
}

std::vector<std::string> Stored<instruction::Instruction>::streams(const std::string& id) {
  return {"instruction/" + id};
}
void Stored<instruction::Instruction>::absorb(instruction::Instruction& s, const std::string& id,
                                              const journal::Fact& f) {
  s.id = id;
  apply(s, codec::decode<instruction::Fact>(f.type, f.body), f.recorded_at, f.actor);
}

std::vector<std::string> Stored<candidate::Candidate>::streams(const std::string& id) { return {"candidate/" + id}; }
void Stored<candidate::Candidate>::absorb(candidate::Candidate& s, const std::string& id, const journal::Fact& f) {
  s.id = id;
  apply(s, codec::decode<candidate::Fact>(f.type, f.body), f.recorded_at);
}

std::vector<std::string> Stored<clock::Clocks>::streams(const std::string& id) { return {"clocks/" + id}; }
void Stored<clock::Clocks>::absorb(clock::Clocks& s, const std::string&, const journal::Fact& f) {
  apply(s, codec::decode<clock::Fact>(f.type, f.body), f.recorded_at);
}

std::vector<std::string> Stored<duty::Shift>::streams(const std::string& id) { return {"duty/" + id}; }
void Stored<duty::Shift>::absorb(duty::Shift& s, const std::string&, const journal::Fact& f) {
  apply(s, codec::decode<duty::Fact>(f.type, f.body), f.recorded_at);
}

duty::Shift shift_of(journal::sql_connection& sql, const std::string& organisation) {
  const std::string stream = Stored<duty::Shift>::streams(organisation).front();
  duty::Shift shift;
  for (const auto& fact : journal::read_stream(sql, stream, journal::version_of(sql, stream) - 1))
    Stored<duty::Shift>::absorb(shift, organisation, fact);
  return shift;
}

}  // namespace anlan::state
