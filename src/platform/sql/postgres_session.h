#pragma once
// One session with a PostgreSQL server, in libpq's pipeline mode: statements are sent without waiting for the outcome
// of those before, so a batch of writes costs one journey to the server and not one for each.

#include <libpq-fe.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/sql/postgres_value.h"
#include "platform/sql/sql.h"

namespace anlan::sql::postgres {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

// Used by one thread at a time. Throws ConnectionLost where the server is gone, cannot be reached, or has become a
// standby; UniqueViolation and Error where it refuses a statement, after which the transaction can only be rolled back.
class Session {
 public:
  // `url`: what libpq takes, postgresql://…; waits some seconds for a server that takes writes where `writes`.
  Session(const std::string& url, bool writes);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Queue one statement. Its outcome comes with the next collect().
  void send(const std::string& text);
  void send_prepare(const std::string& name, const std::string& text, std::span<const Oid> types);
  void send_prepared(const std::string& name, std::span<const Parameter>);
  // Waits for the outcome of everything queued and returns that of the last; throws the first refusal.
  Result collect();
  // Types of the parameters of a prepared statement, as the server has understood them.
  std::vector<Oid> describe(const std::string& name);
  // Statements without parameters and rows, several at once, when everything queued is done.
  void execute(const std::string& text);
  // The same, and the details of what the server says of it, in its language.
  std::vector<std::string> details_of(const std::string& text);

  // For COPY and notices, outside of the pipeline; give the pipeline back before anything is queued.
  PGconn* leave_pipeline();
  void enter_pipeline();
  bool nothing_queued() const { return queued_ == 0; }
  // As much as should be: libpq reads while it writes, and keeps the outcomes. Time to collect().
  bool crowded() const { return queued_ >= kMostQueued; }
  bool broken() const;

 private:
  static constexpr int kMostQueued = 4096;
  [[noreturn]] void fail(const PGresult*);
  void queued(int accepted);

  PGconn* connection_ = nullptr;
  std::vector<std::string> details_;  // of notices
  int queued_ = 0;
};

}  // namespace anlan::sql::postgres
