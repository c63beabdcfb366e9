#include "view/incidents.h"

#include "base/contained.h"
#include "codec/fact.h"
#include "domain/incident/facts.h"
#include "state/stored.h"
#include "view/audience.h"
#include "view/incident_marks.h"

namespace anlan::view {
namespace {

template <class T>
sql::Statement& bind(sql::Statement& s, const std::optional<T>& value) {
  if (!value) return s.bind_null();
  if constexpr (std::is_same_v<T, Instant>)
    return s.bind(to_ms(*value));
  else
    return s.bind(*value);
}

// NULL is absent.
std::optional<Instant> instant(const sql::Statement& s, int column) {
  return s.is_null(column) ? std::nullopt : std::optional(from_ms(s.integer(column)));
}

constexpr std::string_view kColumns =
    "i.id, i.world, i.number, i.title, i.type, i.organisation, i.grade, i.grade_confirmed, i.state, i.division, "
    "i.address, i.lng, i.lat, i.occurred_at, i.learnt_at, i.updated_at, i.version, "
    "i.opened_by, i.epoch, i.released_to, "
    "i.dead, i.missing, i.serious, i.injured, i.trapped, i.evacuated, i.affected, i.loss_yuan, i.burnt_ha, i.magnitude";
constexpr int kFirstFigure = 20;

void bind_figures(sql::Statement& s, const grade::Figures& figures) {
  each_field<grade::Figures>([&](const auto& f) { bind(s, figures.*f.member); });
}

// A figure that was not stated stays absent; it never becomes a zero.
grade::Figures read_figures(const sql::Statement& s) {
  grade::Figures figures;
  int column = kFirstFigure;
  each_field<grade::Figures>([&](const auto& f) {
    auto& value = figures.*f.member;
    if (!s.is_null(column)) {
      if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::optional<double>>)
        value = s.real(column);
      else
        value = s.integer(column);
    }
    ++column;
  });
  return figures;
}

IncidentRow read_row(const sql::Statement& s) {
  IncidentRow row;
  row.id = s.text(0);
  row.world = s.text(1);
  row.number = s.text(2);
  row.title = s.text(3);
  row.type = s.text(4);
  row.organisation = s.text(5);
  row.grade = named<grade::Grade>(s.text(6)).value();
  row.grade_confirmed = s.integer(7) != 0;
  row.state = named<incident::State>(s.text(8)).value();
  row.place.division = s.text(9);
  if (!s.is_null(10)) row.place.address = s.text(10);
  if (!s.is_null(11)) row.place.point = LngLat{s.real(11), s.real(12)};
  row.occurred_at = instant(s, 13);
  row.learnt_at = from_ms(s.integer(14));
  row.updated_at = from_ms(s.integer(15));
  row.version = s.integer(16);
  row.opened_by = s.text(17);
  row.epoch = s.integer(18);
  if (!s.is_null(19)) row.released_to = s.text(19);
  row.figures = read_figures(s);
  return row;
}

// What an incident is found by beside its place in the lists.
struct FoundBy {
  std::string search, type, division;
  bool operator==(const FoundBy&) const = default;
};

std::vector<std::string> marks_of(const FoundBy& found) {
  auto marks = pair_marks(found.search);
  for (std::size_t size = 1; size <= found.type.size(); ++size)
    marks.push_back(type_mark(std::string_view(found.type).substr(0, size)));
  for (std::size_t size = 1; size <= found.division.size(); ++size)
    marks.push_back(division_mark(std::string_view(found.division).substr(0, size)));
  return marks;
}

// What a correction may move.
struct Place {
  std::int64_t opened = 0, learnt_at = 0;
  FoundBy found;
};

Place place_of(sql::Connection& sql, const std::string& id) {
  auto& row = sql.prepare("SELECT opened, learnt_at, search, type, division FROM incident WHERE id = ?");
  row.bind(id);
  ANLAN_ASSERT(row.step());
  Place place{
      row.integer(0), row.integer(1), {std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))}};
  row.reset();
  return place;
}

// Into the list of an organisation that has come to know of it.
void list(sql::Connection& sql, const journal::Fact& fact) {
  const auto joined = std::get<incident::Joined>(codec::decode<incident::PartyFact>(fact.type, fact.body));
  sql.prepare(
         "INSERT INTO listing (organisation, world, learnt_at, incident, state, grade, type, division) "
         "SELECT ?, world, learnt_at, id, state, grade, type, division FROM incident WHERE id = ? ON CONFLICT DO "
         "NOTHING")
      .bind(joined.organisation)
      .bind(joined.incident)
      .run();
}

