#include "edge/peer/link.h"

#include <array>
#include <future>

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "federation/proof.h"
#include "journal/history.h"

namespace anlan::edge::peer {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{200}, kLongestPause{5000};
// How often it is looked whether the exchange is this process's work.
constexpr milliseconds kWithoutWork{1000};
// The parent waits this long for facts; an answer takes some time more.
constexpr int kWait_s = 25;
constexpr milliseconds kPatience{20'000}, kLongPatience{45'000};
// How often it is looked whether something is worth telling before it is time to.
constexpr milliseconds kLook{4000};
// As in the gate: so much was looked through in vain that it is worth telling.
constexpr journal::Position kWorthTelling = 4096;

struct FormAnswer {
  std::int64_t form = 0;
  static constexpr auto fields = std::tuple{field("form", &FormAnswer::form)};
};

struct PlaceAnswer {
  std::int64_t since = 0, position = 0;
  std::optional<std::string> witness;
  static constexpr auto fields = std::tuple{field("since", &PlaceAnswer::since, journal::kLastSequence),
                                            field("position", &PlaceAnswer::position, journal::kLastSequence),
                                            field("witness", &PlaceAnswer::witness, 2000)};
};

struct HistoryAsked {
  std::int64_t history_after = 0;
  static constexpr auto fields =
      std::tuple{field("history_after", &HistoryAsked::history_after, journal::kLastSequence)};
};

// From half to all of it, so that children that lost their parent together do not come back together.
milliseconds with_chance(milliseconds longest, Random& random) {
  std::array<std::byte, 1> chance{};
  random.fill(chance);
  return longest / 2 + longest * std::to_integer<int>(chance[0]) / 512;
}

}  // namespace

Result<http::Client> dial(const Parent& parent, const http::Pinned& files, milliseconds patience) {
  http::Pinned pinned = files;
  pinned.fingerprint = parent.fingerprint;
  return http::Client::over_tls(parent.address, static_cast<std::uint16_t>(parent.port), patience, pinned);
}

Link::Link(Ground& ground, Parent parent, const http::Pinned& files, const std::string& certificate,
           std::function<bool()> exchanges)
    : ground_(ground),
      parent_(std::move(parent)),
      files_(files),
      exchanges_(std::move(exchanges)),
      up_(direction(&Link::send, kPatience)),
      down_(direction(&Link::fetch, kLongPatience)),
      health_(direction(&Link::tell, kPatience)) {
  headers_.add("Anlan-Node", ground_.self().node);
  headers_.add("Anlan-Form", std::to_string(federation::kForm));
  headers_.add("Anlan-Proof", federation::proof_of(ground_.self().key, certificate, parent_.fingerprint));
  up_.thread = std::thread([this] { run(up_); });
  down_.thread = std::thread([this] { run(down_); });
  health_.thread = std::thread([this] { run(health_); });
}

Link::~Link() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (Direction* way : {&up_, &down_, &health_}) way->line.interrupt();
  for (Direction* way : {&up_, &down_, &health_}) way->thread.join();
}

// The files were read before: the node would not have started without them.
Link::Direction Link::direction(Next (Link::*step)(Direction&), milliseconds patience) const {
  auto line = dial(parent_, files_, patience);
  return {std::move(line).value(), step, {}, {}, {federation::kForm, 0, {}}, 0, 0, {}, {}};
}

void Link::nudge() {
  {
    const std::lock_guard lock(mutex_);
    ++nudges_;
  }
  wake_.notify_all();
}

void Link::run(Direction& way) {
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      way.seen_nudges = nudges_;
    }
    Next next = Next::kWait;
    try {
      if (exchanges_()) next = (this->*way.step)(way);
    } catch (const std::exception& error) {  // of the store: a server that went away, or what it cannot prove
      next = failed(way, error.what());
    }
    if (next != Next::kAtOnce) pause(way, next);
  }
}

void Link::pause(Direction& way, Next next) {
  milliseconds longest = kWithoutWork;
  if (next == Next::kFailed) {
    longest = kFirstPause;
    for (int i = 1; i < way.failures && longest < kLongestPause; ++i) longest *= 2;
    longest = with_chance(std::min(longest, kLongestPause), ground_.random());
  }
  std::unique_lock lock(mutex_);
  if (next == Next::kFailed)  // however many facts come, the parent is not dialled more often than this
    wake_.wait_for(lock, std::min(longest, kFirstPause), [&] { return stopping_; });
  wake_.wait_for(lock, longest, [&] { return stopping_ || (&way == &up_ && nudges_ != way.seen_nudges); });
}

Link::Next Link::failed(Direction& way, const std::string& what) {
  ++way.failures;
  if (way.last_failure != what) ground_.log("peer: " + parent_.node + ": " + what);
  way.last_failure = what;
  return Next::kFailed;
}

Link::Next Link::send(Direction& way) {
  if (journal::is_behind(ground_.reader())) return gather(way);
  if (!compared_) return compare(way);
  const auto piece = piece_for(ground_, parent_.node, way.acknowledged, way.from, way.told);
  way.from = piece.upto;
  way.told = piece.next;
  if (piece.facts == 0 && (piece.bytes.empty() || piece.upto.since <= way.acknowledged.since + kWorthTelling))
    return piece.more ? Next::kAtOnce : Next::kWait;
  auto answer = way.line.post("/v1/facts", piece.bytes, headers_);
  if (!answer.ok()) {
    way.from = way.acknowledged;
    way.told = {way.told.form, 0, {}};
    return failed(way, answer.error().what);
  }
  return answered(way, *answer);
}

