#pragma once
// A connection to a store kept in a PostgreSQL database: vault, journal and view are its schemas. See sql.h for the
// contract. Writes inside a transaction are queued and told of at the next read or commit.
//
// Writing connections take turns by the one row of journal.writer, locked from begin to commit: batches of several
// processes stand one behind the other, and whoever holds the row sees every fact before its own.

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/sql/postgres_session.h"
#include "platform/sql/sql.h"

namespace anlan::sql::postgres {

// Told to whoever listens when a transaction with changes has committed.
inline constexpr std::string_view kChannel = "anlan_journal";

class PostgresConnection final : public Connection {
 public:
  // From here to its end it holds the lock of its edition (see postgres_views.h). Makes the schemas where it writes.
  PostgresConnection(const std::string& url, Access, std::string_view edition);
  // To the schema `beside` alone, with a lock of its own for those who write there.
  struct Beside {
    std::string schema;
  };
  PostgresConnection(const std::string& url, Access, const Beside&);

  Statement& prepare(std::string_view literal) override;
  std::unique_ptr<Statement> once(std::string_view text) override;
  void execute(std::string_view text) override;
  std::int64_t changes() override;
  void begin() override;
  void commit() override;
  void rollback() override;
  bool lost() const override { return lost_ || session_.broken(); }
  bool checkpoint() override;
  bool scrub() override;
  std::unique_ptr<Bulk> bulk(std::string_view table, std::span<const std::string_view> columns) override;
  void create_marks(std::string_view index) override;
  void mark(std::string_view index, std::int64_t row, std::span<const std::string> before,
            std::span<const std::string> now) override;
  std::string marked(std::string_view index) const override;
  std::string all_of(std::span<const std::string> marks) const override;
  std::vector<std::string> read_whole(std::string_view select) override;
  std::vector<std::string> integrity() override;
  std::vector<std::string> view_databases() override;
  void forget_view_databases() override;
  std::string broken_tail(std::string_view database) override;

  // A statement's work: rows at once, or, inside a transaction, whenever it suits.
  Result ask(const std::string& text, std::span<const Parameter>);
  void tell(const std::string& text, std::span<const Parameter>);

 private:
  // One text may stand prepared for several types of parameters: NULL has none of its own.
  struct Prepared {
    std::string name;
    std::vector<Oid> types;
  };
  void set_up();
  void queue(const std::string& text, std::span<const Parameter>);
  const Prepared& prepared(const std::string& text, std::span<const Parameter>);
  void forget_oldest();
  // After a refusal nobody knows which of the queued statements were still prepared.
  Result collect();

  const Access access_;
  const std::string view_;    // schema of the view database
  const std::string locked_;  // schema of the row that writers lock
  Session session_;
  bool in_transaction_ = false, changed_ = false, lost_ = false;
  int names_ = 0;
  std::int64_t changes_ = 0;
  std::unordered_map<std::string, std::vector<Prepared>> prepared_;
  std::deque<std::string> order_;  // texts of prepared_, the oldest first
  std::unordered_map<std::string_view, std::unique_ptr<Statement>> statements_;
  std::set<std::string> texts_;  // of statements that are put together here and kept
};

}  // namespace anlan::sql::postgres