// What it has become, in all lists that have it; `learnt_at`: under which they have it, where that was corrected. Each
// line by its whole key: a planner that knows nothing of a new table yet would go through all of it.
void relist(sql::Connection& sql, const std::string& id, std::optional<std::int64_t> learnt_at = std::nullopt) {
  auto& now = sql.prepare("SELECT world, learnt_at, state, grade, type, division FROM incident WHERE id = ?");
  now.bind(id);
  ANLAN_ASSERT(now.step());
  const std::string world(now.text(0)), state(now.text(2)), grade(now.text(3)), type(now.text(4)),
      division(now.text(5));
  const std::int64_t learnt = now.integer(1);
  now.reset();
  for (const std::string& organisation : parties(sql, id))
    sql.prepare(
           "UPDATE listing SET learnt_at = ?, state = ?, grade = ?, type = ?, division = ? "
           "WHERE organisation = ? AND world = ? AND learnt_at = ? AND incident = ?")
        .bind(learnt)
        .bind(state)
        .bind(grade)
        .bind(type)
        .bind(division)
        .bind(organisation)
        .bind(world)
        .bind(learnt_at.value_or(learnt))
        .bind(id)
        .run();
}

void bind_place(sql::Statement& s, const incident::Place& place) {
  bind(s.bind(place.division), place.address);
  place.point ? s.bind(place.point->lng).bind(place.point->lat) : s.bind_null().bind_null();
}

// Applies one fact of an incident to its row.
struct Apply {
  sql::Connection& sql;
  const journal::Fact& fact;
  std::string id;