// A batch of nothing: the answer says where the parent has read to, and what it has signed.
Link::Next Link::compare(Direction& way) {
  const federation::Batch nothing{ground_.self().node, {}, {}, {}, {}};
  const auto answer = way.line.post("/v1/facts", federation::to_bytes(nothing), headers_);
  if (!answer.ok()) return failed(way, answer.error().what);
  const auto next = answered(way, *answer);
  compared_ = next == Next::kAtOnce && answer->status != 415;
  return next;
}

Link::Next Link::answered(Direction& way, const http::Response& response) {
  if (response.status == 415) return falls_back(way, response);
  const auto answer = json::from_text<PlaceAnswer>(response.body, json::Unknown::kPassedOver);
  if ((response.status != 200 && response.status != 409) || !answer.ok()) {
    way.from = way.acknowledged;
    return failed(way, "facts were not taken: " + std::to_string(response.status) + " " + response.body);
  }
  way.acknowledged = way.from = {answer->since, answer->position};
  stands(way, way.acknowledged);
  note_seen(ground_, parent_.node, way.acknowledged, answer->witness);
  note_read(ground_, parent_.node, way.acknowledged);
  return Next::kAtOnce;
}

// The parent is of an earlier release.
Link::Next Link::falls_back(Direction& way, const http::Response& response) {
  const auto told = json::from_text<FormAnswer>(response.body, json::Unknown::kPassedOver);
  way.from = way.acknowledged;
  if (!told.ok() || told->form < 1 || told->form >= way.told.form)
    return failed(way, "no form of batches is read on both sides");
  way.told.form = told->form;
  return Next::kAtOnce;
}

Link::Next Link::fetch(Direction& way) {
  auto& sql = ground_.reader();
  const auto place = journal::received(sql, parent_.node);
  http::Headers headers = headers_;
  if (const auto seen = federation::seen_of(sql, ground_.self(), parent_.node, ground_.clock().now()))
    headers.add("Anlan-Witness", federation::to_text(*seen));
  headers.add("Anlan-First", heard_first_);
  const auto answer =
      way.line.get("/v1/facts?since=" + std::to_string(place.since) + "&position=" + std::to_string(place.position) +
                       "&wait=" + std::to_string(kWait_s),
                   headers);
  if (!answer.ok()) return failed(way, answer.error().what);
  if (answer->status == 409)
    if (const auto asked = json::from_text<HistoryAsked>(answer->body); asked.ok())
      return give_back(way, asked->history_after);
  if (answer->status != 200 && answer->status != 204)
    return failed(way, "facts were not given: " + std::to_string(answer->status) + " " + answer->body);
  if (answer->status == 200) {
    std::promise<Arrived> promise;
    take(ground_, parent_.node, answer->body, [&](const Arrived& arrived) { promise.set_value(arrived); });
    const auto arrived = promise.get_future().get();
    if (const auto first = answer->headers.get("Anlan-First"); first && arrived.done) heard_first_ = *first;
    if (!arrived.done || arrived.receipt != command::Receipt::kTaken)
      return failed(way, "facts were not taken here: " + arrived.what);
  }
  stands(way, {});
  return Next::kAtOnce;
}

Link::Next Link::gather(Direction& way) {
  way.acknowledged = way.from = {};
  const auto after = federation::missing_from(ground_.reader(), ground_.self().node, parent_.node);
  if (!after) return failed(way, "this store is older than what was handed over: stop the node, see `anlan resume`");
  const auto answer = way.line.get("/v1/history?after=" + std::to_string(*after), headers_);
  if (!answer.ok()) return failed(way, answer.error().what);
  if (answer->status != 200 && answer->status != 204)
    return failed(way, "history was not given back: " + std::to_string(answer->status));
  if (!keep_history(ground_, parent_.node, answer->body)) return failed(way, "what came is no history");
  return Next::kAtOnce;
}

Link::Next Link::give_back(Direction& way, std::int64_t after) {
  const auto bytes = federation::history_of(ground_.reader(), ground_.self().node, parent_.node, after);
  const auto answer = way.line.post("/v1/history", bytes, headers_);
  if (!answer.ok()) return failed(way, answer.error().what);
  if (answer->status != 200) return failed(way, "history was not taken back: " + std::to_string(answer->status));
  return Next::kAtOnce;
}

void Link::stands(Direction& way, std::optional<journal::Place> read) {
  if (way.failures > 0) tells_anew_ = true;
  way.failures = 0;
  way.last_failure.clear();
  heard(ground_, parent_.node, parent_.address, read);
}

// A line that is down is told of by the other directions.
Link::Next Link::tell(Direction& way) {
  const Instant now = ground_.clock().now();
  const auto every = ground_.watch().limits().tell;
  const bool anew = tells_anew_.exchange(false) || way.failures > 0;
  if (!anew && looked_at_ <= now && now < looked_at_ + std::min<milliseconds>(every, kLook)) return Next::kWait;
  looked_at_ = now;
  const auto standing = ground_.watch().standings(look_around(ground_, ground_.directory()));
  const std::string words = federation::words_of(standing);
  const bool due = now < told_at_ || now >= told_at_ + every;
  if (!anew && !due && words == told_words_) return Next::kWait;
  const auto answer = way.line.post("/v1/health", json::to_text(federation::health_of(standing, now)), headers_);
  if (!answer.ok()) return ++way.failures, Next::kFailed;
  if (answer->status != 200 || !told(ground_, parent_.node, answer->body))
    return failed(way, "how this node is was not heard: " + std::to_string(answer->status) + " " + answer->body);
  told_at_ = now;
  told_words_ = words;
  way.failures = 0;
  way.last_failure.clear();
  return Next::kWait;
}

}  // namespace anlan::edge::peer
