#include "journal/copy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <variant>
#include <vector>

#include "journal/chain_check.h"
#include "journal/end_check.h"
#include "journal/schema.h"
#include "platform/sql/new_store.h"

namespace anlan::journal {
namespace {

// Rows that are in memory at once, and rows of one transaction: SQLite keeps what a transaction has changed in memory
// until it commits, and a commit waits for the disk.
constexpr std::int64_t kPage = 1000, kBatch = 10'000;

enum class Kind { kInteger, kText, kBlob };
struct Column {
  std::string_view name;
  Kind kind;
};
// In the order of docs/journal-format.md; the first `keys` columns are the primary key.
struct Table {
  std::string_view name;
  std::size_t keys;
  std::vector<Column> columns;
};

const Table& facts() {
  using enum Kind;
  static const Table table{"fact",
                           1,
                           {{"position", kInteger},
                            {"node", kText},
                            {"node_sequence", kInteger},
                            {"stream", kText},
                            {"version", kInteger},
                            {"type", kText},
                            {"occurred_at", kInteger},
                            {"recorded_at", kInteger},
                            {"actor", kText},
                            {"cause", kText},
                            {"world", kText},
                            {"body", kText},
                            {"previous_hash", kBlob},
                            {"hash", kBlob}}};
  return table;
}

// Those beside the facts, but for `migration`, which says last that the store is whole. Of the journal first: a node at
// work commits the vault before it, so the vault, looked at later, has every key.
const std::vector<Table>& others() {
  using enum Kind;
  static const std::vector<Table> tables{
      {"answer",
       2,
       {{"actor", kText},
        {"idempotency_key", kText},
        {"status", kInteger},
        {"body", kText},
        {"position", kInteger},
        {"digest", kBlob},
        {"sm3", kBlob}}},
      {"sealed", 1, {{"id", kText}, {"recorded_at", kInteger}, {"cipher", kBlob}, {"sm3", kBlob}}},
      {"block",
       2,
       {{"node", kText},
        {"first", kInteger},
        {"last", kInteger},
        {"root", kBlob},
        {"previous", kBlob},
        {"hash", kBlob},
        {"signature", kBlob}}},
      {"block_hash",
       4,
       {{"node", kText}, {"first", kInteger}, {"begins", kInteger}, {"leaves", kInteger}, {"hash", kBlob}}},
      {"witness",
       3,
       {{"node", kText},
        {"last", kInteger},
        {"seen_by", kText},
        {"hash", kBlob},
        {"signature", kBlob},
        {"seen_at", kInteger}}},
      {"own_node", 1, {{"node", kText}}},
      {"lost", 2, {{"node", kText}, {"first", kInteger}, {"last", kInteger}}},
      {"inbox", 1, {{"neighbour", kText}, {"since", kInteger}, {"position", kInteger}}},
      {"ahead", 1, {{"neighbour", kText}, {"noted_at", kInteger}}},
      {"returned", 2, {{"neighbour", kText}, {"upto", kInteger}, {"bytes", kBlob}}},
      {"outbox", 1, {{"neighbour", kText}, {"since", kInteger}, {"position", kInteger}, {"said_at", kInteger}}},
      {"quarantine",
       3,
       {{"neighbour", kText},
        {"origin", kText},
        {"what", kText},
        {"bytes", kBlob},
        {"first_at", kInteger},
        {"last_at", kInteger},
        {"times", kInteger}}},
      {"node_health",
       1,
       {{"node", kText},
        {"told_by", kText},
        {"address", kText},
        {"contact_at", kInteger},
        {"since", kInteger},
        {"position", kInteger},
        {"document", kText}}},
      {"seal_key", 1, {{"number", kInteger}, {"id", kText}, {"wrapped", kBlob}}},
      {"credential", 1, {{"subject", kText}, {"secret", kText}}}};
  return tables;
}

// Takes rows of one table, in transactions of kBatch.
class Filling {
 public:
  Filling(sql::Connection& target, const Table& table) : target_(target), table_(table.name) {
    for (const Column& column : table.columns) columns_.push_back(column.name);
  }

