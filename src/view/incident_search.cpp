#include "view/incident_search.h"

#include <algorithm>
#include <variant>

#include "base/contained.h"
#include "view/incident_marks.h"

namespace anlan::view {
namespace {

// Matches beyond this are not counted.
constexpr std::int64_t kCounted = 1000;
// Lines of the list that a first walk looks at, and as many more each time as is worth while before marks are asked.
constexpr std::int64_t kWalk = 2000, kLongerWalk = 8000;
// So few on the first walk, and a page is filled sooner by marks.
constexpr std::int64_t kFew = 20;
// Words of a text looked for that marks are asked for; all must stand in what is found.
constexpr std::size_t kMarkedWords = 8;

// A pattern for LIKE in which nothing of the asker's is a wildcard.
std::string literal(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern;
}

// The parts of a filter: SQL text and, in the same order, what is bound.
class Conditions {
 public:
  void add(std::string condition, std::variant<std::string, std::int64_t> value) {
    text_ += (text_.empty() ? "" : " AND ") + std::move(condition);
    values_.push_back(std::move(value));
  }
  std::string where() const { return text_.empty() ? "" : " WHERE " + text_; }
  void bind_to(sql::Statement& s) const {
    for (const auto& value : values_) std::visit([&](const auto& v) { s.bind(v); }, value);
  }

 private:
  std::string text_;
  std::vector<std::variant<std::string, std::int64_t>> values_;
};

// One search. Ids in the order of the list.
class Search {
 public:
  Search(sql::Connection& sql, const IncidentFilter& filter) : sql_(sql), filter_(filter) {
    words_ = sought_words(filter.text);
    range_.add("organisation = ?", filter.organisation);
    range_.add("world = ?", filter.world);
    if (filter.state) range_.add("state = ?", std::string(name_of(*filter.state)));
    if (filter.grade && !filter.state) range_.add("grade = ?", std::string(name_of(*filter.grade)));
    if (filter.from) range_.add("learnt_at >= ?", to_ms(*filter.from));
    if (filter.to) range_.add("learnt_at < ?", to_ms(*filter.to));
    for (std::size_t i = 0; i < std::min(words_.size(), kMarkedWords); ++i)
      std::ranges::move(marks_of_word(words_[i]), std::back_inserter(marks_));
    if (!filter.type.empty()) marks_.push_back(type_mark(filter.type));
    if (!filter.division.empty()) marks_.push_back(division_mark(filter.division));
  }

  // Those that fit among the latest `lines`, at most `most`.
  std::vector<std::string> walk(std::int64_t lines, std::int64_t most) {
    Conditions narrow = narrowed("l.", "(SELECT i.", " FROM incident i WHERE i.id = l.incident)");
    const bool both = filter_.state && filter_.grade;  // then the part of the list that is walked is that of the state
    if (both) narrow.add("l.grade = ?", std::string(name_of(*filter_.grade)));
    auto rows = sql_.once("SELECT l.incident FROM (SELECT incident, learnt_at, type, division" +
                          std::string(both ? ", grade" : "") + " FROM listing" + range_.where() +
                          " ORDER BY learnt_at DESC, incident DESC LIMIT ?) l" + narrow.where() +
                          " ORDER BY l.learnt_at DESC, l.incident DESC LIMIT ?");
    range_.bind_to(*rows);
    rows->bind(lines);
    narrow.bind_to(*rows);
    rows->bind(most);
    return ids(*rows);
  }

  bool longer_than(std::int64_t lines) {
    auto row = sql_.once("SELECT incident FROM listing" + range_.where() +
                         " ORDER BY learnt_at DESC, incident DESC LIMIT 1 OFFSET ?");
    range_.bind_to(*row);
    row->bind(lines);
    return row->step();
  }

  bool has_marks() const { return !marks_.empty(); }

  // All that fit, by their marks, at most `most`.
  std::vector<std::string> marked(std::int64_t most) {
    Conditions narrow = narrowed("i.", "i.", "");
    narrow.add("i.world = ?", filter_.world);
    if (filter_.state) narrow.add("i.state = ?", std::string(name_of(*filter_.state)));
    if (filter_.grade) narrow.add("i.grade = ?", std::string(name_of(*filter_.grade)));
    if (filter_.from) narrow.add("i.learnt_at >= ?", to_ms(*filter_.from));
    if (filter_.to) narrow.add("i.learnt_at < ?", to_ms(*filter_.to));
    auto rows = sql_.once("SELECT i.id FROM (" + sql_.marked("incident_marks") +
                          ") m JOIN incident i ON i.opened = m.marked JOIN party p ON p.incident = i.id "
                          "AND p.organisation = ?" +
                          narrow.where() + " ORDER BY i.learnt_at DESC, i.id DESC LIMIT ?");
    rows->bind(sql_.all_of(marks_)).bind(filter_.organisation);
    narrow.bind_to(*rows);
    rows->bind(most);
    return ids(*rows);
  }

 private:
  // What marks promise, and the owner. Where a column of the list stands, and one of the incident, which is looked up
  // for each line that is walked: an engine that guesses how rare a text is may read every incident instead.
  Conditions narrowed(const std::string& line, const std::string& inside, const std::string& of_line) const {
    Conditions narrow;
    if (!filter_.type.empty()) narrow.add(line + "type LIKE ? ESCAPE '\\'", literal(filter_.type) + "%");
    if (!filter_.division.empty()) narrow.add(line + "division LIKE ? ESCAPE '\\'", literal(filter_.division) + "%");
    for (const std::string& word : words_)
      narrow.add(inside + "search" + of_line + " LIKE ? ESCAPE '\\'", "%" + literal(word) + "%");
    if (!filter_.owner.empty()) narrow.add(inside + "organisation" + of_line + " = ?", filter_.owner);
    return narrow;
  }
  static std::vector<std::string> ids(sql::Statement& rows) {
    std::vector<std::string> result;
    while (rows.step()) result.emplace_back(rows.text(0));
    return result;
  }

  sql::Connection& sql_;
  const IncidentFilter& filter_;
  std::vector<std::string> words_, marks_;
  Conditions range_;
};

}  // namespace

IncidentPage find_incidents(sql::Connection& sql, const IncidentFilter& filter, std::int64_t offset,
                            std::int64_t limit) {
  Search search(sql, filter);
  const std::int64_t wanted = offset + limit, most = std::max(wanted, kCounted) + 1;
  std::vector<std::string> ids;
  IncidentPage page;
  for (std::int64_t lines = std::max(kWalk, 2 * wanted);; lines *= 4) {
    ids = search.walk(lines, most);
    page.total = std::ssize(ids);
    page.more = page.total == most;
    if (page.more || !search.longer_than(lines)) break;
    if (search.has_marks() && (page.total < kFew || lines >= kLongerWalk)) {
      ids = search.marked(most);
      page.total = std::ssize(ids);
      page.more = page.total == most;
      break;
    }
    page.more = page.total > wanted;
    if (page.more) break;
  }
  if (page.total == most) --page.total;
  const auto first = std::min(offset, std::ssize(ids));
  const auto last = std::min(wanted, std::ssize(ids));
  page.rows = incident_rows(sql, {ids.begin() + first, ids.begin() + last});
  return page;
}

}  // namespace anlan::view
