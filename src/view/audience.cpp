#include "view/audience.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/mutation.h"
#include "codec/fact.h"
#include "domain/callout/facts.h"
#include "domain/candidate/facts.h"
#include "domain/clock/facts.h"
#include "domain/duty/facts.h"
#include "domain/incident/facts.h"
#include "domain/instruction/facts.h"
#include "domain/organisation/facts.h"
#include "domain/reach/facts.h"
#include "domain/report/facts.h"
#include "domain/warning/facts.h"
#include "view/first_column.h"

namespace anlan::view {
namespace {

// The id within a stream's name.
std::string rest_of(std::string_view stream) { return std::string(stream.substr(stream.find('/') + 1)); }

// Streams whose facts belong to the story of an incident.
bool tells_of_incident(std::string_view stream) {
  for (const std::string_view prefix : {"incident/", "parties/", "report/", "receipt/", "instruction/", "clocks/"})
    if (stream.starts_with(prefix)) return true;
  return false;
}

// Those of its owner and its parties, which all who were told read.
bool says_of_incident(std::string_view stream) {
  return stream.starts_with("incident/") || stream.starts_with("parties/");
}

// Brings organisations into the scope of streams as a fact of the journal tells.
class Scope {
 public:
  Scope(sql::Connection& sql, const journal::Fact& fact) : sql_(sql), fact_(fact) {}

  void follow() {
    // Whose it is stands in its name: something may be known of it before it has come.
    if (fact_.version == 1 && fact_.stream.starts_with("alert/"))
      add(fact_.stream, fact_.stream.substr(fact_.stream.find('.') + 1));
    if (!changes_scope()) return;
    if (codec::is<incident::Fact>(fact_.type)) visit<incident::Fact>();
    if (codec::is<incident::PartyFact>(fact_.type)) visit<incident::PartyFact>();
    if (codec::is<report::Fact>(fact_.type)) visit<report::Fact>();
    if (codec::is<instruction::Fact>(fact_.type)) visit<instruction::Fact>();
    if (codec::is<clock::Fact>(fact_.type)) visit<clock::Fact>();
    if (codec::is<candidate::Fact>(fact_.type)) visit<candidate::Fact>();
    if (codec::is<warning::Fact>(fact_.type)) visit<warning::Fact>();
    if (codec::is<callout::Fact>(fact_.type)) visit<callout::Fact>();
    if (codec::is<reach::Fact>(fact_.type)) visit<reach::Fact>();
    if (codec::is<duty::Fact>(fact_.type)) visit<duty::Fact>();
    if (codec::is<organisation::Fact>(fact_.type)) visit<organisation::Fact>();
  }

 private:
  // Most facts do not, and are not read.
  bool changes_scope() const {
    static constexpr std::array kTypes{incident::Opened::kType,  incident::Joined::kType,   incident::Phoned::kType,
                                       incident::Offered::kType, incident::Referred::kType, incident::Merged::kType,
                                       report::Drafted::kType,   report::Sent::kType,       instruction::Given::kType,
                                       clock::Started::kType,    candidate::Offered::kType, organisation::Placed::kType,
                                       warning::Drafted::kType,  warning::Issued::kType,    callout::Opened::kType,
                                       reach::Counted::kType,    duty::TakenOver::kType};
    return std::ranges::find(kTypes, fact_.type) != kTypes.end();
  }
  template <class Variant>
  void visit() {
    std::visit([this](const auto& f) { on(f); }, codec::decode<Variant>(fact_.type, fact_.body));
  }
  // Facts that change nobody's scope.
  template <class Other>
  void on(const Other&) {}