  void add(std::span<const sql::Value> row) {
    if (!bulk_) {
      target_.begin();
      bulk_ = target_.bulk(table_, columns_);
    }
    bulk_->add(row);
    if (++rows_ % kBatch == 0) finish();
  }
  void finish() {
    if (!bulk_) return;
    bulk_->finish();
    bulk_.reset();
    target_.commit();
  }

 private:
  sql::Connection& target_;
  const std::string_view table_;
  std::vector<std::string_view> columns_;
  std::unique_ptr<sql::Bulk> bulk_;
  std::int64_t rows_ = 0;
};

// What cannot be read or does not hold ends the writing; the rest is still looked at, for the report.
void copy_facts(sql::Connection& source, sql::Connection& target, Report& report, const Progress& progress) {
  const Position total = head(source);
  ChainCheck chain(source, report);
  Filling filling(target, facts());
  try {
    each_after(source, 0, [&](const Fact& f) {
      chain.see(f);
      if (!report.sound()) return;
      filling.add(std::array<sql::Value, 14>{f.position, std::string_view(f.node), f.node_sequence,
                                             std::string_view(f.stream), f.version, std::string_view(f.type),
                                             to_ms(f.occurred_at), to_ms(f.recorded_at), std::string_view(f.actor),
                                             std::string_view(f.cause), std::string_view(f.world),
                                             std::string_view(f.body), std::span(f.previous_hash), std::span(f.hash)});
      if (progress && report.facts % kBatch == 0) progress(report.facts, total);
    });
  } catch (const sql::Error& error) {
    if (!error.corrupt) throw;
    chain.skip(error.what());
  }
  if (report.sound()) filling.finish();
}

sql::Value value_in(const sql::Statement& row, int column, Kind kind) {
  switch (kind) {
    case Kind::kInteger:
      return row.integer(column);
    case Kind::kText:
      return row.text(column);
    default:
      return row.blob(column);
  }
}

// The rows behind a key, in the order of keys.
class Pages {
 public:
  Pages(sql::Connection& source, const Table& table) : table_(table) {
    std::string columns, keys, marks;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      columns.append(i == 0 ? "" : ", ").append(table.columns[i].name);
      if (i >= table.keys) continue;
      keys.append(i == 0 ? "" : ", ").append(table.columns[i].name);
      marks.append(i == 0 ? "?" : ", ?");
    }
    const std::string all = fmt::format("SELECT {} FROM {}", columns, table.name);
    first_ = source.once(fmt::format("{} ORDER BY {} LIMIT ?", all, keys));
    next_ = source.once(fmt::format("{} WHERE ({}) > ({}) ORDER BY {} LIMIT ?", all, keys, marks, keys));
  }

  // False where the last row has been visited.
  template <class Visit>
  bool visit(Visit&& visit) {
    sql::Statement& rows = last_.empty() ? *first_ : *next_;
    for (const Key& key : last_) std::visit([&](const auto& value) { rows.bind(value); }, key);
    rows.bind(kPage);
    std::int64_t count = 0;
    for (std::vector<sql::Value> row; rows.step(); ++count) {
      row.clear();
      for (std::size_t i = 0; i < table_.columns.size(); ++i)
        row.push_back(value_in(rows, static_cast<int>(i), table_.columns[i].kind));
      visit(row);
      if (count == kPage - 1) remember(row);
    }
    return count == kPage;
  }

 private:
  using Key = std::variant<std::int64_t, std::string>;

  void remember(const std::vector<sql::Value>& row) {
    std::vector<Key> keys;
    for (std::size_t i = 0; i < table_.keys; ++i)
      if (const auto* number = std::get_if<std::int64_t>(&row[i]))
        keys.emplace_back(*number);
      else
        keys.emplace_back(std::string(std::get<std::string_view>(row[i])));
    last_ = std::move(keys);
  }

