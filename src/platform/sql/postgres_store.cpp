#include "platform/sql/postgres_store.h"

#include <poll.h>

#include "platform/sql/postgres_connection.h"
#include "platform/sql/postgres_views.h"

namespace anlan::sql::postgres {
namespace {

// A session that only listens. Where it is lost, every wait says that something may have happened, until it is back.
class PostgresWatch final : public Watch {
 public:
  explicit PostgresWatch(std::string url) : url_(std::move(url)) {}

  bool wait(std::chrono::milliseconds longest) override {
    try {
      if (!session_) listen();
      return notified(longest);
    } catch (const Error&) {
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

std::unique_ptr<Connection> open(const std::string& url, Access access, const std::string& edition) {
  return std::make_unique<PostgresConnection>(url, access, edition);
}

std::unique_ptr<Connection> open_beside(const std::string& url, const std::string& name, Access access) {
  return std::make_unique<PostgresConnection>(url, access, PostgresConnection::Beside{name});
}

void remove_view(const std::string& url, const std::string& edition) {
  constexpr std::string_view kLocked = "55P03";
  try {
    Session(url, true).execute(removing_of(view_schema(edition)));
  } catch (const ConnectionLost&) {
    throw;
  } catch (const Error& error) {
    if (std::string_view(error.what()).find(kLocked) == std::string_view::npos) throw;
    throw Error("the views are in use: end the processes that work on them first");
  }
}

std::unique_ptr<Watch> watch(const std::string& url) { return std::make_unique<PostgresWatch>(url); }

}  // namespace anlan::sql::postgres