  // The first one owns it.
  void on(const incident::Opened& f) { tell(incident_of(fact_.stream), f.organisation); }
  void on(const incident::Joined& f) {
    tell(f.incident, f.organisation);
    sql_.prepare("INSERT INTO party (organisation, incident) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(f.organisation)
        .bind(f.incident)
        .run();
  }
  void on(const incident::Phoned& f) {
    if (!ANLAN_PLANTED("calls tell nobody")) tell(incident_of(fact_.stream), f.report.to);
  }
  void on(const incident::Offered& f) {
    if (!ANLAN_PLANTED("offers tell nobody")) tell(incident_of(fact_.stream), f.to);
  }
  void on(const incident::Referred& f) { tell(f.ended, f.to); }
  // It is the same event: who knew of this one knows of the other, and the other's owner of this one.
  void on(const incident::Merged& f) {
    const std::string ended = incident_of(fact_.stream);
    sql_.prepare("INSERT INTO merged (ended, going_on) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(ended)
        .bind(f.into)
        .run();
    if (!ANLAN_PLANTED("merging tells nobody"))
      for (const std::string& organisation : told_of(ended)) tell(f.into, organisation);
    tell(ended, f.owner);
  }

  std::vector<std::string> told_of(const std::string& incident) {
    auto& rows = sql_.prepare("SELECT organisation FROM told WHERE incident = ? ORDER BY organisation");
    rows.bind(incident);
    return first_column(rows);
  }

  // Of the incident and of the one that goes on for it.
  void tell(const std::string& incident, const std::string& organisation) {
    for (std::vector<std::string> open{incident}; !open.empty();) {
      const std::string one = std::move(open.back());
      open.pop_back();
      if (!tell_one(one, organisation)) continue;
      auto& row = sql_.prepare("SELECT going_on FROM merged WHERE ended = ?");
      row.bind(one);
      for (std::string& going_on : first_column(row)) open.push_back(std::move(going_on));
    }
  }
  // What was said before is seen from now on. False where it was known.
  bool tell_one(const std::string& incident, const std::string& organisation) {
    auto& known = sql_.prepare("SELECT 1 FROM told WHERE incident = ? AND organisation = ?");
    known.bind(incident).bind(organisation);
    const bool was = known.step();
    known.reset();
    if (was) return false;
    sql_.prepare("INSERT INTO told (incident, organisation) VALUES (?, ?)").bind(incident).bind(organisation).run();
    sql_.prepare(
            "INSERT INTO audience (organisation, position, since) "
            "SELECT ?, position, ? FROM story WHERE incident = ? AND own = 1 ON CONFLICT DO NOTHING")
        .bind(organisation)
        .bind(fact_.position)
        .bind(incident)
        .run();
    if (fact_.type == incident::Opened::kType) return true;  // nothing has run before
    if (!ANLAN_PLANTED("clocks before stay")) tell_clocks(incident, organisation);
    return true;
  }
  // Those that ran for it.
  void tell_clocks(const std::string& incident, const std::string& organisation) {
    for (const std::string& stream : clocks_owed_to(incident, organisation)) {
      add(stream, organisation);
      sql_.prepare(
              "INSERT INTO audience (organisation, position, since) SELECT ?, s.position, ? FROM story s "
              "JOIN fact f ON f.position = s.position WHERE s.incident = ? AND f.stream = ? ON CONFLICT DO NOTHING")
          .bind(organisation)
          .bind(fact_.position)
          .bind(incident)
          .bind(stream)
          .run();
    }
  }
  // Streams of clocks that ran for it before it knew of the incident.
  std::set<std::string> clocks_owed_to(const std::string& incident, const std::string& organisation) {
    auto& rows = sql_.prepare(
        "SELECT f.stream, f.body FROM story s JOIN fact f ON f.position = s.position WHERE s.incident = ? AND f.type = "
        "?");
    rows.bind(incident).bind(clock::Started::kType);
    std::set<std::string> streams;
    while (rows.step()) {
      const auto started = std::get<clock::Started>(codec::decode<clock::Fact>(clock::Started::kType, rows.text(1)));
      if (started.to == organisation) streams.emplace(rows.text(0));
    }
    return streams;
  }
  void on(const report::Drafted& f) {
    add(fact_.stream, f.from);
    if (ANLAN_PLANTED("drafts are read")) add(fact_.stream, f.to);
    sql_.prepare("INSERT INTO report_receiver (report, sender, receiver) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(rest_of(fact_.stream))
        .bind(f.from)
        .bind(f.to)
        .run();
  }
  // Only now the receiver comes in; versions drafted later reach it when they are sent.
  void on(const report::Sent&) {
    const std::string report = rest_of(fact_.stream);
    auto& row = sql_.prepare("SELECT sender, receiver FROM report_receiver WHERE report = ?");
    row.bind(report);
    ANLAN_ASSERT(row.step());
    const std::string sender(row.text(0)), receiver(row.text(1));
    row.step();
    tell(incident_of(fact_.stream), receiver);
    // Only that it was sent: what the sender drafts next is its own until it is sent too.
    sql_.prepare("INSERT INTO audience (organisation, position, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(receiver)
        .bind(fact_.position)
        .bind(fact_.position)
        .run();
    add("receipt/" + report, receiver);
    if (!ANLAN_PLANTED("receipts stay")) add("receipt/" + report, sender);
  }
  void on(const instruction::Given& f) {
    concern(f.from, f.to);
    for (const std::string& to : f.to) {
      tell(f.incident, to);
      concern(to, f.to);
    }
  }
  // Each reads what all of them answer.
  void concern(const std::string& organisation, const std::vector<std::string>& receivers) {
    add(fact_.stream, organisation);
    for (const std::string& receiver : receivers) add(fact_.stream + "/" + receiver, organisation);
  }
  void on(const warning::Drafted& f) { add(fact_.stream, f.organisation); }
  // Whoever is told reads how it came to be.
  void on(const warning::Issued& f) {
    for (const std::string& organisation : f.to) {
      add(fact_.stream, organisation);
      sql_.prepare(
              "INSERT INTO audience (organisation, position, since) SELECT ?, position, ? FROM fact "
              "WHERE stream = ? AND position < ? ON CONFLICT DO NOTHING")
          .bind(organisation)
          .bind(fact_.position)
          .bind(fact_.stream)
          .bind(fact_.position)
          .run();
    }
  }
  void on(const callout::Opened& f) {
    add(fact_.stream, f.organisation);
    if (ANLAN_PLANTED("calling stays")) return;
    for (const std::string& organisation : f.to) add(fact_.stream, organisation);
  }
  void on(const reach::Counted& f) {
    add(fact_.stream, f.organisation);
    for (const std::string& organisation : f.to) add(fact_.stream, organisation);
  }
  void on(const clock::Started& f) {
    add(fact_.stream, f.organisation);
    if (!f.to || ANLAN_PLANTED("clocks stay")) return;
    sql_.prepare(
            "INSERT INTO scope (stream, organisation) SELECT ?, organisation FROM told "
            "WHERE incident = ? AND organisation = ? ON CONFLICT DO NOTHING")
        .bind(fact_.stream)
        .bind(f.incident)
        .bind(*f.to)
        .run();
  }
  void on(const candidate::Offered& f) { add(fact_.stream, f.organisation); }
  // What it may see comes into scope anew: its new node may have none of it.
  void on(const organisation::Placed&) {
    sql_.prepare("UPDATE audience SET since = ? WHERE organisation = ?")
        .bind(fact_.position)
        .bind(rest_of(fact_.stream))
        .run();
  }
  void on(const duty::TakenOver& f) { add(fact_.stream, f.organisation); }

  // Scope only grows: what somebody knows is not taken back.
  void add(const std::string& stream, const std::string& organisation) {
    sql_.prepare("INSERT INTO scope (stream, organisation) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(stream)
        .bind(organisation)
        .run();
  }

  sql::Connection& sql_;
  const journal::Fact& fact_;
};

}  // namespace

std::string incident_of(std::string_view stream) {
  const std::string rest = rest_of(stream);
  return rest.substr(0, rest.find_first_of("/.@"));
}

void Audience::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.scope (stream TEXT NOT NULL, organisation TEXT NOT NULL, PRIMARY KEY (stream, organisation));
CREATE TABLE view.told (incident TEXT NOT NULL, organisation TEXT NOT NULL, PRIMARY KEY (incident, organisation));
CREATE TABLE view.merged (ended TEXT PRIMARY KEY, going_on TEXT NOT NULL);
CREATE TABLE view.party (organisation TEXT NOT NULL, incident TEXT NOT NULL, PRIMARY KEY (organisation, incident),
  UNIQUE (incident, organisation));
CREATE TABLE view.report_receiver (report TEXT PRIMARY KEY, sender TEXT NOT NULL, receiver TEXT NOT NULL);
CREATE TABLE view.audience (organisation TEXT NOT NULL, position INTEGER NOT NULL, since INTEGER NOT NULL,
  PRIMARY KEY (organisation, position), UNIQUE (since, position, organisation));
CREATE TABLE view.story (incident TEXT NOT NULL, position INTEGER NOT NULL, own INTEGER NOT NULL,
  PRIMARY KEY (incident, position));
)");
}

void Audience::drop(sql::Connection& sql) {
  for (const char* table : {"scope", "told", "merged", "party", "report_receiver", "audience", "story"})
    sql.execute(std::string("DROP TABLE IF EXISTS view.") + table);
}

// Scope first, so that the fact that brings somebody in is seen by them too.
void Audience::apply(sql::Connection& sql, const journal::Fact& fact) {
  Scope(sql, fact).follow();
  const bool own = says_of_incident(fact.stream);
  if (tells_of_incident(fact.stream))
    sql.prepare("INSERT INTO story (incident, position, own) VALUES (?, ?, ?)")
        .bind(incident_of(fact.stream))
        .bind(fact.position)
        .bind(own ? 1 : 0)
        .run();
  sql.prepare(own ? "INSERT INTO audience (organisation, position, since) SELECT organisation, ?, ? FROM told "
                    "WHERE incident = ? ON CONFLICT DO NOTHING"
                  : "INSERT INTO audience (organisation, position, since) SELECT organisation, ?, ? FROM scope "
                    "WHERE stream = ? ON CONFLICT DO NOTHING")
      .bind(fact.position)
      .bind(fact.position)
      .bind(own ? incident_of(fact.stream) : fact.stream)
      .run();
}

namespace {

std::vector<journal::Fact> facts_at(sql::Connection& sql, sql::Statement& rows) {
  std::vector<journal::Position> positions;
  while (rows.step()) positions.push_back(rows.integer(0));
  return journal::read_at(sql, positions);
}

}  // namespace

std::multimap<journal::Position, std::string> audience_between(sql::Connection& sql, journal::Position from,
                                                               journal::Position to) {
  auto& rows =
      sql.prepare("SELECT position, organisation FROM audience WHERE since >= ? AND since <= ? AND position = since");
  rows.bind(from).bind(to);
  std::multimap<journal::Position, std::string> audience;
  while (rows.step()) audience.emplace(rows.integer(0), rows.text(1));
  return audience;
}

std::vector<journal::Fact> visible_after(sql::Connection& sql, const std::string& organisation,
                                         const std::string& world, journal::Position after, journal::Position upto,
                                         std::int64_t limit) {
  auto& rows = sql.prepare(
      "SELECT a.position FROM audience a JOIN fact f ON f.position = a.position "
      "WHERE a.organisation = ? AND a.position > ? AND a.position <= ? AND f.world = ? ORDER BY a.position LIMIT ?");
  rows.bind(organisation).bind(after).bind(upto).bind(world).bind(limit);
  return facts_at(sql, rows);
}

std::vector<journal::Fact> story(sql::Connection& sql, const std::string& incident, const std::string& organisation) {
  auto& rows = sql.prepare(
      "SELECT s.position FROM story s JOIN audience a ON a.position = s.position AND a.organisation = ? "
      "WHERE s.incident = ? ORDER BY s.position");
  rows.bind(organisation).bind(incident);
  return facts_at(sql, rows);
}

bool sees_stream(sql::Connection& sql, const std::string& organisation, const std::string& stream) {
  auto& row = sql.prepare("SELECT 1 FROM scope WHERE stream = ? AND organisation = ?");
  row.bind(stream).bind(organisation);
  const bool found = row.step();
  row.reset();
  return found;
}

bool is_party(sql::Connection& sql, const std::string& incident, const std::string& organisation) {
  auto& row = sql.prepare("SELECT 1 FROM party WHERE organisation = ? AND incident = ?");
  row.bind(organisation).bind(incident);
  const bool found = row.step();
  row.reset();
  return found;
}

std::vector<std::string> parties(sql::Connection& sql, const std::string& incident) {
  auto& rows = sql.prepare("SELECT organisation FROM party WHERE incident = ? ORDER BY organisation");
  rows.bind(incident);
  return first_column(rows);
}

}  // namespace anlan::view
