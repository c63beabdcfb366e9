#include "view/handovers.h"

#include "codec/fact.h"
#include "domain/incident/facts.h"

namespace anlan::view {
namespace {

// One row an incident: an offer takes the place of the one before.
struct Apply {
  sql::Connection& sql;
  const journal::Fact& fact;
  std::string incident, organisation;  // whose stream it is, of a party's

  void operator()(const incident::Offered& f) {
    sql.prepare(
           "INSERT INTO handover (incident, world, sender, receiver, epoch, offer, reason, offered_at, waits) "
           "SELECT id, world, organisation, ?, ?, ?, ?, ?, 1 FROM incident WHERE id = ? AND epoch < ? "
           "ON CONFLICT (incident) DO UPDATE SET sender = excluded.sender, receiver = excluded.receiver, "
           "epoch = excluded.epoch, offer = excluded.offer, reason = excluded.reason, "
           "offered_at = excluded.offered_at, waits = 1")
        .bind(f.to)
        .bind(f.epoch)
        .bind(f.offer)
        .bind(f.reason)
        .bind(to_ms(fact.recorded_at))
        .bind(incident)
        .bind(f.epoch)
        .run();
  }
  void operator()(const incident::OfferWithdrawn& f) { answered(f.to, f.epoch, f.offer); }
  void operator()(const incident::OfferAccepted& f) { answered(organisation, f.epoch, f.offer); }
  void operator()(const incident::OfferRejected& f) { answered(organisation, f.epoch, f.offer); }
  void operator()(const incident::Released& f) { over(f.epoch); }
  void operator()(const incident::TakenOver& f) { over(f.epoch); }
  template <class Other>
  void operator()(const Other&) {}

 private:
  void answered(const std::string& by, std::int64_t epoch, std::int64_t offer) {
    sql.prepare("UPDATE handover SET waits = 0 WHERE incident = ? AND receiver = ? AND epoch = ? AND offer = ?")
        .bind(incident)
        .bind(by)
        .bind(epoch)
        .bind(offer)
        .run();
  }
  void over(std::int64_t epoch) {
    sql.prepare("UPDATE handover SET waits = 0 WHERE incident = ? AND epoch <= ?").bind(incident).bind(epoch).run();
  }
};

}  // namespace

void Handovers::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.handover (
  incident TEXT PRIMARY KEY, world TEXT NOT NULL, sender TEXT NOT NULL, receiver TEXT NOT NULL, epoch INTEGER NOT NULL,
  offer INTEGER NOT NULL, reason TEXT NOT NULL, offered_at INTEGER NOT NULL, waits INTEGER NOT NULL,
  UNIQUE (receiver, waits, world, offered_at, incident));
)");
}

void Handovers::drop(sql::Connection& sql) { sql.execute("DROP TABLE IF EXISTS view.handover"); }

void Handovers::apply(sql::Connection& sql, const journal::Fact& fact) {
  if (const auto segment = incident::segment_of(fact.stream)) {
    if (const auto known = codec::known<incident::Fact>(fact.type, fact.body))
      std::visit(Apply{sql, fact, segment->incident, {}}, *known);
  } else if (const auto known = codec::known<incident::PartyFact>(fact.type, fact.body)) {
    const auto id = fact.stream.find('/') + 1, end = fact.stream.rfind('/');
    std::visit(Apply{sql, fact, fact.stream.substr(id, end - id), fact.stream.substr(end + 1)}, *known);
  }
}

std::vector<OfferRow> awaiting_answer(sql::Connection& sql, const std::string& receiver, const std::string& world) {
  auto& rows = sql.prepare(
      "SELECT incident, sender, receiver, reason, offered_at FROM handover "
      "WHERE receiver = ? AND waits = 1 AND world = ? ORDER BY offered_at, incident");
  rows.bind(receiver).bind(world);
  std::vector<OfferRow> found;
  while (rows.step())
    found.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)),
                     std::string(rows.text(3)), from_ms(rows.integer(4))});
  return found;
}

}  // namespace anlan::view
