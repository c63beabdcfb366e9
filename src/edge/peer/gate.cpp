#include "edge/peer/gate.h"

#include <algorithm>
#include <charconv>

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "codec/refusal.h"
#include "federation/proof.h"
#include "journal/history.h"

namespace anlan::edge::peer {
namespace {

constexpr unsigned kThreads = 2;
constexpr std::size_t kWaitingTasks = 512;
constexpr std::size_t kMostJoinBytes = 4096;
constexpr std::int64_t kMostWait_s = 25;
// Certificates that are remembered; more begin anew.
constexpr std::size_t kMostProved = 4096;
// Positions that were looked through in vain after which the child is told, so that it need not begin there again.
constexpr journal::Position kWorthTelling = 4096;

http::Response said(int status, std::string body = {}) {
  http::Response response{.status = status, .body = std::move(body)};
  response.headers.add("Content-Type", "application/json");
  if (status == 429 || status == 503) response.headers.add("Retry-After", "1");
  return response;
}

http::Response problem(int status, std::string_view what) {
  std::string body;
  {
    json::Object object(body);
    object.member("title", what);
  }
  return said(status, std::move(body));
}

std::int64_t number_in(std::string_view text, std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::clamp<std::int64_t>(value, 0, most) : 0;
}

std::int64_t number(const http::Request& request, std::string_view name, std::int64_t most) {
  return number_in(request.query.get(name).value_or(""), most);
}

// What one may do once at a time.
std::string turn_of(const http::Request& request) {
  return request.certificate + std::string(name_of(request.method)) + request.path;
}

std::string header(const http::Request& request, std::string_view name) {
  return std::string(request.headers.get(name).value_or(""));
}

// "FIRST", or "FIRST.SINCE.POSITION" where something went ahead; of a child that knows no such word nothing goes ahead.
std::string to_text(const federation::Listener& l) {
  std::string text = std::to_string(*l.first);
  if (l.at) text += "." + std::to_string(l.at->since) + "." + std::to_string(l.at->position);
  return text;
}
federation::Listener listener_in(std::string_view text) {
  federation::Listener listener;
  std::vector<std::int64_t> numbers;
  while (!text.empty()) {
    const auto end = std::min(text.find('.'), text.size());
    numbers.push_back(number_in(text.substr(0, end), journal::kLastSequence));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!numbers.empty()) listener.first = numbers[0];
  if (numbers.size() == 3) listener.at = journal::Place{numbers[1], numbers[2]};
  return listener;
}

}  // namespace

Gate::Gate(Ground& ground, Invitations& invitations, std::string certificate)
    : ground_(ground),
      invitations_(invitations),
      certificate_(std::move(certificate)),
      workers_(kThreads, kWaitingTasks, [&ground](std::string_view line) { ground.log(line); }) {}

Gate::~Gate() { closing_ = true; }

std::size_t Gate::body_limit(http::Method, std::string_view path) const {
  if (path == "/v1/health") return federation::kMostHealthBytes;
  return path == "/v1/facts" || path == "/v1/history" ? federation::kMostPacked : kMostJoinBytes;
}

void Gate::post(std::function<void()> task, const http::Reply& reply) {
  if (closing_ || !workers_.post(std::move(task))) reply(said(503));
}

bool Gate::enter(const std::string& what) {
  const std::lock_guard lock(mutex_);
  return inside_.insert(what).second;
}

void Gate::leave(const std::string& what) {
  const std::lock_guard lock(mutex_);
  inside_.erase(what);
}

void Gate::handle(http::Request request, http::Reply reply) {
  const bool posts = request.method == http::Method::kPost, joins = request.path == "/v1/join";
  const bool health = request.path == "/v1/health";
  const bool known = joins || health ? posts : request.path == "/v1/facts" || request.path == "/v1/history";
  if (!known || (!posts && request.method != http::Method::kGet)) return reply(said(404));
  const std::string what = turn_of(request);
  if (!enter(what)) return reply(said(429));
  const auto shared = std::make_shared<http::Request>(std::move(request));
  const auto task = [this, shared, reply, what, posts, joins, health] {
    if (joins) {
      join(*shared, reply);
      return leave(what);
    }
    const std::string child = child_of(*shared);
    if (child.empty()) {
      leave(what);
      return reply(problem(403, "not a child of this node"));
    }
    if (health || shared->path == "/v1/history") {
      health ? hear(child, *shared, reply) : history(child, *shared, reply);
      return leave(what);
    }
    if (!posts) return give(child, *shared, reply);
    heard(ground_, child, shared->remote);
    take_batch(child, std::move(*shared), reply);
  };
  if (closing_ || !workers_.post(task)) {
    leave(what);
    reply(said(503));
  }
}

// Proved once for each certificate, which TLS has shown it holds; that it is still a child is looked at each time.
std::string Gate::child_of(const http::Request& request) {
  const std::string name = header(request, "Anlan-Node");
  const auto directory = ground_.directory();
  const auto* child = directory->nodes.find(name);
  if (!child || child->parent != ground_.self().node || child->last_sequence) return {};
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = proved_.find(request.certificate); found != proved_.end())
      return found->second == name ? name : std::string();
  }
  if (!federation::proves(header(request, "Anlan-Proof"), child->public_key, request.certificate, certificate_))
    return {};
  const std::lock_guard lock(mutex_);
  if (proved_.size() >= kMostProved) proved_.clear();
  proved_[request.certificate] = name;
  return name;
}

