#include "edge/outside/courier.h"

#include <algorithm>
#include <vector>

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "state/stored.h"
#include "view/reports.h"

namespace anlan::edge::outside {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kPatience{20'000};
constexpr seconds kFirstPause{5}, kLongestPause{300}, kBetweenAskings{5};
constexpr std::size_t kShownOfAnswer = 200;
// Of receipts, asked for in one step; the other side may never come to an end.
constexpr int kMostPages = 50;

// The last one that was sent; null where none was, or it is answered.
const report::Version* unanswered(const report::Report& r) {
  const auto found = std::ranges::find_if(r.versions.rbegin(), r.versions.rend(),
                                          [](const report::Version& v) { return v.sent.has_value(); });
  return found == r.versions.rend() || found->receipt ? nullptr : &*found;
}

// Whole characters.
std::string first_of(const std::string& text, std::size_t bytes) {
  std::size_t end = std::min(bytes, text.size());
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

bool is_of(const std::string& document, std::string_view key) {
  const auto value = json::parse(document);
  const auto* found = value.ok() && value->is_object() ? value->as_object().if_contains("key") : nullptr;
  return found && found->is_string() && found->as_string() == key;
}

std::string key_of(const std::string& report, std::int64_t version) { return report + "/" + std::to_string(version); }

}  // namespace

std::string signed_text(const Ground& ground, const std::string& document) {
  std::string out;
  {
    json::Object object(out);
    object.member("form", std::int64_t{1});
    object.member("document", document);
    object.member("node", ground.node);
    object.member("signature", crypto::to_hex(ground.key.sign(crypto::bytes_of(document))));
  }
  return out;
}

command::Outcome note(const Ground& ground, const std::string& organisation, const Receipt& receipt,
                      report::Channel channel) {
  const auto r = state::replay<report::Report>(ground.reader(), receipt.report);
  const auto directory = ground.directory();
  const auto* sender = directory->organisations.organisation(r.from);
  const bool is_here = sender && sender->node == ground.node;  // else its own node notes what was answered
  if (!r.exists() || r.to != organisation || !is_here) return refuse(RefusalKind::kNotFound, "report.unknown");
  report::Decide decide;
  decide.decision = receipt.decision;
  decide.reason = receipt.reason;
  decide.number = receipt.number;
  decide.by = receipt.by;
  decide.at = receipt.at;
  decide.channel = channel;
  decide.version = receipt.version;
  command::Envelope envelope;
  envelope.actor.account = "system";
  envelope.actor.organisation = r.from;
  envelope.key = "outside:" + key_of(receipt.report, receipt.version);
  envelope.target = receipt.report;
  envelope.command = std::move(decide);
  return ground.execute(std::move(envelope));
}

Result<std::unique_ptr<Courier>> Courier::make(Ground ground, Settings settings) {
  auto line =
      http::Client::over_tls(settings.address, static_cast<std::uint16_t>(settings.port), kPatience, settings.files);
  if (!line.ok()) return line.error();
  return std::unique_ptr<Courier>(new Courier(std::move(ground), std::move(settings), std::move(*line)));
}

void Courier::step() try {
  look();
  std::vector<std::string> due;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [report, one] : waiting_)
      if (!one.delivered_at && is_due(one)) due.push_back(report);
  }
  for (const std::string& report : due) {
    Delivery one = *delivery(report);
    const bool reached = deliver(report, one);
    {
      const std::lock_guard lock(mutex_);
      waiting_[report] = one;
    }
    if (!reached) break;
  }
  ask_for_receipts();
} catch (const std::exception& error) {  // of the store: a server that went away
  ground_.log("outside: " + std::string(error.what()));
}

std::optional<Delivery> Courier::delivery(const std::string& report) const {
  std::string fault;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = waiting_.find(report); found != waiting_.end()) return found->second;
    fault = fault_;
  }
  if (fault.empty()) return std::nullopt;
  const auto r = state::replay<report::Report>(ground_.reader(), report);
  const auto directory = ground_.directory();
  const auto* receiver = r.exists() ? directory->organisations.organisation(r.to) : nullptr;
  const auto* v = receiver && receiver->external ? unanswered(r) : nullptr;
  return v ? std::optional(Delivery{v->number, v->sent->at, 0, {}, {}, fault}) : std::nullopt;
}

// Who has a node by now reads there.
std::string Courier::fault_of_receiver(const state::Directory& directory) {
  const auto* receiver = directory.organisations.organisation(settings_.organisation);
  const std::string named = "outside.organisation is " + settings_.organisation;
  std::string fault = !receiver             ? named + ", which the register does not have"
                      : !receiver->external ? named + ", which works on a node of the register"
                                            : std::string();
  const std::lock_guard lock(mutex_);
  if (!fault.empty() && fault != fault_) ground_.log("outside: " + fault + ": nothing goes out");
  fault_ = fault;
  return fault;
}

