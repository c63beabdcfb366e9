#include "platform/sql/postgres_session.h"

#include <poll.h>

#include <array>
#include <string_view>
#include <utility>

namespace anlan::sql::postgres {
namespace {

std::string last_line(const char* message) {
  std::string text = message == nullptr ? "" : message;
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

// The server ends, begins or has become a standby: nothing is wrong with what we asked.
bool means_lost(std::string_view state) {
  for (const std::string_view code : {"57P01", "57P02", "57P03", "57P05", "25006", "53300"})
    if (state == code) return true;
  return state.starts_with("08");
}

// What a site did not say itself: a server that vanished is noticed in some seconds, not after the kernel's minutes.
std::string with_patience(const std::string& url, bool writes) {
  std::string result = url;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (result.find(std::string(name) + "=") != std::string::npos) return;
    result += result.find('?') == std::string::npos ? '?' : '&';
    result.append(name).append("=").append(value);
  };
  add("connect_timeout", "3");
  add("keepalives_idle", "5");
  add("keepalives_interval", "2");
  add("keepalives_count", "3");
  add("tcp_user_timeout", "10000");
  add("application_name", "anlan");
  if (writes) add("target_session_attrs", "read-write");
  return result;
}

void note_detail(void* details, const PGresult* notice) {
  if (const char* detail = PQresultErrorField(notice, PG_DIAG_MESSAGE_DETAIL))
    static_cast<std::vector<std::string>*>(details)->emplace_back(detail);
}

}  // namespace

Session::Session(const std::string& url, bool writes) {
  connection_ = PQconnectdb(with_patience(url, writes).c_str());
  if (PQstatus(connection_) != CONNECTION_OK) {
    const std::string what = last_line(PQerrorMessage(connection_));
    PQfinish(connection_);
    throw ConnectionLost(what);
  }
  PQsetNoticeReceiver(connection_, &note_detail, &details_);
  enter_pipeline();
}

Session::~Session() { PQfinish(connection_); }

// A refusal that libpq itself makes means that it has no connection any more.
void Session::queued(int accepted) {
  if (accepted == 0) fail(nullptr);
  ++queued_;
}

void Session::send(const std::string& text) {
  queued(PQsendQueryParams(connection_, text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1));
}

void Session::send_prepare(const std::string& name, const std::string& text, std::span<const Oid> types) {
  queued(PQsendPrepare(connection_, name.c_str(), text.c_str(), static_cast<int>(types.size()), types.data()));
}

void Session::send_prepared(const std::string& name, std::span<const Parameter> parameters) {
  std::vector<const char*> values;
  std::vector<int> lengths, formats(parameters.size(), 1);
  for (const Parameter& p : parameters) {
    values.push_back(p.bytes ? p.bytes->data() : nullptr);
    lengths.push_back(p.bytes ? static_cast<int>(p.bytes->size()) : 0);
  }
  queued(PQsendQueryPrepared(connection_, name.c_str(), static_cast<int>(parameters.size()), values.data(),
                             lengths.data(), formats.data(), 1));
}

// What a server sends unasked is its farewell, or the end of the line.
bool Session::broken() const {
  pollfd ready{PQsocket(connection_), POLLIN, 0};
  if (queued_ == 0 && ::poll(&ready, 1, 0) > 0 && PQconsumeInput(connection_) == 0) return true;
  return PQstatus(connection_) != CONNECTION_OK;
}

Result Session::collect() {
  if (PQpipelineSync(connection_) == 0) fail(nullptr);
  Result last, refused;
  for (;;) {
    Result result(PQgetResult(connection_));
    if (PQstatus(connection_) != CONNECTION_OK) fail(refused ? refused.get() : result.get());
    if (!result) continue;  // stands between two outcomes
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_PIPELINE_SYNC) break;
    if (status == PGRES_FATAL_ERROR && !refused)
      refused = std::move(result);
    else if (status != PGRES_PIPELINE_ABORTED)
      last = std::move(result);
  }
  queued_ = 0;
  if (refused) fail(refused.get());
  return last;
}

std::vector<Oid> Session::describe(const std::string& name) {
  queued(PQsendDescribePrepared(connection_, name.c_str()));
  const Result described = collect();
  std::vector<Oid> types(static_cast<std::size_t>(PQnparams(described.get())));
  for (std::size_t i = 0; i < types.size(); ++i) types[i] = PQparamtype(described.get(), static_cast<int>(i));
  return types;
}

void Session::execute(const std::string& text) {
  PGconn* plain = leave_pipeline();
  const Result result(PQexec(plain, text.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    if (PQstatus(plain) == CONNECTION_OK) enter_pipeline();
    fail(result.get());
  }
  enter_pipeline();
}

std::vector<std::string> Session::details_of(const std::string& text) {
  details_.clear();
  execute(text);
  return std::exchange(details_, {});
}

PGconn* Session::leave_pipeline() {
  if (queued_ > 0) collect();
  if (PQexitPipelineMode(connection_) == 0) fail(nullptr);
  return connection_;
}

void Session::enter_pipeline() {
  if (PQenterPipelineMode(connection_) == 0) fail(nullptr);
  queued_ = 0;
}

void Session::fail(const PGresult* result) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string code = state == nullptr ? "" : state;
  std::string what = last_line(result == nullptr ? PQerrorMessage(connection_) : PQresultErrorMessage(result));
  if (!code.empty()) what += " (" + code + ")";
  if (code == "23505") throw UniqueViolation(what);
  if (PQstatus(connection_) != CONNECTION_OK || means_lost(code) || code.empty()) throw ConnectionLost(what);
  Error error(what);
  error.corrupt = code == "XX001" || code == "XX002";
  throw error;
}

}  // namespace anlan::sql::postgres