  void operator()(const incident::Opened& f) {
    auto& s = sql.prepare(
        "INSERT INTO incident (opened, id, world, number, title, type, organisation, opened_by, epoch, begins, grade, "
        "grade_confirmed, state, division, address, lng, lat, occurred_at, learnt_at, updated_at, version, search, "
        "dead, missing, serious, injured, "
        "trapped, evacuated, affected, loss_yuan, burnt_ha, magnitude) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 0, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    s.bind(fact.position)
        .bind(id)
        .bind(fact.world)
        .bind(f.number)
        .bind(f.title)
        .bind(f.type)
        .bind(f.organisation)
        .bind(f.organisation)
        .bind(name_of(f.grade));
    s.bind(f.grade_confirmed ? 1 : 0);
    bind_place(s, f.place);
    bind(s, f.occurred_at).bind(to_ms(f.learnt_at)).bind(to_ms(fact.recorded_at));
    const std::string search = folded(f.number + "\n" + f.title + "\n" + f.place.address.value_or("") + "\n" +
                                      f.unit.value_or("") + "\n" + f.summary);
    s.bind(search);
    bind_figures(s, f.figures);
    s.run();
    sql.mark("incident_marks", fact.position, {}, marks_of({search, f.type, f.place.division}));
  }
  void operator()(const incident::Corrected& f) {
    const Place before = place_of(sql, id);
    correct(f);
    const Place now = place_of(sql, id);
    if (before.found != now.found) sql.mark("incident_marks", now.opened, marks_of(before.found), marks_of(now.found));
    relist(sql, id, before.learnt_at);
  }
  void operator()(const incident::FiguresStated& f) {
    if (!f.statement.adopted) return;
    auto& s = sql.prepare(
        "UPDATE incident SET dead = COALESCE(?, dead), missing = COALESCE(?, missing), serious = COALESCE(?, serious), "
        "injured = COALESCE(?, injured), trapped = COALESCE(?, trapped), evacuated = COALESCE(?, evacuated), "
        "affected = COALESCE(?, affected), loss_yuan = COALESCE(?, loss_yuan), burnt_ha = COALESCE(?, burnt_ha), "
        "magnitude = COALESCE(?, magnitude) WHERE id = ?");
    bind_figures(s, f.statement.figures);
    s.bind(id).run();
    if (!f.proposal) return;
    sql.prepare("UPDATE incident SET grade = ? WHERE id = ? AND grade_confirmed = 0")
        .bind(name_of(f.proposal->grade))
        .bind(id)
        .run();
    relist(sql, id);
  }
  void operator()(const incident::Graded& f) {
    sql.prepare("UPDATE incident SET grade = ?, grade_confirmed = 1 WHERE id = ?")
        .bind(name_of(f.grade))
        .bind(id)
        .run();
    relist(sql, id);
  }
  void operator()(const incident::Closed&) { set_state(incident::State::kClosed); }
  void operator()(const incident::Reopened&) { set_state(incident::State::kOpen); }
  void operator()(const incident::Merged&) { set_state(incident::State::kMerged); }
  void operator()(const incident::Absorbed&) {}
  void operator()(const incident::Offered&) {}
  void operator()(const incident::OfferWithdrawn&) {}
  void operator()(const incident::Released& f) {
    sql.prepare("UPDATE incident SET released_to = ? WHERE id = ?").bind(f.to).bind(id).run();
  }
  void operator()(const incident::TakenOver& f) {
    sql.prepare("UPDATE incident SET organisation = ?, epoch = ?, begins = ?, released_to = NULL WHERE id = ?")
        .bind(f.organisation)
        .bind(f.epoch)
        .bind(f.from)
        .bind(id)
        .run();
  }

 private:
  void correct(const incident::Corrected& f) {
    auto& s = sql.prepare(
        "UPDATE incident SET title = COALESCE(?, title), type = COALESCE(?, type), "
        "occurred_at = COALESCE(?, occurred_at), learnt_at = COALESCE(?, learnt_at), "
        "grade = CASE WHEN grade_confirmed = 0 THEN COALESCE(?, grade) ELSE grade END, "
        "search = CASE WHEN LENGTH(search) < 20000 THEN search || ? ELSE search END "
        "WHERE id = ?");
    bind(bind(bind(bind(s, f.title), f.type), f.occurred_at), f.learnt_at);
    f.grade ? s.bind(name_of(*f.grade)) : s.bind_null();
    const auto address = f.place ? f.place->address : std::nullopt;
    s.bind(folded("\n" + f.title.value_or("") + "\n" + address.value_or("") + "\n" + f.unit.value_or("") + "\n" +
                  f.summary.value_or("")))
        .bind(id)
        .run();
    if (!f.place) return;
    auto& place = sql.prepare("UPDATE incident SET division = ?, address = ?, lng = ?, lat = ? WHERE id = ?");
    bind_place(place, *f.place);
    place.bind(id).run();
  }
  void set_state(incident::State state) {
    sql.prepare("UPDATE incident SET state = ? WHERE id = ?").bind(name_of(state)).bind(id).run();
    relist(sql, id);
  }
};

// What the row says of the segments.
struct Standing {
  std::int64_t epoch = 1, version = 0;
};

// Nothing where it has not begun here.
std::optional<Standing> standing_of(sql::Connection& sql, const std::string& id) {
  auto& row = sql.prepare("SELECT epoch, version FROM incident WHERE id = ?");
  row.bind(id);
  const auto standing = row.step() ? std::optional(Standing{row.integer(0), row.integer(1)}) : std::nullopt;
  row.reset();
  return standing;
}

// Made anew from the facts that count: those that a former owner left behind may have been followed before.
void refold(sql::Connection& sql, const std::string& id) {
  const auto i = state::replay<incident::Incident>(sql, id);
  const Place before = place_of(sql, id);
  auto& s = sql.prepare(
      "UPDATE incident SET title = ?, type = ?, grade = ?, grade_confirmed = ?, state = ?, division = ?, address = ?, "
      "lng = ?, lat = ?, occurred_at = ?, learnt_at = ?, dead = ?, missing = ?, serious = ?, injured = ?, trapped = ?, "
      "evacuated = ?, affected = ?, loss_yuan = ?, burnt_ha = ?, magnitude = ? WHERE id = ?");
  s.bind(i.now.title).bind(i.now.type).bind(name_of(i.now.grade)).bind(i.now.grade_confirmed ? 1 : 0);
  bind_place(s.bind(name_of(i.state)), i.now.place);
  bind(s, i.now.occurred_at).bind(to_ms(i.now.learnt_at));
  bind_figures(s, i.now.figures);
  s.bind(id).run();
  const Place now = place_of(sql, id);
  if (before.found != now.found) sql.mark("incident_marks", now.opened, marks_of(before.found), marks_of(now.found));
  relist(sql, id, before.learnt_at);
}

// Of one whose later segments were here before it began: a node that was given back its own facts has what it took over
// before it has what was there.
void catch_up_with_owners(sql::Connection& sql, const std::string& id, std::int64_t opened) {
  const std::string later = "incident/" + id + "@";
  const auto was_here = [&](const journal::Fact& first) { return first.position < opened; };
  if (std::ranges::none_of(journal::first_facts(sql, later, later), was_here)) return;
  const auto i = state::replay<incident::Incident>(sql, id);
  auto& s = sql.prepare(
      "UPDATE incident SET organisation = ?, epoch = ?, begins = ?, version = ?, released_to = ? WHERE id = ?");
  s.bind(i.owner).bind(i.epoch).bind(i.version - journal::version_of(sql, i.stream())).bind(i.version);
  i.released ? s.bind(i.released->to) : s.bind_null();
  s.bind(id).run();
  refold(sql, id);
}

}  // namespace