// What waits is what the view says; what was known of others is forgotten.
void Courier::look() {
  auto& sql = ground_.reader();
  const auto directory = ground_.directory();
  std::map<std::string, Delivery> waiting;
  if (!fault_of_receiver(*directory).empty()) {
    const std::lock_guard lock(mutex_);
    return waiting_.clear();
  }
  for (const auto& row : view::awaiting_answer_outside(sql, settings_.organisation, std::string(command::kReal))) {
    const auto* sender = directory->organisations.organisation(row.sender);
    if (!sender || sender->node != ground_.node) continue;
    const auto r = state::replay<report::Report>(sql, row.id);
    const auto* v = unanswered(r);
    if (!v) continue;
    const auto known = delivery(row.id);
    waiting[row.id] = known && known->version == v->number ? *known : Delivery{v->number, v->sent->at, 0, {}, {}, {}};
  }
  const std::lock_guard lock(mutex_);
  waiting_ = std::move(waiting);
}

bool Courier::is_due(const Delivery& one) const {
  if (!one.tried_at) return true;
  seconds pause = kFirstPause;
  for (std::int64_t i = 1; i < one.tries && pause < kLongestPause; ++i) pause *= 2;
  return ground_.clock.now() >= *one.tried_at + std::min(pause, kLongestPause);
}

http::Headers Courier::headers() const {
  http::Headers headers;
  headers.add("Authorization", "Bearer " + settings_.token);
  headers.add("Content-Type", "application/json");
  return headers;
}

// Told once until something goes right again. The other side may say anything, the token that it was shown as well.
void Courier::failed(Delivery& one, const std::string& said) {
  std::string what = said;
  for (auto at = settings_.token.empty() ? std::string::npos : what.find(settings_.token); at != std::string::npos;
       at = what.find(settings_.token, at + 1))
    what.replace(at, settings_.token.size(), "…");
  std::ranges::replace_if(
      what, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  what = first_of(what, kShownOfAnswer);
  one.last_error = what;
  if (last_failure_ != what) ground_.log("outside: " + settings_.organisation + ": " + what);
  last_failure_ = what;
}

bool Courier::deliver(const std::string& report, Delivery& one) {
  ++one.tries;
  one.tried_at = ground_.clock.now();
  const auto document = ground_.document(report);
  if (!document.ok()) return failed(one, document.error().code), true;
  if (!is_of(*document, key_of(report, one.version))) return true;  // another version was sent meanwhile
  auto with_key = headers();
  with_key.add("Idempotency-Key", key_of(report, one.version));
  const auto answer = line_.post(settings_.base + "/reports", signed_text(ground_, *document), with_key);
  if (!answer.ok()) return failed(one, answer.error().what), false;
  if (answer->status < 200 || answer->status > 202)
    return failed(one, std::to_string(answer->status) + " " + answer->body), true;
  const auto receipts = receipts_in_answer(answer->body);
  if (receipts && !take(*receipts)) return failed(one, "the receipt could not be recorded now"), true;
  one.delivered_at = ground_.clock.now();
  one.last_error.reset();
  last_failure_.clear();
  if (!receipts) ground_.log("outside: " + settings_.organisation + ": an answer that is no receipt");
  return true;
}

void Courier::ask_for_receipts() {
  {
    const std::lock_guard lock(mutex_);
    const bool any = std::ranges::any_of(waiting_, [](const auto& one) { return one.second.delivered_at.has_value(); });
    if (!any || ground_.clock.now() < asked_at_ + kBetweenAskings) return;
  }
  bool more = true;
  for (int page = 0; more && page < kMostPages; ++page) {
    asked_at_ = ground_.clock.now();
    const auto answer = line_.get(settings_.base + "/receipts?after=" + cursor_, headers());
    const auto receipts = answer.ok() && answer->status == 200 ? receipts_in_list(answer->body) : std::nullopt;
    if (!receipts) {
      const std::string what = !answer.ok() ? answer.error().what : std::to_string(answer->status) + " for receipts";
      if (last_failure_ != what) ground_.log("outside: " + settings_.organisation + ": " + what);
      last_failure_ = what;
      return;
    }
    if (!take(*receipts)) return;
    if (receipts->unreadable > 0)
      ground_.log("outside: " + settings_.organisation +
                  ": receipts that cannot be read: " + std::to_string(receipts->unreadable));
    more = receipts->items.size() + receipts->unreadable == kMostReceipts && !receipts->next.empty() &&
           receipts->next != cursor_;
    if (!receipts->next.empty()) cursor_ = receipts->next;
  }
}

// Those of reports that do not wait are known, or of nobody.
bool Courier::take(const Receipts& receipts) {
  bool all = true;
  for (const Receipt& receipt : receipts.items) {
    const auto waits = delivery(receipt.report);
    if (!waits || waits->version != receipt.version) continue;
    const auto noted = note(ground_, settings_.organisation, receipt, report::Channel::kInterface);
    if (noted.ok()) continue;
    all = all && noted.error().kind != RefusalKind::kBusy;
    ground_.log("outside: " + receipt.report + ": " + noted.error().code);
    const std::lock_guard lock(mutex_);
    waiting_[receipt.report].last_error = noted.error().code;
  }
  return all;
}

}  // namespace anlan::edge::outside