  const Table& table_;
  std::unique_ptr<sql::Statement> first_, next_;
  std::vector<Key> last_;
};

void copy_rows(sql::Connection& source, sql::Connection& target, const Table& table) {
  Filling filling(target, table);
  Pages pages(source, table);
  while (pages.visit([&](const std::vector<sql::Value>& row) { filling.add(row); })) {
  }
  filling.finish();
}

// A row of `migration`.
struct Form {
  std::int64_t number;
  std::string name;
  std::int64_t applied_at;
};

std::vector<Form> forms_of(sql::Connection& sql) {
  auto& rows = sql.prepare("SELECT number, name, applied_at FROM migration ORDER BY number");
  std::vector<Form> forms;
  while (rows.step()) forms.push_back({rows.integer(0), std::string(rows.text(1)), rows.integer(2)});
  return forms;
}

void insert(sql::Connection& sql, const Form& form) {
  sql.prepare("INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)")
      .bind(form.number)
      .bind(form.name)
      .bind(form.applied_at)
      .run();
}

// In the writer's turn, in which nobody else can begin a node there.
void mark(sql::Connection& target, Instant now) {
  target.begin();
  if (head(target) > 0 || form_of(target) == kUnfinished) {
    target.rollback();
    throw TargetNotNew("somebody else has begun to write to the target");
  }
  insert(target, {kUnfinished, "a copy under way", to_ms(now)});
  target.commit();
}

void unmark(sql::Connection& target, const std::vector<Form>& forms) {
  target.begin();
  target.prepare("DELETE FROM migration").run();
  for (const Form& form : forms) insert(target, form);
  target.commit();
  target.checkpoint();
}

void require_present_form(sql::Connection& source) {
  const int form = form_of(source), present = migrations().back().number;
  if (form == kUnfinished) throw sql::Error("what is to be copied is itself a copy that was broken off");
  if (form != present)
    throw sql::Error(fmt::format(
        "what is to be copied has form {}, this program {}: start that node once with it first", form, present));
}

// What is the new store's own where its facts are another selection than the source's.
bool goes_with_facts(const Table& table) {
  constexpr std::array<std::string_view, 6> kWithFacts{"block",    "block_hash", "witness",
                                                       "own_node", "ahead",      "returned"};
  return std::ranges::find(kWithFacts, table.name) != kWithFacts.end();
}

// `fill` writes the facts, in transactions of its own; what else there is follows where the source was found sound.
CopyReport make(const std::string& from, const std::string& to, Instant now, bool whole,
                const std::function<void(sql::Connection&, sql::Connection&, Report&)>& fill) {
  CopyReport report;
  const auto source = sql::open(from, sql::Access::kInspect);
  require_present_form(*source);
  if (!sql::is_new(to)) throw TargetNotNew("the target is not new");
  EndCheck end(*source, report.source);
  if (!report.source.sound()) {  // by its files already: which fact stands there is told, and nothing written
    report.source = verify(from);
    return report;
  }
  const auto target = open(to, now);
  mark(*target, now);
  source->begin();
  fill(*source, *target, report.source);
  attempt(report.source, [&] { end.see_end(); });
  if (!report.source.sound()) return report;
  for (const Table& table : others())
    if (whole || !goes_with_facts(table)) copy_rows(*source, *target, table);
  const auto forms = forms_of(*source);
  source->rollback();
  report.target = verify(to);
  std::erase_if(report.target.problems, [](const Problem& p) { return p.kind == ProblemKind::kUnfinished; });
  if (report.target.sound() && (!whole || report.sound())) unmark(*target, forms);
  return report;
}

}  // namespace

CopyReport copy(const std::string& from, const std::string& to, Instant now, const Progress& progress) {
  return make(from, to, now, true, [&](sql::Connection& source, sql::Connection& target, Report& report) {
    copy_facts(source, target, report, progress);
  });
}

CopyReport build_from(const std::string& from, const std::string& to, Instant now,
                      const std::function<void(sql::Connection& source, sql::Connection& target)>& fill) {
  return make(from, to, now, false, [&](sql::Connection& source, sql::Connection& target, Report& report) {
    ChainCheck chain(source, report);
    each_after(source, 0, [&](const Fact& fact) { chain.see(fact); });
    if (report.sound()) fill(source, target);
  });
}

}  // namespace anlan::journal