void Gate::join(const http::Request& request, const http::Reply& reply) {
  const auto asked = json::from_text<JoinRequest>(request.body, json::Unknown::kPassedOver);
  if (!asked.ok()) return reply(problem(400, "no request to join"));
  if (!federation::proves(header(request, "Anlan-Proof"), asked->public_key, request.certificate, certificate_))
    return reply(problem(403, "join.key"));
  const auto invitation = invitations_.use(*asked, request.certificate, ground_.clock().now());
  if (!invitation) return reply(problem(403, "join.code"));
  std::optional<Refusal> refused;
  const auto work = [&](command::Executor& executor, sql::Connection& sql) {
    const auto directory = state::Directory::read(sql);
    refused = hindrance(*invitation, asked->public_key, ground_.self().node, directory);
    if (refused) return command::Executor::Batch{};
    auto batch = executor.run(admitting(*invitation, asked->public_key, ground_.self().node, directory));
    for (const auto& outcome : batch.outcomes)
      if (!outcome.ok() && !refused) refused = outcome.error();
    return batch;
  };
  if (!perform_and_wait(ground_, work)) return reply(said(503));
  if (refused) return reply(said(409, json::to_text(codec::said(*refused))));
  ground_.log("peer: " + invitation->node + " has joined");
  welcome(reply);
}

void Gate::welcome(const http::Reply& reply) {
  Welcome answer{ground_.self().node, {}};
  const auto directory = ground_.directory();
  for (const auto& [id, node] : directory->nodes.all) answer.nodes.push_back({id, node.public_key});
  reply(said(200, json::to_text(answer)));
}

void Gate::take_batch(const std::string& child, http::Request request, const http::Reply& reply) {
  const std::string what = turn_of(request);
  take(ground_, child, std::move(request.body), [this, child, what, reply](const Arrived& arrived) {
    leave(what);
    if (!arrived.done) return reply(said(503));
    if (arrived.later_form) return reply(said(415, R"({"form":)" + std::to_string(federation::kForm) + "}"));
    using enum command::Receipt;
    if (arrived.receipt != kTaken && arrived.receipt != kElsewhere) return reply(problem(422, arrived.what));
    post([this, child, arrived, reply] { answer_taken(child, arrived, reply); }, reply);
  });
}

