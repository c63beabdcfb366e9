#include "platform/sql/postgres_store.h"

#include <poll.h>

#include "platform/sql/postgres_connection.h"

namespace anlan::sql::postgres {
namespace {

// One process makes the schemas, another that starts with it waits; the number is nobody else's.
constexpr const char* kForm = R"(
BEGIN;
SELECT pg_advisory_xact_lock(4137052026);
CREATE SCHEMA IF NOT EXISTS vault;
CREATE SCHEMA IF NOT EXISTS journal;
CREATE SCHEMA IF NOT EXISTS view;
CREATE TABLE IF NOT EXISTS journal.writer (locked INTEGER PRIMARY KEY);
INSERT INTO journal.writer SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM journal.writer);
COMMIT;
)";

// A session that only listens. Where it is lost, every wait says that something may have happened, until it is back.
class PostgresWatch final : public Watch {
 public:
  explicit PostgresWatch(std::string url) : url_(std::move(url)) {}

  bool wait(std::chrono::milliseconds longest) override {
    try {
      if (!session_) listen();
      return notified(longest);
    } catch (const ConnectionLost&) {
      session_.reset();
      ::poll(nullptr, 0, static_cast<int>(longest.count()));
      return true;
    }
  }

 private:
  void listen() {
    session_ = std::make_unique<Session>(url_, false);
    session_->execute("LISTEN " + std::string(kChannel));
    plain_ = session_->leave_pipeline();
  }

  bool notified(std::chrono::milliseconds longest) {
    pollfd ready{PQsocket(plain_), POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(longest.count())) <= 0) return false;
    if (PQconsumeInput(plain_) == 0) throw ConnectionLost(PQerrorMessage(plain_));
    bool any = false;
    while (PGnotify* notice = PQnotifies(plain_)) {
      PQfreemem(notice);
      any = true;
    }
    return any;
  }

  const std::string url_;
  std::unique_ptr<Session> session_;
  PGconn* plain_ = nullptr;
};

}  // namespace

bool is_url(std::string_view where) { return where.starts_with("postgresql://") || where.starts_with("postgres://"); }

std::unique_ptr<Connection> open(const std::string& url, Access access) {
  if (access == Access::kWrite) Session(url, true).execute(kForm);
  return std::make_unique<PostgresConnection>(url, access);
}

void remove_view(const std::string& url) { Session(url, true).execute("DROP SCHEMA IF EXISTS view CASCADE"); }

std::unique_ptr<Watch> watch(const std::string& url) { return std::make_unique<PostgresWatch>(url); }

}  // namespace anlan::sql::postgres