// Figures are columns, so that lists show them without replaying anything.
// State and grade stand first in their indices: a planner that knows nothing of a new table yet takes none of them for
// the key. They hold all that a walk looks at: otherwise the whole list would be walked instead.
// `search`: what was ever said of it as texts are compared; nothing is taken out, and nothing added beyond 20,000
// characters, since all of it is marked anew with each correction and a tsvector holds a megabyte at most.
void Incidents::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.incident (
  opened INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, world TEXT NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL,
  type TEXT NOT NULL, organisation TEXT NOT NULL, opened_by TEXT NOT NULL, epoch INTEGER NOT NULL,
  begins INTEGER NOT NULL, released_to TEXT, grade TEXT NOT NULL, grade_confirmed INTEGER NOT NULL, state TEXT NOT NULL, division TEXT NOT NULL, address TEXT, lng REAL, lat REAL, occurred_at INTEGER,
  learnt_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, version INTEGER NOT NULL, search TEXT NOT NULL,
  dead INTEGER, missing INTEGER, serious INTEGER, injured INTEGER, trapped INTEGER, evacuated INTEGER,
  affected INTEGER, loss_yuan REAL, burnt_ha REAL, magnitude REAL, UNIQUE (number, id));
CREATE TABLE view.listing (
  organisation TEXT NOT NULL, world TEXT NOT NULL, learnt_at INTEGER NOT NULL, incident TEXT NOT NULL,
  state TEXT NOT NULL, grade TEXT NOT NULL, type TEXT NOT NULL, division TEXT NOT NULL,
  PRIMARY KEY (organisation, world, learnt_at, incident),
  UNIQUE (state, organisation, world, learnt_at, incident, grade, type, division),
  UNIQUE (grade, organisation, world, learnt_at, incident, type, division));
)");
  sql.create_marks("incident_marks");
}

void Incidents::drop(sql::Connection& sql) {
  for (const char* table : {"incident", "listing", "incident_marks"})
    sql.execute(std::string("DROP TABLE IF EXISTS view.") + table);
}

void Incidents::apply(sql::Connection& sql, const journal::Fact& fact) {
  if (fact.type == incident::Joined::kType) return list(sql, fact);
  const auto segment = incident::segment_of(fact.stream);
  if (!segment) return;
  const std::string& id = segment->incident;
  const auto before = standing_of(sql, id);
  if (!before && fact.type != incident::Opened::kType) return;
  if (before && segment->epoch < before->epoch) return refold(sql, id);
  if (const auto known = codec::known<incident::Fact>(fact.type, fact.body)) std::visit(Apply{sql, fact, id}, *known);
  sql.prepare("UPDATE incident SET version = begins + ?, updated_at = ? WHERE id = ?")
      .bind(fact.version)
      .bind(to_ms(fact.recorded_at))
      .bind(id)
      .run();
  if (fact.type == incident::Opened::kType) return catch_up_with_owners(sql, id, fact.position);
  if (fact.type == incident::TakenOver::kType && standing_of(sql, id)->version != before->version + 1) refold(sql, id);
}

// Nothing where there is none.
std::optional<IncidentRow> incident_row(sql::Connection& sql, const std::string& id) {
  static const std::string text = "SELECT " + std::string(kColumns) + " FROM incident i WHERE i.id = ?";
  auto& row = sql.prepare(text);
  row.bind(id);
  auto found = row.step() ? std::optional(read_row(row)) : std::nullopt;
  row.reset();
  return found;
}

std::vector<IncidentRow> incident_rows(sql::Connection& sql, const std::vector<std::string>& ids) {
  if (ids.empty()) return {};
  const auto rows = sql.once("SELECT " + std::string(kColumns) + " FROM incident i WHERE " + sql::one_of("i.id", ids));
  sql::bind_list(*rows, ids);
  std::map<std::string, IncidentRow> found;
  while (rows->step()) {
    auto row = read_row(*rows);
    found.emplace(row.id, std::move(row));
  }
  std::vector<IncidentRow> result;
  for (const std::string& id : ids)
    if (const auto row = found.find(id); row != found.end()) result.push_back(row->second);
  return result;
}

std::map<std::string, std::string> titles(sql::Connection& sql, const std::string& organisation,
                                          const std::vector<std::string>& incidents) {
  if (incidents.empty()) return {};
  const auto rows = sql.once("SELECT i.id, i.title FROM party p JOIN incident i ON i.id = p.incident WHERE " +
                             sql::one_of("p.incident", incidents) + " AND p.organisation = ?");
  sql::bind_list(*rows, incidents).bind(organisation);
  std::map<std::string, std::string> found;
  while (rows->step()) found.emplace(rows->text(0), rows->text(1));
  return found;
}

std::vector<std::string> incidents_numbered(sql::Connection& sql, const std::string& number) {
  auto& rows = sql.prepare("SELECT id FROM incident WHERE number = ? ORDER BY id LIMIT 100");
  rows.bind(number);
  std::vector<std::string> ids;
  while (rows.step()) ids.emplace_back(rows.text(0));
  return ids;
}

}  // namespace anlan::view
