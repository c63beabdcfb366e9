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

// A node has three lines, and its parent does not see at once that one is cut. Several nodes may have one address.
constexpr std::size_t kConnections = 4096, kOfAddress = 1024, kOfNode = 12;
// In a city that starts, all lines of all children come at once.
constexpr std::size_t kStrangers = 1024, kStrangersBody = 64 << 10;
// Handshake and proof on a line that loses packets.
constexpr std::chrono::milliseconds kStrangersTime{20'000};
// As many as there can be requests: who asks for much is refused for that, and nobody for what others ask.
constexpr std::size_t kWaitingTasks = 2 * kConnections;
constexpr std::string_view kNoChild = "not a child of this node";
constexpr std::size_t kMostJoinBytes = 4096;
constexpr std::int64_t kMostWait_s = 25;
// Positions that were looked through in vain after which the child is told, so that it need not begin there again.
constexpr journal::Position kWorthTelling = 4096;

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
std::string turn_of(const std::string& who, const http::Request& request) {
  return who + " " + std::string(name_of(request.method)) + request.path;
}

// Where a stranger's tasks wait: not beside those of a node, and those of one address together.
std::string line_of_strangers(const http::Request& request) { return "from " + http::counted_as(request.remote); }

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

http::Options line_options(const std::string& certificate_file, const std::string& key_file) {
  http::Options options;
  options.certificate_file = certificate_file;
  options.key_file = key_file;
  options.client_certificates = true;
  options.max_connections = kConnections;
  options.max_of_address = kOfAddress;
  options.max_strangers = kStrangers;
  options.stranger_time = kStrangersTime;
  options.stranger_body = kStrangersBody;
  options.max_of_one = kOfNode;
  return options;
}

Gate::Gate(Ground& ground, Invitations& invitations, std::string certificate)
    : ground_(ground),
      invitations_(invitations),
      certificate_(std::move(certificate)),
      workers_({.in_all = kWaitingTasks}, [&ground](std::string_view line) { ground.log(line); }) {}

Gate::~Gate() { closing_ = true; }

std::size_t Gate::body_limit(http::Method, std::string_view path) const {
  if (path == "/v1/health") return federation::kMostHealthBytes;
  return path == "/v1/facts" || path == "/v1/history" ? federation::kMostPacked : kMostJoinBytes;
}

void Gate::post(const std::string& line, const Asked& asked, std::function<void()> task) {
  if (closing_ || !workers_.post(line, std::move(task))) asked->answer(said(503));
}

const node::Node* Gate::child_in(const state::Directory& directory, const std::string& node) const {
  const auto* known = directory.nodes.find(node);
  return known && known->parent == ground_.self().node && !known->last_sequence ? known : nullptr;
}

// A key that is the node's no more has proved nothing.
std::string Gate::holder_of(const std::string& certificate) {
  const auto proved = proved_.holder_of(certificate);
  if (!proved) return {};
  const auto* child = child_in(*ground_.directory(), proved->node);
  return child && child->public_key == proved->public_key ? proved->node : std::string();
}

void Gate::handle(http::Request request, http::Reply reply) {
  const bool posts = request.method == http::Method::kPost, joins = request.path == "/v1/join";
  const bool known =
      joins || request.path == "/v1/health" ? posts : request.path == "/v1/facts" || request.path == "/v1/history";
  if (!known || (!posts && request.method != http::Method::kGet)) return reply(said(404));
  const std::string child = joins ? std::string() : holder_of(request.certificate);
  auto turn = turns_.enter(turn_of(child.empty() ? request.certificate : child, request));
  if (!turn) return reply(said(429));
  const auto asked = std::make_shared<Asking>(std::move(turn), std::move(request), std::move(reply));
  if (!child.empty()) {
    if (header(asked->request, "Anlan-Node") != child) return asked->answer(problem(403, kNoChild));
    return post(child, asked, [this, child, asked] { serve(child, asked); });
  }
  post(line_of_strangers(asked->request), asked, [this, asked, joins] { joins ? join(asked) : prove(asked); });
}

// What it asked for is done in its node's turn, among what its node has asked for.
void Gate::prove(const Asked& asked) {
  const auto& request = asked->request;
  const std::string child = header(request, "Anlan-Node");
  const auto directory = ground_.directory();
  const auto* known = child_in(*directory, child);
  if (!known ||
      !federation::proves(header(request, "Anlan-Proof"), known->public_key, request.certificate, certificate_))
    return asked->answer(problem(403, kNoChild));
  proved_.add(request.certificate, {child, known->public_key});
  asked->is_from(child);
  auto turn = turns_.enter(turn_of(child, request));
  if (!turn) return asked->answer(said(429));
  asked->take(std::move(turn));
  post(child, asked, [this, child, asked] { serve(child, asked); });
}

void Gate::serve(const std::string& child, const Asked& asked) {
  const auto& request = asked->request;
  if (request.path == "/v1/health") return hear(child, asked);
  if (request.path == "/v1/history") return history(child, asked);
  if (request.method != http::Method::kPost) return give(child, asked);
  heard(ground_, child, request.remote);
  take_batch(child, asked);
}

void Gate::join(const Asked& asked) {
  const auto& request = asked->request;
  const auto wish = json::from_text<JoinRequest>(request.body, json::Unknown::kPassedOver);
  if (!wish.ok()) return asked->answer(problem(400, "no request to join"));
  if (!federation::proves(header(request, "Anlan-Proof"), wish->public_key, request.certificate, certificate_))
    return asked->answer(problem(403, "join.key"));
  const auto invitation = invitations_.opened(*wish, request.certificate, *ground_.directory(), ground_.clock().now());
  if (!invitation) return asked->answer(problem(403, "join.code"));
  asked->is_from(invitation->node);
  std::optional<Refusal> refused;
  const auto work = [&](command::Executor& executor, sql::Connection& sql) {
    const auto directory = state::Directory::read(sql);
    refused = hindrance(*invitation, wish->public_key, ground_.self().node, directory);
    if (refused) return command::Executor::Batch{};
    auto batch = executor.run(admitting(*invitation, wish->public_key, ground_.self().node, directory));
    for (const auto& outcome : batch.outcomes)
      if (!outcome.ok() && !refused) refused = outcome.error();
    return batch;
  };
  if (!perform_and_wait(ground_, work)) return asked->answer(said(503));
  if (refused) return asked->answer(said(409, json::to_text(codec::said(*refused))));
  if (const auto noted = invitations_.note_used(*wish, request.certificate); !noted.ok())
    ground_.log("peer: " + noted.error().what);
  ground_.log("peer: " + invitation->node + " has joined");
  proved_.add(request.certificate, {invitation->node, wish->public_key});
  asked->answer(welcome());
}

http::Response Gate::welcome() const {
  Welcome answer{ground_.self().node, {}};
  const auto directory = ground_.directory();
  const auto& nodes = directory->nodes;
  for (const auto* at = nodes.find(ground_.self().node); at; at = at->parent ? nodes.find(*at->parent) : nullptr)
    answer.nodes.push_back({at->id, at->public_key});
  return said(200, json::to_text(answer));
}

void Gate::take_batch(const std::string& child, const Asked& asked) {
  take(ground_, child, std::move(asked->request.body), [this, child, asked](const Arrived& arrived) {
    if (!arrived.done) return asked->answer(said(503));
    if (arrived.later_form) return asked->answer(said(415, R"({"form":)" + std::to_string(federation::kForm) + "}"));
    using enum command::Receipt;
    if (arrived.receipt != kTaken && arrived.receipt != kElsewhere) return asked->answer(problem(422, arrived.what));
    post(child, asked, [this, child, arrived, asked] { answer_taken(child, arrived, asked); });
  });
}

// Countersigning is not the writer's work.
void Gate::answer_taken(const std::string& child, const Arrived& arrived, const Asked& asked) {
  std::string body;
  {
    json::Object object(body);
    object.member("since", arrived.upto.since);
    object.member("position", arrived.upto.position);
    if (const auto seen = federation::seen_of(ground_.reader(), ground_.self(), child, ground_.clock().now()))
      object.member("witness", federation::to_text(*seen));
  }
  asked->answer(said(arrived.receipt == command::Receipt::kTaken ? 200 : 409, std::move(body)));
}

void Gate::give(const std::string& child, const Asked& asked) {
  const auto& request = asked->request;
  const journal::Place place{number(request, "since", journal::kLastSequence),
                             number(request, "position", journal::kLastSequence)};
  auto told = listener_in(header(request, "Anlan-First"));
  told.form = std::max<std::int64_t>(number_in(header(request, "Anlan-Form"), federation::kForm), 1);
  const bool more = note_seen(ground_, child, place, request.headers.get("Anlan-Witness"));
  heard(ground_, child, request.remote, place);
  note_read(ground_, child, place);
  const bool behind = journal::is_behind(ground_.reader());
  if (more || behind) {
    const auto after = federation::missing_from(ground_.reader(), ground_.self().node, child);
    if (after) return asked->answer(said(409, "{\"history_after\":" + std::to_string(*after) + "}"));
    // What it took of a history that was given up, it finds out for itself when it is told what came in its place.
    if (behind || place.since > ground_.position()) return asked->answer(said(503));
  }
  const auto wait = std::chrono::seconds(number(request, "wait", kMostWait_s));
  std::uint64_t turn = 0;
  {
    const std::lock_guard lock(mutex_);
    turn = ++newest_[child];
  }
  look({child, place, place, told, ground_.clock().now() + wait, turn, asked});
}

void Gate::history(const std::string& child, const Asked& asked) {
  const auto& request = asked->request;
  if (request.method == http::Method::kPost)
    return asked->answer(said(keep_history(ground_, child, request.body) ? 200 : 422));
  const auto bytes = federation::history_of(ground_.reader(), ground_.self().node, child,
                                            number(request, "after", journal::kLastSequence));
  http::Response response{.status = bytes.empty() ? 204 : 200, .body = bytes};
  response.headers.add("Content-Type", "application/octet-stream");
  asked->answer(std::move(response));
}

void Gate::hear(const std::string& child, const Asked& asked) {
  const auto& request = asked->request;
  heard(ground_, child, request.remote);
  if (!told(ground_, child, request.body)) return asked->answer(problem(400, "this is not how a node is"));
  asked->answer(said(200, json::to_text(ground_.watch().own_health(look_around(ground_, ground_.directory())))));
}

void Gate::look(Waiting one) {
  {
    const std::lock_guard lock(mutex_);
    if (newest_[one.child] != one.turn) return one.asked->answer(said(204));
  }
  const auto published = ground_.position();  // what comes after it wakes the child
  const auto piece = piece_for(ground_, one.child, one.acknowledged, one.from, one.told);
  const bool ended = ground_.clock().now() >= one.until;
  const bool tells = !piece.bytes.empty() && piece.upto.since > one.acknowledged.since + kWorthTelling;
  if (piece.facts > 0 || (tells && (ended || piece.more))) {
    http::Response response{.status = 200, .body = piece.bytes};
    response.headers.add("Content-Type", "application/octet-stream");
    if (piece.next.first) response.headers.add("Anlan-First", to_text(piece.next));
    return one.asked->answer(std::move(response));
  }
  if (ended) return one.asked->answer(said(204));
  one.from = piece.upto;
  one.told = piece.next;
  one.asked->end_turn();
  if (piece.more)
    post(one.child, one.asked, [this, one] { look(one); });
  else
    wait(std::move(one), published);
}

// Keeps no thread.
void Gate::wait(Waiting one, journal::Position published) {
  const auto next = std::max(published, one.from.since) + 1;
  ground_.when_reached(next,
                       [this, one = std::move(one)](bool) { post(one.child, one.asked, [this, one] { look(one); }); });
}

}  // namespace anlan::edge::peer