// Countersigning is not the writer's work.
void Gate::answer_taken(const std::string& child, const Arrived& arrived, const http::Reply& reply) {
  std::string body;
  {
    json::Object object(body);
    object.member("since", arrived.upto.since);
    object.member("position", arrived.upto.position);
    if (const auto seen = federation::seen_of(ground_.reader(), ground_.self(), child, ground_.clock().now()))
      object.member("witness", federation::to_text(*seen));
  }
  reply(said(arrived.receipt == command::Receipt::kTaken ? 200 : 409, std::move(body)));
}

void Gate::give(const std::string& child, const http::Request& request, const http::Reply& reply) {
  const journal::Place place{number(request, "since", journal::kLastSequence),
                             number(request, "position", journal::kLastSequence)};
  auto told = listener_in(header(request, "Anlan-First"));
  told.form = std::max<std::int64_t>(number_in(header(request, "Anlan-Form"), federation::kForm), 1);
  note_seen(ground_, child, place, request.headers.get("Anlan-Witness"));
  heard(ground_, child, request.remote, place);
  note_read(ground_, child, place);
  if (journal::is_behind(ground_.reader())) {
    const auto after = federation::missing_from(ground_.reader(), ground_.self().node, child);
    leave(turn_of(request));
    return reply(after ? said(409, "{\"history_after\":" + std::to_string(*after) + "}") : said(503));
  }
  const auto wait = std::chrono::seconds(number(request, "wait", kMostWait_s));
  std::uint64_t turn = 0;
  {
    const std::lock_guard lock(mutex_);
    turn = ++turns_[request.certificate];
  }
  look({child, request.certificate, place, place, told, ground_.clock().now() + wait, turn, reply});
  leave(turn_of(request));
}

void Gate::history(const std::string& child, const http::Request& request, const http::Reply& reply) {
  if (request.method == http::Method::kPost) return reply(said(keep_history(ground_, child, request.body) ? 200 : 422));
  const auto bytes = federation::history_of(ground_.reader(), ground_.self().node, child,
                                            number(request, "after", journal::kLastSequence));
  http::Response response{.status = bytes.empty() ? 204 : 200, .body = bytes};
  response.headers.add("Content-Type", "application/octet-stream");
  reply(std::move(response));
}

void Gate::hear(const std::string& child, const http::Request& request, const http::Reply& reply) {
  heard(ground_, child, request.remote);
  if (!told(ground_, child, request.body)) return reply(problem(400, "this is not how a node is"));
  reply(said(200, json::to_text(ground_.watch().own_health(look_around(ground_, ground_.directory())))));
}

void Gate::look(Waiting one) {
  {
    const std::lock_guard lock(mutex_);
    if (turns_[one.certificate] != one.turn) return one.reply(said(204));
  }
  const auto published = ground_.position();  // what comes after it wakes the child
  const auto piece = piece_for(ground_, one.child, one.acknowledged, one.from, one.told);
  const bool ended = ground_.clock().now() >= one.until;
  const bool tells = !piece.bytes.empty() && piece.upto.since > one.acknowledged.since + kWorthTelling;
  if (piece.facts > 0 || (tells && (ended || piece.more))) {
    http::Response response{.status = 200, .body = piece.bytes};
    response.headers.add("Content-Type", "application/octet-stream");
    if (piece.next.first) response.headers.add("Anlan-First", to_text(piece.next));
    return one.reply(std::move(response));
  }
  if (ended) return one.reply(said(204));
  one.from = piece.upto;
  one.told = piece.next;
  if (piece.more)
    post([this, one] { look(one); }, one.reply);
  else
    wait(std::move(one), published);
}

// Keeps no thread.
void Gate::wait(Waiting one, journal::Position published) {
  const auto next = std::max(published, one.from.since) + 1;
  ground_.when_reached(next, [this, one = std::move(one)](bool) { post([this, one] { look(one); }, one.reply); });
}

}  // namespace anlan::edge::peer
